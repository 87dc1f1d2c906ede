"""A look before a merge: it says what the merge then does, and writes nothing."""

from __future__ import annotations

import pytest

from points import chart
from points.people.twice import looks, seconds
from tests.points.awards.steps import COUNTER
from tests.points.awards.town import ADMIN, Town
from tests.points.people.twice import couple
from tests.points.people.twice.couple import GONE, KEPT, THIRD, serve, vest

pytestmark = pytest.mark.anyio


async def test_the_figures_are_what_the_merge_moves(town: Town) -> None:
    """Spendable by last day, noticed, honour and minutes; the ledger is as long as before."""
    await serve(town, GONE, 120)
    await vest(town)
    await serve(town, GONE, 60, days=1)
    head = await town.head()
    seen = await looks.look(town.book, KEPT, GONE, by=ADMIN)
    assert (seen.figures.spendable, seen.figures.noticed, seen.figures.honour) == (4, 2, 6)
    assert (seen.figures.minutes, seen.figures.counters, seen.why) == (180, 2, ("name", "birthday"))
    assert await town.head() == head
    await couple.merge(town.book)
    for address, unit, amount in (
        (chart.noticed(KEPT), "points", 2),
        (chart.honour(KEPT), "honour", 6),
        (chart.hours(KEPT), "minutes", 180),
    ):
        assert await town.points(address, unit) == amount


async def test_who_asked_does_not_approve(town: Town) -> None:
    """Two who are not alike: neither alone, nor by one's own request; by another's, yes."""
    seen = await looks.look(town.book, KEPT, THIRD, by=ADMIN)
    assert (seen.second, seen.may_finish(ADMIN)) == (True, False)
    await seconds.ask(town.book, KEPT, THIRD, seen.figures.points, by=ADMIN, key="a1")
    seen = await looks.look(town.book, KEPT, THIRD, by=COUNTER)
    assert (seen.may_finish(ADMIN), seen.may_finish(COUNTER)) == (False, True)
