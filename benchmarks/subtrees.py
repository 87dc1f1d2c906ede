"""What is asked by area and all below it, in a book of 107,368 events: milliseconds, beside a plain count by an index.

    python -m benchmarks.meishan FILES --years 4       # then `jishan init`, and `jishan import` its four files
    python -m benchmarks.subtrees BOOK [--rounds 15] [--month 2025-06] [--slow 20]

BOOK is an address: sqlite:///…, postgres://…?schema=…. It is meant for a book made for this: the first time it adds
what people would have, by rows and without the ledger: 2 in 100 events placed elsewhere or put in another category, 5
in 100 sent to a department and rated. Then it asks every verb for a grid, a community, a street, a county and
everything, one call after another, in turns with the baseline, so that what disturbs the machine disturbs all of them.
A verb sends several statements; the slowest one's time stands beside the whole's.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from typing import Any

from benchmarks.figures import surroundings
from ledger.book import Book
from points.district import open_district
from points.events import figures, listing, periods, registers, week
from points.events.models import Event
from points.events.records import Amendment, Dispatch, Satisfaction, Unit
from points.events.selection import Wanted
from points.keys import new_key
from points.people import areas, directory
from points.people.models import Area

LEVELS = ("grid", "community", "street", "district")
AT_ONCE = 500
BASELINE = "a plain count"

Verb = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A verb for a place: its name, and of every call its milliseconds and those of each of its statements."""

    name: str
    each: list[float] = field(default_factory=list)
    statements: list[list[float]] = field(default_factory=list)

    @property
    def slowest(self) -> list[float]:
        """Of every call the milliseconds of its slowest statement."""
        return [max(one) for one in self.statements]


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("book")
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--month", default="2025-06")
    options.add_argument("--slow", type=float, default=20)
    asyncio.run(measure(options.parse_args()))


async def measure(given: argparse.Namespace) -> None:
    """Fill the book when nobody did, ask everything in turns, and print."""
    async with open_district(given.book) as book:
        await fill(book)
        asked = await ask(book, await verbs_of(book, given.month), given.rounds)
    say(asked, given.slow)


async def ask(book: Book, verbs: Mapping[str, Verb], rounds: int) -> list[Asked]:
    """Call every verb so many times, and once before to warm what it reads."""
    asked = [Asked(name) for name in verbs]
    with timed(book) as spent:
        for number in range(rounds + 1):
            for one in asked:
                spent.clear()
                begun = time.perf_counter()
                await verbs[one.name]()
                if number:
                    one.each.append((time.perf_counter() - begun) * 1000)
                    one.statements.append(list(spent))
    return asked


@contextmanager
def timed(book: Book) -> Iterator[list[float]]:
    """Note the milliseconds of every statement a reader is asked, until it has the rows."""
    client, spent = type(book.reader), list[float]()
    originals = {name: getattr(client, name) for name in ("execute_query", "execute_query_dict")}

    def noted(original: Any) -> Any:
        async def execute(self: Any, *rest: Any) -> Any:
            begun = time.perf_counter()
            try:
                return await original(self, *rest)
            finally:
                spent.append((time.perf_counter() - begun) * 1000)

        return execute

    for name, original in originals.items():
        setattr(client, name, noted(original))
    try:
        yield spent
    finally:
        for name, original in originals.items():
            setattr(client, name, original)


def say(asked: list[Asked], slow: float) -> None:
    """A table in Markdown; a statement that takes longer than it should is marked."""
    base = median(next(one.each for one in asked if one.name == BASELINE))
    print(surroundings())
    print("| asked | statements | least ms | median ms | × the count | slowest: least | median | |")
    print("|---|--:|--:|--:|--:|--:|--:|---|")
    for one in asked:
        middle, slowest = median(one.each), median(one.slowest)
        cells = [
            one.name,
            len(one.statements[0]),
            *(f"{ms:.1f}" for ms in (min(one.each), middle, middle / base)),
        ]
        cells += [f"{min(one.slowest):.1f}", f"{slowest:.1f}", "slow" if slowest > slow else ""]
        print("|", " | ".join(map(str, cells)), "|")


