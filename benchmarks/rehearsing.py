"""A rehearsal measured: a quarter of Meishan's scale, played over by a draft and by the book in force.

    python -m benchmarks.rehearsing [--part 1.0] [--rounds 5]

A quarter of benchmarks/meishan.py's year: three fifths of the hazards and disputes of five months, in 337 communities,
each event with its reporter and each dispute with a mediator as well, all of it verified by the verb before the clock
starts. A round is one rehearsal as the page and the command ask for it, the reading included. Beside it in the same
round plain sqlite3 reads the very contributions with their events and verifications and adds up the points by
community, member and rule: the least that a report on them costs. On a busy machine seconds of processor hold, those
of the clock do not.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import meishan
from benchmarks.figures import surroundings
from ledger.book import Book
from points import district
from points.awards import funds, rehearsals, rule_books, rule_text, verifications
from points.awards.rehearsal import Rehearsal
from points.events.models import Assignment, Contribution, Event
from points.people import roles
from points.people.models import Area, Member

FIRST, LAST = date(2025, 1, 1), date(2025, 3, 31)
BEGIN = datetime(2024, 12, 31, 16, tzinfo=UTC)
VERIFIER, KEEPER, LAID_OUT, ON = "S-0003", "S-0002", date(2024, 1, 1), date(2025, 4, 30)
Seconds = tuple[float, float]
"""By the clock, and of processor: the ratio is that of the latter."""
CHANGES = (
    ("points = 5\nfound_first", "points = 6\nfound_first"),
    ("ordinary = 10", "ordinary = 8"),
    ("limit = 10\n", "limit = 12\n"),
)
"""What the draft changes: hazards, ordinary disputes, and the day's cap on reports."""
PLAIN = """
SELECT e.area, c.member, v.rule, v.points FROM events_event AS e
JOIN events_contribution AS c ON c.event = e.id JOIN awards_verification AS v ON v.contribution = c.id
WHERE e.occurred_at >= ? AND v.decision = 'accepted' ORDER BY e.occurred_at, e.id"""


