"""What is set aside, the same given back, and what is drawn from a purse."""

from __future__ import annotations

from datetime import date

from ledger.transactions import Posting
from points import chart
from points.market import (
    holding,
)
from points.market.handing_over import Given
from points.market.redemptions import Line


def test_drawing_takes_the_earliest_day_first() -> None:
    """And no more than there is."""
    purse = [(date(2027, 1, 1), 5), (date(2026, 1, 1), 4)]
    assert holding.draw(purse, 6) == (
        holding.Drawn(date(2026, 1, 1), 4),
        holding.Drawn(date(2027, 1, 1), 2),
    )
    assert sum(each.points for each in holding.draw(purse, 20)) == 9


def test_what_is_given_back_is_the_exact_negative() -> None:
    """Every posting the other way round, the points first; what pays and what limits it took are read from the same."""
    day, line = date(2027, 1, 1), Line(7, "洗衣液", 2, 15)
    limit = Posting("member/V-1/cap/item-7:2/2019-01", chart.CAPS, 2, chart.CAP)
    taken = holding.postings(1, "V-1", [line], [holding.Drawn(day, 30)], [limit])
    back = holding.given_back(taken)
    assert sorted((x.target, x.source, x.amount, x.unit) for x in back) == sorted(
        (x.source, x.target, x.amount, x.unit) for x in taken
    )
    assert back[0].unit == chart.POINTS
    assert holding.limits(taken) == (limit,)
    assert holding.paid(taken) == (Given(chart.until("V-1", day), 30),)
