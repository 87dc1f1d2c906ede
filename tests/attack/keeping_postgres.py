"""Kill what makes copies of a book on PostgreSQL without warning, again and again, and look at what it left.

    python -m tests.attack.keeping_postgres backup|ship|restore FOLDER KILLS

As tests/attack/keeping.py: each life is a child that posts and dumps, or ships, or restores. After its SIGKILL (its
`pg_dump` and its sessions on the server may outlive it for a moment) every copy that has a name is whole, the schema
that is restored is there whole or not at all, and the same command goes on where the dead one was.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Awaitable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from alembic_like_migrations.rooms import APPS
from ledger import backups, places, restore, segments, shipping
from ledger.frontier import Frontier
from ledger.postgres import address_of
from ledger.restore import House, Sources
from tests import postgres
from tests.attack import consistency
from tests.attack.keeping import one_life, post, quiet
from tests.ledger.drafts import CHART, open_book

LEDGER = {"ledger": APPS["ledger"]}


def opened(url: str) -> Any:
    """A book that is a ledger and nothing else."""
    return open_book(url, chart=CHART, apps=LEDGER)


def url_in(folder: Path) -> str:
    """The address of the book; a child finds it there too."""
    return (folder / "url").read_text(encoding="utf-8")


def kill_backups(folder: Path, kills: int) -> None:
    """A dump that has a name is whole, says what it holds, and has all that was acknowledged when it was begun."""
    copies, chance = folder / "copies", random.Random(3)
    copies.mkdir()
    begun = time.monotonic()
    asyncio.run(_post_and_take(folder))
    seconds = time.monotonic() - begun
    for number in range(kills):
        told = one_life(back_up, folder, number, seconds * chance.uniform(0.0, 2.0))
        known = {one.name: backups.read(one) for one in backups.listed(copies)}
        for made in known.values():
            backups.require_whole(made)
            assert _held(made) == made.size, "a backup is not what its manifest says"
        for name, acknowledged in map(json.loads, told[1:]):
            assert known[name].size >= acknowledged, "an acknowledged entry is not in the backup after it"
    assert take(folder).size == asyncio.run(_checked(url_in(folder)))
    assert not list(copies.glob(".*")), "something half is left"
    manifests = {one.with_suffix(".dump").name for one in copies.glob("*.json")}
    assert manifests == {one.name for one in backups.listed(copies)}, "a manifest without its backup"


def _held(made: backups.Backup) -> int:
    with backups.engine(made.engine).texts(made.path) as texts:
        return sum(1 for _ in texts)


async def _checked(url: str) -> int:
    async with opened(url) as book:
        return await consistency.check_book(book)


def take(folder: Path) -> backups.Backup:
    """Back the book up into the folder."""
    at = datetime.now(UTC)
    return backups.take(url_in(folder), folder / "copies", at=at, progress=quiet, verifying=quiet)


async def _post_and_take(folder: Path) -> None:
    """What a life does again and again: on a busy machine it takes longer, and has to be killed later."""
    async with opened(url_in(folder)) as book:
        await post(book, "first/0001")
    await asyncio.to_thread(take, folder)


async def back_up(folder: Path, number: int, writing: int) -> None:
    """Post, and back up what was acknowledged; write down each backup with what had to be in it."""
    async with opened(url_in(folder)) as book:
        os.write(writing, b"0\n")
        count = 0
        while True:
            count += 1
            acknowledged = await post(book, f"{number:04}/{count:04}")
            made = await asyncio.to_thread(take, folder)
            os.write(writing, json.dumps([made.path.name, acknowledged]).encode() + b"\n")


def kill_shippers(folder: Path, kills: int) -> None:
    """The folder never has a gap, a double or half a segment, and says what the book says."""
    there, chance = folder / "there", random.Random(5)
    there.mkdir()
    for number in range(kills):
        sent = one_life(ship, folder, number, chance.uniform(0.0, 0.2))
        reach = asyncio.run(same_as_book(there, url_in(folder)))
        assert reach >= max(map(int, sent), default=0), "what was shipped is not there"
    asyncio.run(_ship_the_rest(folder))
    assert asyncio.run(same_as_book(there, url_in(folder))) == asyncio.run(_checked(url_in(folder)))
    assert not list(there.glob(".*")), "something half is left"


async def same_as_book(there: Path, url: str) -> int:
    """Compare every shipped text with the book's; the answer says how far they reach."""
    shipped = list(segments.following(segments.listed(there), Frontier(), quiet))
    query = "SELECT position, body FROM book.ledger_transaction ORDER BY position LIMIT $1"
    written = [tuple(row) for row in await _fetched(url, query, len(shipped))]
    assert [(one.position, one.body) for one in shipped] == written, "the segments say something else"
    return len(shipped)


