"""Kill what makes copies without warning, again and again, and look at what it left.

    python -m tests.attack.keeping backup|ship|restore BOOK.db KILLS
    python -m tests.attack.keeping steady BOOK.db 1

Each life is a child that posts and backs up, or ships, or restores, for ever. After its SIGKILL every copy that has a
name is whole and holds what was acknowledged before it was begun; nothing stands half; and the next one goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic_like_migrations.rooms import APPS
from ledger import backups, places, restore, segments, shipping, sqlite_copies
from ledger.book import Book
from ledger.frontier import Frontier
from ledger.restore import House, Sources
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened

Life = Callable[[Path, int, int], Awaitable[None]]


def quiet(_done: int, _total: int) -> None:
    """Nobody is looking."""


def kill_backups(path: Path, kills: int) -> None:
    """A backup that has a name is whole, and has all that was acknowledged when it was begun."""
    folder, chance = path.with_name("copies"), random.Random(3)
    folder.mkdir()
    begun = time.monotonic()
    asyncio.run(_post_and_take(path))
    seconds = time.monotonic() - begun
    for number in range(kills):
        told = one_life(back_up, path, number, seconds * chance.uniform(0.0, 1.5))
        known = {one.name: backups.read(one) for one in backups.listed(folder)}
        for made in known.values():
            backups.require_whole(made)
            head = sqlite_copies.head(made.path)
            assert head.size == made.size, "a backup is not what its manifest says"
        for name, acknowledged in map(json.loads, told[1:]):
            assert known[name].size >= acknowledged, "an acknowledged entry is not in the backup after it"
    assert take(path).size == consistency.check(path)
    assert not list(folder.glob(".*")), "something half is left"
    manifests = {one.with_suffix(".db").name for one in folder.glob("*.json")}
    assert manifests == {one.name for one in backups.listed(folder)}, "a manifest without its backup"


def take(path: Path) -> backups.Backup:
    """Back the book up beside it."""
    return backups.take(
        f"sqlite://{path}", path.with_name("copies"), at=datetime.now(UTC), progress=quiet, verifying=quiet
    )


async def _post_and_take(path: Path) -> None:
    """What a life does again and again: on a busy machine it takes longer, and has to be killed later."""
    async with opened(path) as book:
        await post(book, "first/0001")
    await asyncio.to_thread(take, path)


async def back_up(path: Path, number: int, writing: int) -> None:
    """Post, and back up what was acknowledged; write down each backup with what had to be in it."""
    async with opened(path) as book:
        os.write(writing, b"0\n")
        count = 0
        while True:
            count += 1
            acknowledged = await post(book, f"{number:04}/{count:04}")
            made = await asyncio.to_thread(take, path)
            os.write(writing, json.dumps([made.path.name, acknowledged]).encode() + b"\n")


async def post(book: Book, name: str) -> int:
    """Forty entries; the answer is the position of the last."""
    drafts = [draft(f"{name}/{n:03}", move("bank", "a", 3), move("a", f"b{n}", 2)) for n in range(40)]
    last = (await book.journal.post_all(drafts))[-1]
    assert not isinstance(last, Exception)
    return last.position


def kill_shippers(path: Path, kills: int) -> None:
    """The folder never has a gap, a double or half a segment, and says what the book says."""
    folder, chance = path.with_name("there"), random.Random(5)
    folder.mkdir()
    for number in range(kills):
        sent = one_life(ship, path, number, chance.uniform(0.0, 0.08))
        reach = same_as_book(folder, path)
        assert reach >= max(map(int, sent), default=0), "what was shipped is not there"
    asyncio.run(ship_the_rest(path, folder))
    assert same_as_book(folder, path) == consistency.check(path)
    assert not list(folder.glob(".*")), "something half is left"


def same_as_book(folder: Path, path: Path) -> int:
    """Compare every shipped text with the book's; the answer says how far they reach."""
    there = list(segments.following(segments.listed(folder), Frontier(), quiet))
    with contextlib.closing(sqlite3.connect(path)) as file:
        query = "SELECT position, body FROM ledger_transaction ORDER BY position LIMIT ?"
        written = file.execute(query, (len(there),)).fetchall()
    assert [(one.position, one.body) for one in there] == written, "the segments say something else"
    return len(there)


async def ship(path: Path, number: int, writing: int) -> None:
    """Post and ship, and write down how far it reached."""
    async with opened(path) as book:
        os.write(writing, b"0\n")
        count = 0
        while True:
            count += 1
            await post(book, f"{number:04}/{count:04}")
            sent = await shipping.ship(book.reader, path.with_name("there"), progress=quiet)
            os.write(writing, f"{sent.last}\n".encode())


