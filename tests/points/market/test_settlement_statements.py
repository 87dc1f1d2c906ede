"""A merchant's statement: what is due for a month, at the contract of the day it was handed over."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from points.market import contracts, settlement_statements, settlements
from points.market.contracts import Agreed
from points.market.settlement_statements import REDEEMED, UNDONE, Line, Piece, Statement
from tests.points.market.allied import CHECK, Allied, Watch
from tests.points.market.counting import statements_during, steps_of
from tests.points.market.settling import approve, draw

AT = datetime(2026, 10, 5, 4, 30, tzinfo=UTC)
CUT = Line(7, "redeem/3/a", AT, REDEEMED, (Piece(1, "理发一次", 2, 1000),), 20, 2000)
BACK = Line(9, "undo/3/b", AT, UNDONE, (Piece(1, "理发一次", 3, 0),), -30, -3000, of=5)
FIRST = Agreed("3-1", 3, "2026-01-05", "2026-03-31", "street")
SECOND = Agreed("3-2", 3, "2026-05-01", "2026-05-31", "company")


@pytest.mark.anyio
async def test_the_price_of_the_day_it_was_handed_over_counts(allied: Allied, watch: Watch) -> None:
    """A contract that ends and another that follows do not change what was handed over before."""
    month, book = allied.month, allied.book
    await allied.cut(CHECK)
    (agreed,) = await contracts.of_shop(book, allied.barber)
    watch.next_month(1)
    await contracts.end(book, agreed.id, by=allied.town.admin, on=allied.today)
    check = (await allied.town.item(CHECK)).number
    await contracts.sign(
        book, allied.barber, from_on=allied.today, until_on=allied.today, sponsor="company",
        by=allied.town.admin, key="second", fen={check: 900},
    )  # fmt: skip
    await allied.cut(CHECK)
    first = await draw(allied, month)
    assert ([line.fen for line in first.statement.lines], first.statement.sponsor) == ([1200], "street")
    await approve(allied, first)
    month = allied.month
    watch.next_month()
    second = await draw(allied, month)
    assert ([line.fen for line in second.statement.lines], second.statement.sponsor) == ([900], "company")


@pytest.mark.parametrize("lines", [(), (CUT,), (CUT, BACK)])
def test_a_text_is_read_as_the_statement_it_was_written_of(lines: tuple[Line, ...]) -> None:
    """Nothing of it is lost, and the same statement is the same text: so what was approved can be named by a digest."""
    said = Statement(3, "2026-10", "street", -50, lines)
    again = settlement_statements.read(said.text)
    assert (again, again.text) == (said, said.text)


@pytest.mark.parametrize(
    ("brought", "lines", "due", "carried"),
    [(0, (CUT,), 2000, 0), (-500, (CUT,), 1500, 0), (-500, (CUT, BACK), 0, -1500), (-2000, (CUT,), 0, 0)],
)
def test_what_was_paid_too_much_is_taken_off_and_the_rest_is_carried(
    brought: int, lines: tuple[Line, ...], due: int, carried: int
) -> None:
    """Nobody is ever asked to pay back; of the points only those of this month leave the till."""
    said = Statement(3, "2026-10", "street", brought, lines)
    assert (said.due, said.carried, said.points) == (due, carried, 20)


@pytest.mark.parametrize(
    ("on", "agreed"),
    [
        ("2026-01-01", FIRST),
        ("2026-03-31", FIRST),
        ("2026-04-15", FIRST),
        ("2026-05-01", SECOND),
        ("2026-12-31", SECOND),
    ],
)
def test_a_day_falls_under_the_contract_that_began_last(on: str, agreed: Agreed) -> None:
    """Before all of them under the first; where there is none, under none."""
    assert settlement_statements.in_force([FIRST, SECOND], on) == agreed
    assert settlement_statements.in_force([], on) is None


@pytest.mark.parametrize("text", ["", "2026-00", "2026-13", "2026-1", "1926-10", "2026-10\n", "２０２６-10"])
def test_what_is_no_month_is_not_taken_for_one(text: str) -> None:
    """A month is four digits of this century, a dash and two digits; its last day is the calendar's."""
    assert not settlement_statements.is_month(text)
    assert settlement_statements.is_month("2028-02")
    assert settlement_statements.month_ends("2028-02") == date(2028, 2, 29)


@pytest.mark.anyio
async def test_a_month_costs_what_it_holds_however_much_was_settled_before(
    allied: Allied, watch: Watch
) -> None:
    """A head a month: after a month of six the next one reads no more than the second, in statements and rows."""
    steps: list[int] = []
    counts: list[int] = []
    for heads in (1, 6, 1, 1):
        month = allied.month
        for _ in range(heads):
            await allied.cut()
        watch.next_month()

        async def look(month: str = month) -> object:
            return await settlements.preview(allied.book, allied.barber, month)

        if allied.book.engine.dialect == "sqlite":
            steps.append(await steps_of(allied.book, look))
        async with statements_during(allied.book) as seen:
            await look()
        counts.append(len(seen))
        await approve(allied, await draw(allied, month))
    assert len(set(counts[1:])) == 1, counts
    if steps:
        assert abs(steps[3] - steps[2]) <= 60, steps
        assert steps[1] > steps[2] + 200, steps