def main() -> None:
    """Measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--part", type=float, default=1.0)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="jishan-benchmark-") as folder:
        found = asyncio.run(measured(Path(folder) / "book.db", given.part, given.rounds))
    print(
        f"{found['events']:,} events, {found['contributions']:,} contributions, {found['communities']} communities"
    )
    print("\n| | seconds (median) | of processor | all rounds |\n|---|--:|--:|---|")
    for name in ("rehearsal", "plain"):
        clock, processor = zip(*found[name], strict=True)
        print(
            f"| {name} | {median(clock):.2f} | {median(processor):.2f} | {', '.join(f'{s:.2f}' for s in clock)} |"
        )
    print(f"\nratio {found['ratio']:.1f}, surroundings {surroundings()}")


async def measured(place: Path, part: float, rounds: int) -> dict[str, Any]:
    """Make the book, and let both take their turns in every round."""
    await make(place, part)
    ours, plain = list[Seconds](), list[Seconds]()
    async with district.open_district(f"sqlite://{place}") as book:
        for _ in range(rounds):
            seconds, found = await rehearsed(book)
            ours.append(seconds)
            plain.append(plainly(place))
    return {
        "events": found.events,
        "contributions": found.contributions,
        "communities": len(found.communities),
        "rehearsal": ours,
        "plain": plain,
        "ratio": median(one[1] / other[1] for one, other in zip(ours, plain, strict=True)),
    }


async def rehearsed(book: Book) -> tuple[Seconds, Rehearsal]:
    """One rehearsal."""
    text = rule_text.default()
    for was, becomes in CHANGES:
        assert was in text
        text = text.replace(was, becomes, 1)
    begun = _now()
    found = await rehearsals.rehearse(book, rule_text.parse(text), FIRST, LAST)
    return _since(begun), found


def plainly(place: Path) -> Seconds:
    """The same contributions read by sqlite3 and added up, on a connection of its own."""
    begun = _now()
    communities, members, rules = Counter[str](), Counter[str](), Counter[str]()
    with closing(sqlite3.connect(place)) as connection:
        for area, member, rule, points in connection.execute(PLAIN, [str(BEGIN)]):
            communities[area] += points
            members[member] += points
            rules[rule] += points
    assert sum(communities.values()) == sum(members.values()) == sum(rules.values()) > 0
    return _since(begun)


def _now() -> Seconds:
    return time.perf_counter(), time.process_time()


def _since(begun: Seconds) -> Seconds:
    now = _now()
    return now[0] - begun[0], now[1] - begun[1]


async def make(place: Path, part: float) -> None:
    """A book in which a quarter was reported, mediated and verified."""
    await district.migrate(place)
    of = meishan.scale(part / 4)
    async with district.open_district(f"sqlite://{place}") as book:
        await _lay_out(book, of, part)
        await _insert(book, list(_happened(of, part)))
        print("verifying", file=sys.stderr)
        done = await verifications.accept_assigned(book, source="meishan", by=VERIFIER, on=ON)
        assert not done.refused, done.refused[:3]


async def _lay_out(book: Book, of: meishan.Scale, part: float) -> None:
    counties, communities = list(meishan.COUNTIES), _communities(part)
    rows: list[Any] = [_area(f"{c}000000", meishan.COUNTIES[c], "district", ()) for c in counties]
    streets = sorted({street for _, _, street in communities})
    rows += [_area(code, f"街道{code[6:9]}", "street", (f"{code[:6]}000000",)) for code in streets]
    for code, name, street in communities:
        rows.append(_area(code, name, "community", (f"{code[:6]}000000", street)))
    rows += [_member(f"V-{n:06d}", communities[n % len(communities)][0]) for n in range(of.members)]
    rows += [_member(number, communities[0][0]) for number in (VERIFIER, KEEPER)]
    await _insert(book, rows)
    await rule_books.publish(book, rule_text.default(), by="system", on=LAID_OUT)
    for county in counties[: len({code[:6] for code, _, _ in communities})]:
        area = f"{county}000000"
        for member, role in ((VERIFIER, "verifier"), (KEEPER, "fund_keeper")):
            await roles.grant(book, member=member, role=role, area=area, by="system", on=LAID_OUT)
        for month in ("2025-01", "2025-02", "2025-03"):
            await funds.allocate(book, under=area, month=month, points=10**6, by=KEEPER, on=LAID_OUT, key="1")


def _communities(part: float) -> list[tuple[str, str, str]]:
    """All 337: a quarter of a year happens in every one of them."""
    return meishan.places(meishan.scale(part))


def _area(code: str, name: str, level: str, above: tuple[str, ...]) -> Area:
    path = "/" + "/".join((*above, code)) + "/"
    return Area(code=code, name=name, level=level, parent=above[-1] if above else None, path=path)


def _member(number: str, area: str) -> Member:
    kind = "staff" if number.startswith("S") else "volunteer"
    return Member(number=number, kind=kind, area=area, enrolled_on=LAID_OUT.isoformat())


def _happened(of: meishan.Scale, part: float) -> Iterator[Any]:
    """Events through the quarter with their contributions, mixed, each for the one verifier."""
    kinds = [True] * of.disputes + [False] * of.hazards
    dice = random.Random(4)
    dice.shuffle(kinds)
    communities = _communities(part)
    every = timedelta(days=(LAST - FIRST).days + 1) / len(kinds)
    for n, dispute in enumerate(kinds):
        key, who = f"{n:032x}", dice.randrange(of.members)
        words = dice.choice(meishan.DISPUTES if dispute else meishan.HAZARDS)
        yield Event(
            id=key,
            kind="mediation" if dispute else "report",
            source="meishan",
            external_id=str(n),
            category="D" if dispute else "F",
            type_name=words[0],
            main_type_name=words[1],
            subtype_name=words[2],
            area=dice.choice(communities)[0],
            occurred_at=BEGIN + n * every,
        )
        yield Contribution(id=f"{2 * n:032x}", event=key, member=f"V-{who:06d}", role="reporter")
        if dispute:
            other = f"V-{(who + 1) % of.members:06d}"
            mediator = {"member": other, "role": "mediator", "outcome": "ordinary"}
            yield Contribution(id=f"{2 * n + 1:032x}", event=key, **mediator)
        yield Assignment(id=key, event=key, verifier=VERIFIER, assigned_on=LAID_OUT.isoformat())


async def _insert(book: Book, rows: list[Any]) -> None:
    async with book.write() as db:
        for model in dict.fromkeys(type(row) for row in rows):
            await model.bulk_create([row for row in rows if type(row) is model], using_db=db, batch_size=500)


if __name__ == "__main__":
    main()
