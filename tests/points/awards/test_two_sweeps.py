"""Two sweeps at the same moment, each with a writer of its own: what is owed is settled once, on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from points import chart
from points.awards import vesting
from points.district import open_district
from points.openness import notices
from tests import books
from tests.points.awards.test_vesting import DAY, V1, move
from tests.points.awards.town import DISTRICT, ON, PUBLISHER, Town

pytestmark = pytest.mark.anyio


async def owing_ten(town: Town) -> None:
    """4, 8 and 8 points on notice, of three days; the last award's notice closes first; ten are owed."""
    await town.fund(1000)
    for days, minutes, closes in (([2], 240, 3), ([0, 1], 120, 4)):
        for day in days:
            facts = (V1, "participant", minutes if day != 1 else 240)
            await town.event(facts, kind="activity", after=timedelta(days=day))
        await town.verify()
        await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON, days=closes)
    await move(town, chart.owed(V1), chart.ISSUED, 10)


async def at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The later day's sweep has looked; the earlier day's, in an opening of its own, writes before it does."""
    read = vesting._owed

    async def look(*given: Any) -> Any:
        seen = await read(*given)
        monkeypatch.setattr(vesting, "_owed", read)
        async with open_district(books.url_of(town.book)) as other:
            await vesting.sweep(other, ON + timedelta(days=3))
        return seen

    monkeypatch.setattr(vesting, "_owed", look)
    await vesting.sweep(town.book, ON + timedelta(days=4))


async def test_a_debt_is_settled_once_by_two_sweeps(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The later sweep planned to settle 4 and 6; 8 are settled before it writes: it looks again, and settles 2."""
    await owing_ten(town)
    await at_once(town, monkeypatch)
    assert await town.points(chart.owed(V1)) == 0
    assert await town.points(chart.until(V1, DAY)) == 10
    assert await town.points(chart.noticed(V1)) == 0


async def test_a_plan_that_leans_on_another_is_the_fault(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: all awards of one debtor are posted in one go. The second finds the other sweep's posting, not its own
    first one's, where it was expected, and the debt is overpaid."""
    await owing_ten(town)
    monkeypatch.setattr(vesting, "_leaning", lambda _part, _paid: set())
    await at_once(town, monkeypatch)
    assert await town.points(chart.owed(V1)) == 4


async def test_many_awards_of_one_debtor_vest_in_one_sweep(town: Town) -> None:
    """Seven of two points each against a debt of twelve: more than a plan is tried, all of them vest, two are left."""
    await town.fund(1000)
    for day in range(7):
        await town.event((V1, "participant", 60), kind="activity", after=timedelta(days=day))
    await town.verify()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    await move(town, chart.owed(V1), chart.ISSUED, 12)
    assert await vesting.sweep(town.book, ON + timedelta(days=7)) == vesting.Swept(
        vested=7, points=14, settled=12
    )
    assert await town.points(chart.until(V1, DAY)) == 2
