"""A site asked all day by many kinds of people, and looked at every so often: nothing may grow but the book.

    python -m tests.soak.soak sqlite|postgres [--minutes 20] [--windows 10] [--visits N] [--real-pins]

One server, one worker, three people at a time, and whatever is typed beside them. The first stretch warms up; what is
read after it is what all later readings are compared with (tests/soak/bounds.py). At the end points and goods are
counted apart from the bare tables, the audit is full, and the server's log must hold no complaint.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ledger import heads, signatures
from points.awards import funds
from points.district import open_district
from points.people import signin
from tests.attack import saturday_town
from tests.attack.saturday_count import check, rows
from tests.attack.saturday_site import server
from tests.attack.saturday_town import COMMUNITY, PASSWORD, Cast
from tests.soak import bounds, gauges, statements, visits
from tests.soak.browsing import opened
from tests.soak.errands import Errands
from tests.soak.gauges import Reading
from tests.soak.visits import Day

AT_ONCE = 3
HANDS = ("fund_keeper", "grid_worker", "verifier")
ROUND = ("shop", "home", "shop", "gather", "shop", "look", "shop", "reserve", "shop", "home")
"""The visits of a stretch, again and again."""
ONCE = ("bring", "check")
"""Once in each stretch."""


@dataclass(frozen=True)
class Length:
    """How long it goes on: so many stretches, each of so many seconds, or of so many visits when that is sooner."""

    windows: int
    seconds: float
    visits: int
    people: int
    real_pins: bool = False
    timed: bool = False
    inside: bool = False
    """Whether the commands are done within this process, and once."""


@dataclass
class Outcome:
    """What was read, and what was passed."""

    readings: list[Reading]
    passed: list[str]
    pages: dict[str, int] = field(default_factory=dict)


async def run(engine: str, folder: Path, length: Length) -> Outcome:
    """From an empty book to the count. Raises AssertionError for what was answered or counted wrong."""
    url = await saturday_town.empty_book(engine, folder)
    cast = await settle(url, folder, length)
    errands, log = Errands(cast.settings, folder, inside=length.inside), folder / "server.log"
    await errands.begin()
    with log.open("wb") as errors:
        async with AsyncExitStack() as stack:
            site, process = await stack.enter_async_context(
                server(cast.settings, "-W", "always::ResourceWarning", errors=errors.fileno())
            )
            day = Day(cast, site)
            await _at_their_desks(day, stack)
            readings, before = await _stretches(day, errands, process.pid, length)
        assert process.returncode in (0, -signal.SIGTERM), "the server did not end well"
    after = await asyncio.to_thread(statements.count, cast)
    walked_off = sum(1 for n in range(day.done["home"]) if n % 4 == 0)
    passed = bounds.passed(readings, timed=length.timed, staying=len(day.staying), walked_off=walked_off)
    passed += bounds.more_statements(before, after)
    passed += bounds.complaints(log.read_text(encoding="utf-8"))
    await counted(day)
    await errands.type("audit", "--full")
    return Outcome(readings, passed, after)


async def settle(url: str, folder: Path, length: Length) -> Cast:
    """Saturday's town, with a fund, a grid worker, a verifier, and an administrator who can sign in."""
    facts = {"people": length.people, "counters": 1, "real_pins": length.real_pins}
    cast = await saturday_town.settle(url, folder, **facts, hands=HANDS)  # type: ignore[arg-type]
    async with open_district(url) as book:
        month, keeper = f"{cast.day:%Y-%m}", cast.hands["fund_keeper"]
        await funds.allocate(book, under=COMMUNITY, month=month, points=100_000, by=keeper, on=cast.day)
        pepper = cast.settings.pepper()
        await signin.set_password(book, cast.admin, PASSWORD, by=cast.admin, pepper=pepper)
        await heads.checkpoint(book, signatures.load(cast.settings.key_file))
    return cast