async def fill(book: Book) -> None:
    """What people would have added to the imported events, once."""
    if await Amendment.all().using_db(book.reader).limit(1):
        return
    dice = random.Random(5)
    grids = [area.code for area in await Area.filter(level="grid").using_db(book.reader).order_by("code")]
    rows: list[Any] = [
        Unit(code=f"u{n}", name=name, area=grids[0][:12], kind="department", added_on="2022-01-01", added_by="S-0001")
        for n, name in enumerate(("城市管理局", "水务局", "自然资源局"))
    ]  # fmt: skip
    events = await Event.all().using_db(book.reader).order_by("id").values("id", "occurred_at")
    for event in events:
        if dice.random() < 0.02:
            rows.append(_amendment(event, dice, grids))
        if dice.random() < 0.05:
            rows += _sent(event, dice)
    async with book.write() as db:
        models: tuple[type[Any], ...] = (Unit, Amendment, Dispatch, Satisfaction)
        for model in models:
            of_it = [row for row in rows if isinstance(row, model)]
            for start in range(0, len(of_it), AT_ONCE):
                await model.bulk_create(of_it[start : start + AT_ONCE], using_db=db)


def _amendment(event: dict[str, Any], dice: random.Random, grids: list[str]) -> Amendment:
    placed = dice.random() < 0.7
    return Amendment(
        id=new_key(), event=event["id"], amended_at=event["occurred_at"], amended_by="S-0001", reference=new_key(),
        area=dice.choice(grids) if placed else None, category=None if placed else dice.choice("DFHE"),
    )  # fmt: skip


def _sent(event: dict[str, Any], dice: random.Random) -> list[Any]:
    at, key = event["occurred_at"], event["id"]
    due = (at + timedelta(days=2)).date().isoformat()
    unit = f"u{dice.randrange(3)}"
    dispatch = Dispatch(
        id=new_key(), event=key, lane="direct", unit=unit, dispatched_at=at, dispatched_by="S-0001", due_on=due
    )  # fmt: skip
    return [dispatch, Satisfaction(id=new_key(), event=key, stars=dice.randint(1, 5), rated_at=at)]


async def verbs_of(book: Book, month: str) -> dict[str, Verb]:
    """Everything that is asked by place, and first of all the baseline."""
    period = periods.read(month)
    assert period is not None
    verbs: dict[str, Verb] = {BASELINE: lambda: _count(book)}
    for name, code in (await _places(book)).items():
        verbs |= _of(book, name, code, period)
    return verbs


def _of(book: Book, name: str, code: str | None, period: periods.Period) -> dict[str, Verb]:
    scope = (code,)
    return {
        f"events, {name}": lambda: listing.page(book, Wanted(scope)),
        f"events of a rare category, {name}": lambda: listing.page(book, Wanted(scope, category="E")),
        f"events of a kind nobody has, {name}": lambda: listing.page(book, Wanted(scope, kind="meeting")),
        f"events sent, {name}": lambda: listing.page(book, Wanted(scope, lane="direct")),
        f"events of a month, {name}": lambda: listing.page(book, Wanted(scope, since=period.first, until=period.last)),
        f"events overdue, {name}": lambda: listing.page(book, Wanted(scope, overdue=True)),
        f"how many overdue, {name}": lambda: listing.overdue(book, scope),
        f"民情台账, {name}": lambda: registers.page(book, "concerns", code, period, names=True),
        f"排查预警台账, {name}": lambda: registers.page(book, "risks", code, period, names=True),
        f"week, {name}": lambda: week.read(book, scope, period.last),
        f"figures of a month, {name}": lambda: figures.cases(book, scope, period),
        f"members, {name}": lambda: directory.search(book, "", scope),
    }  # fmt: skip


async def _places(book: Book) -> dict[str, str | None]:
    """One place of each level, on one path, and everything."""
    (grid,) = await Area.filter(level="grid").using_db(book.reader).order_by("code").limit(1)
    codes = reversed(areas.ancestors(grid.path))
    return {**dict(zip(LEVELS, codes, strict=True)), "everything": None}


async def _count(book: Book) -> Any:
    """As cheap as a question gets that reads many rows by an index: the events of thirty days, counted."""
    sql = "SELECT count(*) AS n FROM events_event WHERE occurred_at >= ? AND occurred_at < ?"
    (row,) = await Event.all().using_db(book.reader).order_by("-occurred_at").limit(1)
    return await book.reader.execute_query_dict(sql, [row.occurred_at - timedelta(days=30), row.occurred_at])


if __name__ == "__main__":
    main()
