"""The purse: earliest expiry first, and never more than there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_the_oldest_is_spent_first() -> None:
    """Seven from 5 and 10: all of the first, 2 of the second."""
    assert purse.draw([(LATER, 10), (FIRST, 5)], 7) == [(FIRST, 5), (LATER, 2)]


@given(PURSES, st.integers(0, 20_000))
def test_what_is_drawn_is_what_was_asked_or_all_there_is(held: list[tuple[date, int]], amount: int) -> None:
    """In order of the days, each part positive and no more than its account holds."""
    drawn = purse.draw(held, amount)
    assert sum(part for _, part in drawn) == min(amount, sum(part for _, part in held))
    assert drawn == sorted(drawn)
    assert all(0 < part <= dict(held)[day] for day, part in drawn)


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
