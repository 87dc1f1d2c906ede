"""Where the points of an award are, in order: with it, where they expired, in the rest of the purse, and owed."""

from __future__ import annotations

from datetime import date

import pytest

from points import chart
from points.awards import whereabouts
from tests.points.awards.steps import V1, Life
from tests.points.awards.town import Town

pytestmark = pytest.mark.anyio
UNTIL = date(2019, 12, 31)


async def test_on_notice_spendable_spent_and_expired(town: Town) -> None:
    """Each place gives what it holds, in that order; what is nowhere is owed."""
    life = await Life.begin(town)
    for step in ("fund 100", "serve 240", "publish", "deliver 10"):
        assert await life.step(step) == ""
    on = date(2018, 12, 2)
    assert await whereabouts.of(town.book, V1, 9, None, on) == [(chart.noticed(V1), 8), (chart.owed(V1), 1)]
    assert await life.step("sweep 2018-12-08") == ""
    vested = chart.until(V1, UNTIL)
    assert await whereabouts.of(town.book, V1, 8, UNTIL, on) == [(vested, 8)]
    assert await life.step("redeem 1") == ""
    assert await whereabouts.of(town.book, V1, 8, UNTIL, on) == [(vested, 5), (chart.owed(V1), 3)]
    assert await life.step("sweep 2020-01-01") == ""
    assert await whereabouts.of(town.book, V1, 8, UNTIL, date(2020, 1, 1)) == [
        (chart.EXPIRED, 5),
        (chart.owed(V1), 3),
    ]
