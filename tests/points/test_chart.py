"""The chart of accounts: every address the helpers write is one the chart knows, with the floor it must have."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.errors import UnknownAccount
from points import chart
from points.chart import CHART

DAY = date(2019, 12, 31)
ADDRESSES: list[tuple[str, str, int | None]] = [
    (chart.ISSUED, chart.POINTS, None),
    (chart.EXPIRED, chart.POINTS, 0),
    (chart.SYSTEM_HONOUR, chart.HONOUR, None),
    (chart.SYSTEM_HOURS, chart.MINUTES, None),
    (chart.CAPS, chart.CAP, None),
    (chart.GOODS, chart.item(17), None),
    (chart.LOST, chart.item(17), 0),
    (chart.HANDED_OUT, chart.item(17), 0),
    (chart.fund("440310001002", "2018-07"), chart.POINTS, 0),
    (chart.noticed("V-000001"), chart.POINTS, 0),
    (chart.disputed("V-000001"), chart.POINTS, 0),
    (chart.until("V-000001", DAY), chart.POINTS, 0),
    (chart.held("V-000001", DAY), chart.POINTS, 0),
    (chart.owed("V-000001"), chart.POINTS, None),
    (chart.honour("V-000001"), chart.HONOUR, None),
    (chart.hours("V-000001"), chart.MINUTES, None),
    (chart.cap("V-000001", "report-day", 10, "2018-07-04"), chart.CAP, -10),
    (chart.account(chart.household("H-000001"), "noticed"), chart.POINTS, 0),
    (chart.account(chart.group("T-0001"), "until/2019-12-31"), chart.POINTS, 0),
    (chart.account(chart.group("D-0001"), "honour"), chart.HONOUR, None),
    (chart.account(chart.group("D-0001"), "owed"), chart.POINTS, None),
    (chart.stock(1), chart.item(3), 0),
    (chart.coming(1), chart.item(3), 0),
    (chart.taken(1), chart.POINTS, 0),
    (chart.settled(1), chart.POINTS, 0),
]


@pytest.mark.parametrize(("address", "unit", "floor"), ADDRESSES)
def test_each_address_is_in_the_chart_with_its_floor(address: str, unit: str, floor: int | None) -> None:
    """Only what is issued, given and owed has none; a cap ends at its limit."""
    assert CHART.account(address, unit).floor == floor


@pytest.mark.parametrize(
    ("address", "unit"),
    [
        ("member/V-000001/until/tomorrow", "points"),
        ("member/V-000001/noticed", "honour"),
        ("system/issued", "honour"),
        ("shop/1/stock", "points"),
        ("member//noticed", "points"),
        ("bank/1", "points"),
    ],
)
def test_no_other_address_is(address: str, unit: str) -> None:
    """Another unit, another place, a day that is none."""
    with pytest.raises(UnknownAccount):
        CHART.account(address, unit)


def test_the_day_of_an_account_is_read_back() -> None:
    """Of spendable points alone."""
    assert chart.read_until(chart.until("V-000001", DAY)) == DAY
    assert chart.read_until(chart.held("V-000001", DAY)) is None
    assert chart.read_until(chart.noticed("V-000001")) is None