async def ship_the_rest(path: Path, folder: Path) -> None:
    """What the last kill kept back."""
    async with opened(path) as book:
        await shipping.ship(book.reader, folder, progress=quiet)


def kill_restores(path: Path, kills: int) -> None:
    """The restored book is there whole or not at all, what it comes from is untouched, and the next restore works."""
    asyncio.run(_to_restore(path))
    target, chance = path.with_name("new.db"), random.Random(7)
    copies = {one: one.read_bytes() for one in path.with_name("copies").iterdir()}
    whole, begun = consistency.check(path), time.monotonic()
    asyncio.run(restore_once(path))
    seconds = time.monotonic() - begun
    target.unlink()
    for number in range(kills):
        one_life(restore_it, path, number, seconds * chance.uniform(0.2, 1.2))
        assert {one: one.read_bytes() for one in copies} == copies, "a restore changed the backup"
        if target.exists():
            assert consistency.check(target) == whole
            target.unlink()
    asyncio.run(restore_once(path))
    assert consistency.check(target) == whole
    assert not [one for one in path.parent.iterdir() if "restoring" in one.name], (
        "the hidden place is still there"
    )


async def _to_restore(path: Path) -> None:
    async with opened(path) as book:
        await post(book, "0000/0001")
        await asyncio.to_thread(take, path)
        await post(book, "0000/0002")
        await shipping.ship(book.reader, path.with_name("there"), progress=quiet)


async def restore_it(path: Path, number: int, writing: int) -> None:
    """Restore once; then there is nothing more to kill but the waiting."""
    os.write(writing, b"0\n")
    await restore_once(path)
    await asyncio.sleep(60)


async def restore_once(path: Path, target: Path | None = None) -> None:
    """Restore the backup and the segments beside the book; next to it, when no other place is named."""

    async def migrate(url: str, *, upto: Mapping[str, str] | None = None) -> None:
        await places.make(url, APPS, upto=upto)

    house = House(open=opened, migrate=migrate, checks=())
    sources = Sources(backups.newest(path.with_name("copies")), path.with_name("there"))
    url = f"sqlite://{target or path.with_name('new.db')}"
    restored = await restore.restore(sources, url, house=house, meter=lambda _label: quiet)
    assert restored.well, restored


def under_a_steady_writer(path: Path, _kills: int) -> None:
    """A backup ends, and is whole, though somebody else commits between any two of its steps."""
    asyncio.run(_to_restore(path))
    shutil.rmtree(path.with_name("copies"))
    sqlite_copies.PAGES = 16  # many steps, for a small book
    with commits_between(path) as step:
        url, folder = f"sqlite://{path}", path.with_name("copies")
        made = backups.take(url, folder, at=datetime.now(UTC), progress=step, verifying=quiet)
    backups.require_whole(made)


@contextmanager
def commits_between(path: Path) -> Iterator[Callable[[int, int], None]]:
    """A progress during which somebody else commits each time; it fails when there are more steps than pages."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA synchronous=OFF")
        file.execute("INSERT OR IGNORE INTO ledger_checkpoint VALUES (0, ?, '', '')", (Frontier().root,))
        steps = 0

        def step(_done: int, total: int) -> None:
            nonlocal steps
            steps += 1
            assert steps <= total, "the copy begins anew after every commit"
            file.execute("INSERT INTO ledger_cosignature VALUES (?, 0, ?, '')", (str(steps), str(steps)))

        yield step
        assert steps > 10, "the copy was made in one step"


def one_life(live: Life, path: Path, number: int, seconds: float) -> list[str]:
    """Let a child live for so long after its first word, kill it, and return what it wrote down."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            asyncio.run(_lived(live, path, number, writing))
        finally:
            os._exit(1)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], 60)
        assert ready, "the next process does not get on with it"
        time.sleep(seconds)
    finally:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = [line.decode() for line in pipe.read().split(b"\n")[:-1]]
    assert os.WIFSIGNALED(status), "the child ended by itself"
    return said


async def _lived(live: Life, path: Path, number: int, writing: int) -> None:
    await live(path, number, writing)


ATTACKS = {
    "backup": kill_backups,
    "ship": kill_shippers,
    "restore": kill_restores,
    "steady": under_a_steady_writer,
}

if __name__ == "__main__":
    ATTACKS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
