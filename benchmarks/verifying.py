"""The whole verb measured: one verifier accepts everything that waits for them, each contribution awarded, durable.

    python -m benchmarks.verifying [--count 50000] [--rounds 3] [--book postgres://…?schema=…] [--profile FILE]

A book of 60 communities and 8,000 members: three contributions in five are reports by one person each, the others those
of activities with twenty participants. Making the book is not measured. `accept_assigned` runs as the command and the
page run it: rules, caps, repeats, funds, snapshots, entries, tree, in order, synchronous=FULL. Beside it, in the same
run, the award of benchmarks/loads.py is posted in lists: ratios hold on a busy machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from uvicorn.loops.auto import auto_loop_factory

from benchmarks.figures import Round, Watch, surroundings
from benchmarks.loader import Place, url_of
from benchmarks.loads import Load, allocation
from ledger.book import Book
from points import district
from points.awards import funds, rule_books, rule_text, verifications
from points.events.models import Assignment, Contribution, Event
from points.people import roles
from points.people.models import Area, Member

DISTRICT, STREET = "440310000000", "440310001000"
COMMUNITIES = [f"440310{number:03d}001" for number in range(101, 161)]
MEMBERS = 8_000
VERIFIER, KEEPER = "S-0003", "S-0002"
SOURCE, ON, LAID_OUT = "bench", date(2026, 1, 5), date(2024, 1, 1)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MANY = 20
"""Participants of an activity."""


async def make(place: Place, count: int) -> None:
    """A book in which `count` contributions wait for one verifier."""
    await district.migrate(place)
    async with district.open_district(url_of(place)) as book:
        await _insert(book, list(_areas()))
        await _insert(book, [_member(f"V-{n:06d}") for n in range(MEMBERS)])
        await _insert(book, [_member(number) for number in (VERIFIER, KEEPER)])
        await rule_books.publish(book, rule_text.default(), by="system", on=LAID_OUT)
        for member, role in ((VERIFIER, "verifier"), (KEEPER, "fund_keeper")):
            await roles.grant(book, member=member, role=role, area=DISTRICT, by="system", on=LAID_OUT)
        for month in range(1, 13):
            await funds.allocate(
                book,
                under=DISTRICT,
                month=f"2025-{month:02d}",
                points=10**7,
                by=KEEPER,
                on=LAID_OUT,
                key="1",
            )
        await _insert(book, list(_waiting(count)))


def _areas() -> Iterator[Area]:
    yield Area(code=DISTRICT, name="坪山区", level="district", parent=None, path=f"/{DISTRICT}/")
    yield Area(code=STREET, name="街道", level="street", parent=DISTRICT, path=f"/{DISTRICT}/{STREET}/")
    for code in COMMUNITIES:
        path = f"/{DISTRICT}/{STREET}/{code}/"
        yield Area(code=code, name=f"社区{code[6:9]}", level="community", parent=STREET, path=path)


def _member(number: str) -> Member:
    kind = "staff" if number.startswith("S") else "volunteer"
    return Member(number=number, kind=kind, area=COMMUNITIES[0], enrolled_on=LAID_OUT.isoformat())


def _waiting(count: int) -> Iterator[Any]:
    """Events over a year with their contributions: as many in reports of one, as in activities of twenty, as said."""
    activities = count * 2 // 5 // MANY
    reports = count - activities * MANY
    every = timedelta(days=360) / max(1, reports)
    for n in range(reports):
        yield from _event(n, "report", FIRST + n * every, [("reporter", None, n * 7919 % MEMBERS)])
    every = timedelta(days=360) / max(1, activities)
    for n in range(activities):
        people = [("participant", 90, (n * 7907 + who * 401) % MEMBERS) for who in range(MANY)]
        yield from _event(reports + n, "activity", FIRST + n * every, people)


def _event(
    number: int, kind: str, at: datetime, people: Sequence[tuple[str, int | None, int]]
) -> Iterator[Any]:
    key = f"{number:032x}"
    yield Event(
        id=key,
        kind=kind,
        source=SOURCE,
        external_id=str(number),
        category="E" if kind == "report" else "V",
        type_name="市容环卫",
        main_type_name="市容环卫",
        subtype_name=f"小类{number % 97}",
        area=COMMUNITIES[number * 31 % len(COMMUNITIES)],
        occurred_at=at,
    )
    for n, (role, minutes, who) in enumerate(people):
        yield Contribution(
            id=f"{number:027x}{n:05x}", event=key, member=f"V-{who:06d}", role=role, minutes=minutes
        )
    yield Assignment(id=key, event=key, verifier=VERIFIER, assigned_on=LAID_OUT.isoformat())


async def _insert(book: Book, rows: list[Any]) -> None:
    async with book.write() as db:
        for model in dict.fromkeys(type(row) for row in rows):
            await model.bulk_create([row for row in rows if type(row) is model], using_db=db, batch_size=500)


async def verify(place: Place) -> tuple[Round, Any]:
    """The verb, and what came of it."""
    async with district.open_district(url_of(place)) as book:
        watch = Watch()
        outcome = await verifications.accept_assigned(book, source=SOURCE, by=VERIFIER, on=ON)
        return watch.round(outcome.accepted + outcome.nothing), outcome


async def posted(place: Place, count: int) -> Round:
    """As many awards of the ledger's own benchmark, posted in lists."""
    load = Load("award", MEMBERS)
    async with district.open_district(url_of(place)) as book:
        await book.journal.post(allocation())
        drafts = [load.draft(10**9 + n) for n in range(count)]
        watch = Watch()
        for start in range(0, count, 1_000):
            await book.journal.post_all(drafts[start : start + 1_000])
        return watch.round(count)


async def _round(folder: Path, number: int, count: int, book: str | None) -> dict[str, Any]:
    place: Place = f"{book}_{number}" if book else folder / f"book{number}.db"
    await make(place, count)
    round_, outcome = await verify(place)
    assert not outcome.refused, outcome.refused
    assert round_.done == count
    beside = await posted(place, min(count, 10_000))
    return {
        "rate": round(round_.rate),
        "cpu_us": round(round_.cpu / count * 1e6, 1),
        "posting_rate": round(beside.rate),
        "posting_cpu_us": round(beside.cpu / beside.done * 1e6, 1),
        "awarded": outcome.accepted,
        "nothing": outcome.nothing,
        "points": outcome.points,
    }


def main() -> None:
    """Measure, and print what was found."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--count", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--book", help="postgres://…?schema=NAME: each round makes NAME_0, NAME_1, …")
    given = options.parse_args()
    found = []
    with (
        tempfile.TemporaryDirectory(prefix="jishan-benchmark-") as folder,
        asyncio.Runner(loop_factory=auto_loop_factory()) as runner,
    ):
        for number in range(given.rounds):
            begun = time.monotonic()
            found.append(runner.run(_round(Path(folder), number, given.count, given.book)))
            print(json.dumps({**found[-1], "round": number, "took": round(time.monotonic() - begun)}))
    middle = {name: median(each[name] for each in found) for name in found[0]}
    print(json.dumps({"median": middle, "surroundings": surroundings()}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