async def _fetched(url: str, query: str, *values: object) -> list[Any]:
    connection = await asyncpg.connect(address_of(url).dsn)
    try:
        return list(await connection.fetch(query, *values))
    finally:
        await connection.close()


async def ship(folder: Path, number: int, writing: int) -> None:
    """Post and ship, and write down how far it reached."""
    async with opened(url_in(folder)) as book:
        os.write(writing, b"0\n")
        count = 0
        while True:
            count += 1
            await post(book, f"{number:04}/{count:04}")
            sent = await shipping.ship(book.reader, folder / "there", progress=quiet)
            os.write(writing, f"{sent.last}\n".encode())


async def _ship_the_rest(folder: Path) -> None:
    async with opened(url_in(folder)) as book:
        await shipping.ship(book.reader, folder / "there", progress=quiet)


def kill_restores(folder: Path, kills: int) -> None:
    """The restored schema is there whole or not at all, what it comes from is untouched, and the next restore works."""
    asyncio.run(_to_restore(folder))
    chance, target = random.Random(7), _target(folder)
    copies = {one: one.read_bytes() for one in (folder / "copies").iterdir()}
    whole, begun = asyncio.run(_checked(url_in(folder))), time.monotonic()
    asyncio.run(restore_once(folder))
    seconds = time.monotonic() - begun
    asyncio.run(_drop(target))
    for number in range(kills):
        one_life(restore_it, folder, number, seconds * chance.uniform(0.1, 1.2))
        assert {one: one.read_bytes() for one in copies} == copies, "a restore changed the backup"
        if asyncio.run(_stands(target)):
            assert asyncio.run(_checked(target)) == whole, "half a restored book stands as a whole one"
            asyncio.run(_drop(target))
    asyncio.run(restore_once(folder))
    assert asyncio.run(_checked(target)) == whole
    assert asyncio.run(_schemas(target)) == {"book", "new"}, "the hidden place is still there"


def _target(folder: Path) -> str:
    return url_in(folder).replace("schema=book", "schema=new")


async def _schemas(url: str) -> set[str]:
    theirs = "nspname ~ '^pg_' OR nspname IN ('information_schema', 'public')"
    return {
        row["nspname"]
        for row in await _fetched(url, f"SELECT nspname FROM pg_namespace WHERE NOT ({theirs})")
    }


async def _stands(url: str) -> bool:
    return "new" in await _schemas(url)


async def _drop(url: str) -> None:
    connection = await asyncpg.connect(address_of(url).dsn)
    try:
        await connection.execute("DROP SCHEMA new CASCADE")
    finally:
        await connection.close()


async def _to_restore(folder: Path) -> None:
    (folder / "copies").mkdir()
    (folder / "there").mkdir()
    async with opened(url_in(folder)) as book:
        await post(book, "0000/0001")
        await asyncio.to_thread(take, folder)
        await post(book, "0000/0002")
        await shipping.ship(book.reader, folder / "there", progress=quiet)


async def restore_it(folder: Path, _number: int, writing: int) -> None:
    """Restore once; then there is nothing more to kill but the waiting."""
    os.write(writing, b"0\n")
    await restore_once(folder)
    await asyncio.sleep(60)


def _migrate(url: str, *, upto: Mapping[str, str] | None = None) -> Awaitable[None]:
    return places.make(url, LEDGER, upto=upto)


async def restore_once(folder: Path) -> None:
    """Restore the backup and the segments into another schema of the same database."""
    sources = Sources(backups.newest(folder / "copies"), folder / "there")
    house = House(open=opened, migrate=_migrate, checks=())
    restored = await restore.restore(sources, _target(folder), house=house, meter=lambda _label: quiet)
    assert restored.well, restored


ATTACKS = {"backup": kill_backups, "ship": kill_shippers, "restore": kill_restores}


def attack(name: str, folder: Path, kills: int) -> None:
    """One of them, on an empty book of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "url").write_text(asyncio.run(postgres.make(("ledger",))), encoding="utf-8")
    ATTACKS[name](folder, kills)


if __name__ == "__main__":
    attack(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
