"""What a fund's page asks of a community's month where the district's month is long: milliseconds, beside a count.

    python -m benchmarks.fund_months sqlite:///FILE|postgres://…?schema=… [--postings 200000] [--rounds 15]

BOOK is made the first time: 340 communities of 24 members, a month with that many movements of points, and a twentieth
of that in each of the twelve months before it and the four after: awarded, vested, spent. Then everything is asked for
one community, one call after another, in turns with the baseline: a count of the district's month by its days' index.
"""

from __future__ import annotations

import argparse
import asyncio
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import subtrees
from benchmarks.loader import Place, on_postgres, url_of
from benchmarks.subtrees import BASELINE, Verb
from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Posting
from points import chart, district
from points.awards import fund_flows, fund_months, funds
from points.market.models import Item, Redemption, RedemptionLine
from points.people import roles
from points.people.models import Area, Member

MONTHS = [f"{2024 + n // 12}-{n % 12 + 1:02d}" for n in range(5, 22)]
LONG = 12
"""Which of the months is the long one: twelve are before it, four after."""
PART = 20
"""The other months have one part of so many."""
COMMUNITIES, EACH = 340, 24
DISTRICT = "440310000000"
LAID_OUT = date(2024, 1, 1)
KEEPER = "S-0002"
EVIDENCE = Evidence("decision", "1", encoding.digest("a benchmark"))
AT_ONCE = 1_000


def main() -> None:
    """Make the book when it is not there, measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("book")
    options.add_argument("--postings", type=int, default=200_000)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--slow", type=float, default=20)
    given = options.parse_args()
    place = given.book if on_postgres(given.book) else Path(given.book.removeprefix("sqlite://"))
    subtrees.say(asyncio.run(measure(place, given.postings, given.rounds)), given.slow)


async def measure(place: Place, postings: int, rounds: int) -> list[subtrees.Asked]:
    """Ask everything in turns, of a book with so many movements in its long month."""
    await district.migrate(place)
    async with district.open_district(url_of(place)) as book:
        if not await Member.all().using_db(book.reader).limit(1):
            await make(book, postings)
        return await subtrees.ask(book, verbs(book), rounds)


def verbs(book: Book) -> dict[str, Verb]:
    """What the page asks, of the long month, the first, and the last; and the baseline."""
    community = _community(7)
    asked: dict[str, Verb] = {BASELINE: lambda: _count(book, MONTHS[LONG])}
    for name, month in (("long", MONTHS[LONG]), ("first", MONTHS[0]), ("last", MONTHS[-1])):
        asked[f"what moved, {name} month"] = partial(fund_flows.read, book, community, month)
    asked["what stands there"] = lambda: fund_flows.standing(book, community)
    asked["what became of the fund, long month"] = lambda: fund_months.chain(book, community, MONTHS[LONG])
    return asked


async def make(book: Book, postings: int) -> None:
    """Areas, members, an item; then month by month what moved."""
    rows = [*_areas(), *map(_member, range(COMMUNITIES * EACH)), _staff(), _item()]
    async with book.write() as db:
        models: tuple[type[Any], ...] = (Area, Member, Item)
        for model in models:
            await model.bulk_create([r for r in rows if type(r) is model], using_db=db, batch_size=500)
    await roles.grant(book, member=KEEPER, role="fund_keeper", area=DISTRICT, by="system", on=LAID_OUT)
    for number, month in enumerate(MONTHS):
        await funds.allocate(
            book, under=DISTRICT, month=month, points=COMMUNITIES * 10**6, by=KEEPER, on=LAID_OUT, key="1"
        )
        drafts = _drafts(month, postings if number == LONG else postings // PART)
        while some := list(islice(drafts, AT_ONCE)):
            answers = await book.journal.post_all(some)
            assert all(hasattr(each, "position") for each in answers), answers[0]


def _drafts(month: str, movements: int) -> Iterator[Draft]:
    """Of ten movements of points five are awards, three make them spendable, two spend; days in order."""
    expires = date(int(month[:4]) + 1, int(month[5:]), 28)
    for number in range(movements // 10):
        day = 1 + number * monthrange(int(month[:4]), int(month[5:]))[1] // (movements // 10)
        who = number * 7919 % (COMMUNITIES * EACH)
        member, fund = _number(who), chart.fund(_community(who // EACH), month)
        noticed, until = chart.noticed(member), chart.until(member, expires)
        key = f"{month}/{number:06d}"
        for n in range(5):
            yield _draft(f"award/{key}/{n}", month, day, (fund, noticed, 2))
        for n in range(3):
            yield _draft(f"vest/{key}/{n}", month, day, (noticed, until, 2))
        for n in range(2):
            rows = _redeemed(f"redeem/{key}/{n}", member, f"{month}-{day:02d}")
            spent = (until, chart.taken(1), 1)
            yield _draft(f"redeem/{key}/{n}", month, day, spent, rows)


def _draft(
    reference: str, month: str, day: int, moved: tuple[str, str, int], rows: Sequence[Any] = ()
) -> Draft:
    on, posting = date.fromisoformat(f"{month}-{day:02d}"), Posting(*moved, chart.POINTS)
    kind, request = reference.partition("/")[0], EVIDENCE.digest
    return Draft(reference, kind, EVIDENCE, on, request, (posting,), rows=tuple(rows))


def _redeemed(reference: str, member: str, on: str) -> tuple[Any, ...]:
    at = f"{on}T09:00:00+08:00"
    return (
        Redemption(
            reference=reference, shop=1, member=member, served_by="S-0001", found_by="card", points=1,
            redeemed_on=on, redeemed_at=at,
        ),
        RedemptionLine(id=f"{reference}#1", redemption=reference, item=1, quantity=1, price=1),
    )  # fmt: skip


def _areas() -> Iterator[Area]:
    yield Area(code=DISTRICT, name="区", level="district", parent=None, path=f"/{DISTRICT}/")
    for n in range(COMMUNITIES):
        path = f"/{DISTRICT}/{_community(n)}/"
        yield Area(code=_community(n), name=f"社区{n}", level="community", parent=DISTRICT, path=path)


def _community(number: int) -> str:
    return f"440310{number // 20 + 1:03d}{number % 20 + 1:03d}"


def _number(who: int) -> str:
    return f"V-{who:06d}"


def _member(who: int) -> Member:
    return Member(
        number=_number(who), kind="volunteer", area=_community(who // EACH), enrolled_on=LAID_OUT.isoformat()
    )


def _staff() -> Member:
    return Member(number=KEEPER, kind="staff", area=_community(0), enrolled_on=LAID_OUT.isoformat())


def _item() -> Item:
    return Item(number=1, name="肥皂", name_en="Soap", kind="goods", cost_fen=100)


async def _count(book: Book, month: str) -> Any:
    sql = "SELECT count(*) AS n FROM ledger_transaction WHERE effective_on >= ? AND effective_on <= ?"
    return await book.reader.execute_query_dict(sql, [f"{month}-01", f"{month}-31"])


if __name__ == "__main__":
    main()
