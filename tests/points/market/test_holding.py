"""What is set aside, and the same given back."""

from __future__ import annotations

from datetime import date

from ledger.transactions import Posting
from points import chart
from points.market import (
    holding,
)
from points.market.handing_over import Given
from points.market.pools import Drawn
from points.market.redemptions import Line


def test_what_is_given_back_is_the_exact_negative() -> None:
    """Every posting the other way round, the points first; what pays and what limits it took are read from the same."""
    day, line = date(2027, 1, 1), Line(7, "洗衣液", 2, 15)
    limit = Posting("member/V-1/cap/item-7:2/2019-01", chart.CAPS, 2, chart.CAP)
    taken = holding.postings(1, "V-1", [line], [Drawn("member/V-1", day, 30)], [limit])
    back = holding.given_back(taken)
    assert sorted((x.target, x.source, x.amount, x.unit) for x in back) == sorted(
        (x.source, x.target, x.amount, x.unit) for x in taken
    )
    assert back[0].unit == chart.POINTS
    assert holding.limits(taken).postings == (limit,)
    assert holding.paid(taken) == (Given(chart.until("V-1", day), 30),)


def test_each_purse_of_a_household_keeps_its_own() -> None:
    """What a neighbour gave waits with the neighbour, under its day; who reserved stands first, even with nothing."""
    day, line = date(2027, 1, 1), Line(7, "洗衣液", 2, 15)
    drawn = [Drawn("member/V-2", day, 20), Drawn("household/H-1", day, 10)]
    taken = holding.postings(1, "V-1", [line], drawn, [])
    assert {each.target for each in taken if each.unit == chart.POINTS} == {
        chart.held("V-2", day),
        f"household/H-1/held/{day}",
    }
    assert holding.parts("V-1", taken) == (("member/V-1", 0), ("member/V-2", 20), ("household/H-1", 10))
