"""A statement adds up, month upon month, whoever sweeps when; and every line says what it was for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Evidence, Posting
from points import chart, statement
from points.district import open_district
from points.statement import Statement
from tests import books, town
from web.text import things

pytestmark = pytest.mark.anyio

WHO = "V-000001"
D = date.fromisoformat


async def post(book: Book, kind: str, on: str, *postings: tuple[str, str, int]) -> None:
    """One transaction on a day."""
    reference = f"{kind}/{on}/{postings[0][0]}/{postings[0][2]}"
    moved = tuple(Posting(source, target, amount, chart.POINTS) for source, target, amount in postings)
    evidence = Evidence("decision", "1", "sha256:" + "0" * 64)
    request = encoding.digest_of({"reference": reference})
    await book.journal.post(Draft(reference, kind, evidence, D(on), request, moved))


def until(day: str) -> str:
    """Our member's account of a day."""
    return chart.until(WHO, D(day))


async def lived(book: Book) -> None:
    """Ten and five come in with different days, seven are spent oldest first, three lapse."""
    await post(book, "vest", "2018-12-31", (chart.ISSUED, until("2019-12-31"), 10))
    await post(book, "vest", "2019-03-01", (chart.ISSUED, until("2020-12-31"), 5))
    await post(book, "redeem", "2019-06-15", (until("2019-12-31"), chart.taken(1), 7))


def check(one: Statement, opening: int) -> int:
    """Each line follows from the one before; the answer is the closing."""
    assert one.opening == opening
    balance = opening
    for line in one.lines:
        assert one.since <= line.on <= one.until
        balance += line.amount
        assert line.balance == balance >= 0
    assert one.opening + one.came_in - one.went_out == one.closing == balance
    return balance


async def months(book: Book, first: str, count: int) -> list[int]:
    """The closings of so many months, each checked against the one before."""
    start, last, closings = statement.month_of(D(first))[0], 0, []
    for _ in range(count):
        since, ends = statement.month_of(start)
        last = check(await statement.between(book, WHO, since, ends), last)
        closings.append(last)
        start = ends + timedelta(days=1)
    return closings


async def test_months_add_up_and_points_lapse_on_the_day_after_their_last(tmp_path: Path) -> None:
    """Each month begins where the one before ended; three points are gone in January, swept or not."""
    async with books.fresh(tmp_path) as book:
        await lived(book)
        assert await months(book, "2018-12-01", 15) == [10, 10, 10, *[15] * 3, *[8] * 7, *[5] * 2]


@pytest.mark.parametrize("swept", ["2020-01-01", "2020-01-17", "2020-02-20", "2021-06-01"])
async def test_a_late_sweep_changes_no_month_that_was_read(tmp_path: Path, swept: str) -> None:
    """Before and after the sweep, whenever it runs, every month reads the same; the line then names the transaction."""
    async with books.fresh(tmp_path) as book:
        await lived(book)
        before = await months(book, "2018-12-01", 34)
        await post(book, "expire", swept, (until("2019-12-31"), chart.EXPIRED, 3))
        assert await months(book, "2018-12-01", 34) == before
        lapse = (await statement.between(book, WHO, D("2020-01-01"), D(swept))).lines[0]
        assert (lapse.on, lapse.amount, lapse.kind) == (D("2020-01-01"), -3, "expire")
        assert lapse.position == 4


async def test_what_comes_back_too_late_lapses_as_it_comes(tmp_path: Path) -> None:
    """A redemption undone in February gives points back whose day was in December: they are said, and not spendable."""
    async with books.fresh(tmp_path) as book:
        await lived(book)
        await post(book, "correct", "2020-02-10", (chart.taken(1), until("2019-12-31"), 7))
        february = await statement.between(book, WHO, D("2020-02-01"), D("2020-02-29"))
        assert [(line.kind, line.amount) for line in february.lines] == [("correct", 7), ("expire", -7)]
        assert check(february, 5) == 5


async def test_a_redemption_from_two_accounts_is_one_line(tmp_path: Path) -> None:
    """It is one thing to a person."""
    async with books.fresh(tmp_path) as book:
        await lived(book)
        await post(
            book,
            "redeem",
            "2019-07-01",
            (until("2019-12-31"), chart.taken(1), 3),
            (until("2020-12-31"), chart.taken(1), 2),
        )
        july = await statement.between(book, WHO, D("2019-07-01"), D("2019-07-31"))
        assert [line.amount for line in july.lines] == [-5]


async def test_the_latest_lines_come_newest_first(tmp_path: Path) -> None:
    """As many as asked for, with the balances they have in the whole statement."""
    async with books.fresh(tmp_path) as book:
        await lived(book)
        lines = await statement.latest(book, WHO, D("2019-12-31"), limit=2)
        assert [(line.amount, line.balance) for line in lines] == [(-7, 8), (5, 15)]
        assert await statement.latest(book, "V-000002", D("2019-12-31"), limit=2) == []


async def test_each_line_says_what_it_was_for(tmp_path: Path) -> None:
    """In the sample town: an event's own words and who verified it; what was taken and who served."""
    settings = town.copied(tmp_path)
    async with open_district(settings.book) as book:
        lines = await statement.latest(book, WHO, book.today(), limit=50)
    vested = [line for line in lines if line.kind == "vest"]
    assert vested
    assert all(line.what and line.award and line.award.startswith("award/") for line in vested)
    assert {line.by for line in vested} <= {"S-0003", "S-0006"}
    (redeemed,) = [line for line in lines if line.kind not in ("vest", "expire")]
    assert (things(redeemed.taken), redeemed.by, redeemed.amount) == ("香皂", "S-0004", -3)


@given(st.dates(date(1970, 1, 1), date(9998, 12, 31)))
def test_a_month_has_its_first_and_last_day(day: date) -> None:
    """The day is in it, and the next day after the last is a first."""
    first, last = statement.month_of(day)
    assert first <= day <= last
    assert (first.day, (last + timedelta(days=1)).day) == (1, 1)
    assert (first.year, first.month) == (day.year, day.month) == (last.year, last.month)
