"""What a month of long ago costs to reconcile, where one merchant has had redemptions for three years.

    python -m benchmarks.old_months sqlite:///FILE|postgres://…?schema=… [--daily 100] [--rounds 15]

BOOK is made the first time: a community of two hundred, who have points every year and redeem so many times a day, each
entry recorded on its day. Then the second month, one in the middle and the last are asked for in turns with the
baseline: a count of the second month's entries by the index of days.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from benchmarks import subtrees
from benchmarks.loader import Place, on_postgres, url_of
from benchmarks.subtrees import BASELINE, Verb
from ledger import encoding
from ledger.book import Book
from ledger.clock import Clock
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points import chart, district
from points.market import reconciliation
from points.market.models import Item, Shop
from points.people.models import Area, Member

FIRST, DAYS = date(2023, 6, 1), 3 * 365 + 1
MONTHS = {"second": "2023-07", "middle": "2024-12", "last": "2026-05"}
DISTRICT, COMMUNITY, MERCHANT = "440310000000", "440310001001", 1
PEOPLE, POINTS = 200, 100_000
EVIDENCE = Evidence("decision", "1", encoding.digest("a benchmark"))
_COUNT = "SELECT count(*) AS n FROM ledger_transaction WHERE effective_on >= ? AND effective_on <= ?"


def main() -> None:
    """Make the book when it is not there, measure, and print a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("book")
    options.add_argument("--daily", type=int, default=100)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--slow", type=float, default=20)
    given = options.parse_args()
    place = given.book if on_postgres(given.book) else Path(given.book.removeprefix("sqlite://"))
    subtrees.say(asyncio.run(measure(place, given.daily, given.rounds)), given.slow)


async def measure(place: Place, daily: int, rounds: int) -> list[subtrees.Asked]:
    """Ask for three months in turns, of a book with so many redemptions a day."""
    await district.migrate(place)
    async with district.open_district(url_of(place)) as book:
        if not await Member.all().using_db(book.reader).limit(1):
            await make(book, daily)
        return await subtrees.ask(book, verbs(book), rounds)


def verbs(book: Book) -> dict[str, Verb]:
    """The three months, and the baseline."""
    first, last = reconciliation.bounds(MONTHS["second"])
    days = [first.isoformat(), last.isoformat()]
    asked: dict[str, Verb] = {BASELINE: lambda: book.reader.execute_query_dict(_COUNT, days)}
    for name, month in MONTHS.items():
        asked[f"{name} month"] = partial(reconciliation.read, book, COMMUNITY, month)
    return asked


async def make(book: Book, daily: int) -> None:
    """Two areas, people, a merchant and an item; then day by day what moved."""
    async with book.write() as db:
        await Area.bulk_create(_areas(), using_db=db)
        await Member.bulk_create([_member(who) for who in range(PEOPLE)], using_db=db)
        await Item.create(number=1, name="肥皂", name_en="Soap", kind="goods", cost_fen=100, using_db=db)
        await Shop.create(
            number=MERCHANT, name="理发", area=COMMUNITY, hours="", opened_on=FIRST.isoformat(), using_db=db
        )
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        with _recorded_on(day):
            for each in await book.journal.post_all(list(_drafts(day, number, daily))):
                assert isinstance(each, Receipt), each


def _drafts(day: date, number: int, daily: int) -> Iterator[Draft]:
    """On the first day of each year points for everybody and goods for the shelf; every day so many redemptions."""
    if number % 365 == 0:
        for who in range(PEOPLE):
            given = Posting(chart.ISSUED, _purse(who, day), POINTS, chart.POINTS)
            yield _draft(f"award/{day}/{who}", day, given)
        stocked = Posting(chart.GOODS, chart.stock(MERCHANT), 400 * daily, chart.item(1))
        yield _draft(f"delivery/{day}", day, stocked)
    for n in range(daily):
        yield _draft(
            f"redeem/{day}/{n}",
            day,
            Posting(_purse((number * daily + n) % PEOPLE, day), chart.taken(MERCHANT), 3, chart.POINTS),
            Posting(chart.stock(MERCHANT), chart.HANDED_OUT, 1, chart.item(1)),
        )


def _purse(who: int, day: date) -> str:
    """Where the points of this year of the book stand."""
    year = (day - FIRST).days // 365
    return chart.until(_number(who), FIRST + timedelta(days=365 * (year + 2)))


def _draft(reference: str, day: date, *postings: Posting) -> Draft:
    kind = reference.partition("/")[0]
    return Draft(reference, kind, EVIDENCE, day, EVIDENCE.digest, postings)


def _areas() -> list[Area]:
    path = f"/{DISTRICT}/"
    return [
        Area(code=DISTRICT, name="区", level="district", parent=None, path=path),
        Area(code=COMMUNITY, name="社区", level="community", parent=DISTRICT, path=f"{path}{COMMUNITY}/"),
    ]


def _number(who: int) -> str:
    return f"V-{who:06d}"


def _member(who: int) -> Member:
    return Member(number=_number(who), kind="volunteer", area=COMMUNITY, enrolled_on=FIRST.isoformat())


@contextmanager
def _recorded_on(day: date) -> Iterator[None]:
    """Entries written inside are recorded at ten in the morning of a day."""
    kept, at = Clock.now, datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    setattr(Clock, "now", lambda _self: at)  # noqa: B010 - a method may not be assigned to
    try:
        yield
    finally:
        setattr(Clock, "now", kept)  # noqa: B010 - as above


if __name__ == "__main__":
    main()
