"""What is owed is told with what made it and what settled it, newest first."""

from __future__ import annotations

from datetime import date

import pytest

from points.awards import corrections, owing, vesting
from points.openness import notices
from tests.points.awards.test_corrections import CLOSES, V1, award, spend, vest
from tests.points.awards.town import DISTRICT, PUBLISHER, Town

pytestmark = pytest.mark.anyio


async def test_spent_points_are_owed_and_told_until_they_are_settled(town: Town) -> None:
    """Eight spent and corrected: eight owed; an award of four settles half; the next one settles the rest."""
    reference = await award(town)
    await vest(town)
    assert await owing.of(town.book, V1) is None
    await spend(town, 8)
    await corrections.correct(town.book, reference, "wrong_sum", by=PUBLISHER, on=CLOSES)
    first = await owing.of(town.book, V1)
    assert first is not None
    (line,) = first.lines
    assert (first.points, line.kind, line.amount, line.left, line.on) == (8, "correct", -8, 8, CLOSES)
    await _settle(town, minutes=120, days=1)
    half = await owing.of(town.book, V1)
    assert half is not None
    assert [(each.kind, each.amount, each.left) for each in half.lines] == [
        ("vest", 4, 4),
        ("correct", -8, 8),
    ]
    assert all(each.contribution for each in half.lines)
    await _settle(town, minutes=240, days=2)
    assert await owing.of(town.book, V1) is None


async def _settle(town: Town, *, minutes: int, days: int) -> None:
    await award(town, minutes=minutes, days=days)
    day = date(2018, 12, 10 + days)
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=day, days=0)
    await vesting.sweep(town.book, day)
