"""The purse: earliest expiry first, and never more than there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points import chart
from points.awards import purse, vesting
from points.awards.purse import Summary
from points.openness import notices
from tests.points.awards.town import DISTRICT, PUBLISHER, Town

FIRST, LATER = date(2019, 12, 31), date(2020, 12, 31)
PURSES = st.lists(
    st.tuples(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(0, 1000)),
    max_size=12,
    unique_by=lambda part: part[0],
)


@given(PURSES)
def test_what_can_be_spent_comes_by_its_day(held: list[tuple[date, int]]) -> None:
    """The earliest first; what is past or empty is not there."""
    accounts = [(chart.until("V-000001", day), points) for day, points in held]
    found = purse.unexpired([*accounts, (chart.noticed("V-000001"), 7)], FIRST)
    assert found == sorted((day, points) for day, points in held if day >= FIRST and points)


@pytest.mark.anyio
async def test_a_summary_says_where_the_points_are_on_each_day(town: Town) -> None:
    """On notice in December, spendable from the sweep on, gone the day after the last."""
    await town.fund(100)
    await town.event(("V-000001", "participant", 240), kind="activity")
    await town.verify(on=date(2018, 12, 1))
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=date(2018, 12, 1))
    await vesting.sweep(town.book, date(2018, 12, 31))
    told = [
        await purse.summary(town.book, "V-000001", day)
        for day in (
            date(2018, 11, 30),
            date(2018, 12, 1),
            date(2018, 12, 31),
            FIRST,
            FIRST + timedelta(days=1),
        )
    ]
    nothing = Summary(0, 0, 0, 0, 0, 0, 0)
    assert told[0] == nothing
    assert told[1] == Summary(0, 8, 0, 0, 0, 8, 240)
    assert told[2] == told[3] == Summary(8, 0, 0, 0, 0, 8, 240)
    assert told[4] == Summary(0, 0, 0, 0, 0, 8, 240)
    assert await purse.spendable(town.book, "V-000001", FIRST) == [(FIRST, 8)]
    assert await purse.spendable(town.book, "V-000001", FIRST + timedelta(days=1)) == []
    assert await purse.summary(town.book, "V-000099", FIRST) == nothing
