"""Take the power away at every moment of a recorded life, and open what is left as a book.

    python -m tests.attack.powerloss FOLDER STATES

FOLDER holds an empty book.db, which lives there and is recorded (tests/attack/recorded.py); it is best in memory, for
nothing in it has to outlive anything. So many states of the disk
are then made of prefixes of its system calls, with what was not synced dropped, kept or torn (tests/attack/disks.py).
Each opens as a book, writable, its audit finds nothing, what was acknowledged is there once, and it goes on.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from alembic_like_migrations.rooms import APPS
from ledger import audit, heads, opening, signatures
from ledger.book import open_book
from tests.attack import consistency, recorded, systemcalls
from tests.attack.disks import DROPPED, KEPT, TORN, Disk
from tests.attack.kill9 import assert_whole
from tests.attack.systemcalls import Call
from tests.ledger.drafts import CHART, draft, move

HANDS = min(2, os.cpu_count() or 1)
AT_ONCE = 64
"""States that lie on the disk at the same time."""
LONG, SHORT_BATCHES = 300, 8
"""Few states are looked at to see a fault: then the life is short as well."""
TURNING = {"sync", "open", "rename", "link", "unlink", "cut"}


@dataclass(frozen=True)
class State:
    """What is found after the power was lost at a moment: files, and what had been acknowledged by then."""

    moment: int
    how: str
    files: dict[str, bytes]
    told: list[str]

    @property
    def sums(self) -> tuple[int | str, ...]:
        """Two states of the same sums promise and hold the same."""
        held = sorted(self.files.items())
        return len(self.told), *(part for name, data in held for part in (name, len(data), zlib.crc32(data)))


def lose_power(folder: Path, count: int) -> dict[str, int]:
    """Record, then look at so many states; the answer says how many there were of each kind."""
    told, log = folder / "told", folder / "calls"
    live = folder / "live"
    live.mkdir()
    shutil.move(folder / "book.db", live / "book.db")
    holds = {"book.db": (live / "book.db").read_bytes()}
    tree = Path(__file__).resolve().parent.parent.parent
    batches = recorded.UNTIL_PUT_BACK if count >= LONG else SHORT_BATCHES
    program = [sys.executable, "-m", "tests.attack.recorded", str(live), str(told), str(batches)]
    systemcalls.record(program, log, cwd=tree)
    calls = list(systemcalls.calls(log, live, told))
    log.unlink()
    if count >= LONG:
        assert_lively(calls)
    disk = Disk(live, holds, told)
    kinds: Counter[str] = Counter(calls=len(calls))
    states = states_of(disk, calls, count)
    with ProcessPoolExecutor(HANDS) as hands:
        while some := list(islice(states, AT_ONCE)):
            kinds.update(state.how for state in some)
            folders = [laid_out(state, folder / str(n)) for n, state in enumerate(some)]
            for state, what in zip(some, hands.map(wrong_with, folders, [s.told for s in some]), strict=True):
                assert not what, f"{state.how} at call {state.moment} of {len(calls)}: {what}"
    return dict(kinds)


def assert_lively(calls: list[Call]) -> None:
    """What matters happened: the log was put back into the file while the book was open, and begun anew."""
    done = [(call.what, call.path.name.rpartition("-")[2], call.offset) for call in calls]
    closings = done.count(("unlink", "wal", None))
    assert done.count(("sync", "book.db", None)) > closings, "the log was put back only at the end"
    assert done.count(("write", "wal", 0)) > closings, "the log was never begun anew"


def states_of(disk: Disk, calls: list[Call], count: int) -> Iterator[State]:
    """So many different states at least, in the order of their moments, which are denser where something turns."""
    chance = Random(19)
    many = Counter(moments(calls, count + count // 25, chance))  # some states come twice, and count once
    seen: set[tuple[int | str, ...]] = set()
    owed = 0
    for moment in range(len(calls) + 2):
        if 0 < moment <= len(calls):
            disk.apply(calls[moment - 1])
        owed += many[moment]
        for _ in range(4 * owed):
            how = chance.choice([DROPPED, KEPT, TORN, TORN])
            state = State(moment, how, disk.after(how, chance), list(disk.told))
            if owed and state.sums not in seen:
                seen.add(state.sums)
                owed -= 1
                yield state


def moments(calls: list[Call], count: int, chance: Random) -> list[int]:
    """Half of them anywhere; half before, at or after a call that is not a plain write, every kind as often."""
    turning = defaultdict(list)
    for number, call in enumerate(calls):
        if call.what in TURNING or call.path.name == "told":
            turning[call.what, call.path.name.partition(".new-")[0]].append(number)
    kinds = sorted(turning)
    near = [
        chance.choice(turning[chance.choice(kinds)]) + chance.choice([0, 1, 2]) for _ in range(count // 2)
    ]
    return near + [chance.randint(0, len(calls)) for _ in range(count - len(near))]


def laid_out(state: State, folder: Path) -> Path:
    """The files of a state in a folder of their own."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for name, data in state.files.items():
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(data)
    return folder


def wrong_with(folder: Path, told: list[str]) -> str:
    """What is wrong with what was found; nothing, if all is as it must be."""
    try:
        asyncio.run(look(folder, told))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


async def look(folder: Path, told: list[str]) -> None:
    """Open, audit, go on; compare with what was acknowledged."""
    path, key, witness = (folder / name for name in ("book.db", "book.key", "witness"))
    said = said_of(told)
    if key.exists() or said["key"]:
        signatures.load(key)
    seen = opening.read_sight(witness).size if witness.exists() else 0
    assert seen >= max(map(int, said["seen"]), default=0), "the witness forgot what it saw"
    async with open_book(
        f"sqlite://{path}", chart=CHART, apps=APPS, witness=witness if witness.exists() else None
    ) as book:
        assert book.journal.read_only is None, str(book.journal.read_only)
        report = await audit.run(book.reader, guards=book.guards)
        assert report.whole, [str(finding) for finding in report.findings][:3]
        last = await heads.last(book)
        assert (last.size if last else 0) >= max(map(int, said["signed"]), default=0), "a signed head is lost"
        await book.journal.post(draft("after", move("bank", "a", 1)))
    standing = consistency.references(path)
    lost = {line.removeprefix("t/") for line in said["posted"]} - set(standing)
    assert not lost, f"{len(lost)} acknowledged and lost: {sorted(lost)[:3]}"
    consistency.check(path)
    assert_whole(standing)


def said_of(told: list[str]) -> dict[str, list[str]]:
    """What was acknowledged, by kind."""
    said: dict[str, list[str]] = {kind: [] for kind in ("key", "posted", "signed", "seen")}
    for line in told:
        kind, _, what = line.partition(" ")
        said[kind].append(what)
    return said


if __name__ == "__main__":
    print(json.dumps(lose_power(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201 - the answer