async def _at_their_desks(day: Day, stack: AsyncExitStack) -> None:
    people = day.cast.hands | {"admin": day.cast.admin, day.cast.staff[0]: day.cast.staff[0]}
    del people["fund_keeper"]
    for name, number in people.items():
        browser = await stack.enter_async_context(opened(number, day.url, day.tally, day.seconds))
        await browser.enter()
        day.staying[name] = browser


async def _stretches(
    day: Day, errands: Errands, process: int, length: Length
) -> tuple[list[Reading], dict[str, int]]:
    """Every stretch with its reading, and what the pages took after the first."""
    readings: list[Reading] = []
    before: dict[str, int] = {}
    for _ in range(length.windows + 1):
        day.seconds.clear()
        await _stretch(day, errands, length, typed=not (length.inside and readings))
        since = time.monotonic() - day.begun
        url = day.cast.settings.book
        readings.append(await gauges.read(url, process, seconds=since, times=day.seconds))
        before = before or await asyncio.to_thread(statements.count, day.cast)
    return readings, before


async def _stretch(day: Day, errands: Errands, length: Length, *, typed: bool) -> None:
    """Three people at a time until it is over, and beside them what is done once, and typed."""
    latest = time.monotonic() + length.seconds
    asked = itertools.islice(itertools.cycle(ROUND), length.visits)
    lock = {name: asyncio.Lock() for name in visits.KINDS}

    async def come() -> None:
        for name in asked:
            if time.monotonic() > latest:
                return
            await visit(day, name, lock)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(come())
        group.create_task(_once(day, errands.all_of_them() if typed else None, lock))


async def visit(day: Day, name: str, lock: dict[str, asyncio.Lock]) -> None:
    """One visit. Whoever sits at a desk serves one at a time."""
    async with lock[name]:
        await visits.KINDS[name](day)
        day.done[name] += 1


async def _once(day: Day, typed: Awaitable[None] | None, lock: dict[str, asyncio.Lock]) -> None:
    for name in ONCE:
        await visit(day, name, lock)
    if typed is not None:
        await typed


async def counted(day: Day) -> None:
    """Saturday's count of points and goods, and everything that was filed and verified is there once."""
    await check(day.cast, day.tally)
    found = {
        name: int((await rows(day.cast.settings.book, sql))[0]["n"])
        for name, sql in {
            "gather": "SELECT count(*) AS n FROM events_gathering",
            "verified": "SELECT count(*) AS n FROM awards_verification WHERE decision = 'accepted'",
            "imported": "SELECT count(*) AS n FROM events_event WHERE source = 'soak'",
        }.items()
    }
    assert found == {name: day.done[name] for name in found}


def table(outcome: Outcome) -> Iterator[str]:
    """What it came to, line by line."""
    yield gauges.HEAD
    yield from map(gauges.line, outcome.readings)
    yield "statements: " + ", ".join(f"{path} {n}" for path, n in outcome.pages.items())
    yield from outcome.passed or ["nothing grew but the book"]


def main() -> int:
    """A soak by command: its table, and 1 when something grew."""
    asked = argparse.ArgumentParser()
    asked.add_argument("engine", choices=["sqlite", "postgres"])
    asked.add_argument("--minutes", type=float, default=20)
    asked.add_argument("--windows", type=int, default=10)
    asked.add_argument("--visits", type=int, default=10**9)
    asked.add_argument("--people", type=int, default=1400)
    asked.add_argument("--real-pins", action="store_true")
    asked.add_argument("--inside", action="store_true")
    given = asked.parse_args()
    seconds = given.minutes * 60 / (given.windows + 1)
    timed = given.visits == 10**9
    length = Length(given.windows, seconds, given.visits, given.people, given.real_pins, timed, given.inside)
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(given.engine, Path(folder), length))
    for text in table(outcome):
        sys.stdout.write(text + "\n")
    return 1 if outcome.passed else 0


if __name__ == "__main__":
    sys.exit(main())
