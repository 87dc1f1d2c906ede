"""What waits at the year's end: each contribution is of one kind, or done with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.awards import correction_requests, corrections, vesting
from points.awards.years import waiting
from points.openness import notices
from tests.points.awards.town import DISTRICT, LIUHE, ON, PUBLISHER, Town

pytestmark = pytest.mark.anyio
YEAR = 2018


async def counts(town: Town) -> dict[str, int]:
    """What waits, without the kinds of which there is none."""
    found = await waiting.of(town.book, LIUHE, YEAR)
    assert len(found.items) == found.total
    return {kind: n for kind, n in found.counts.items() if n}


async def test_a_contribution_goes_from_kind_to_kind_until_it_is_done(town: Town) -> None:
    """Unverified, not on a notice, on one, asked to be corrected; usable it is done, corrected too, and false."""
    await town.fund(100)
    first = await town.event(("V-000001", "reporter"))
    assert await counts(town) == {"unverified": 1}
    await town.verify()
    assert await counts(town) == {"unnoticed": 1}
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON)
    assert await counts(town) == {"noticed": 1}
    (row,) = await town.rows("SELECT reference FROM awards_verification WHERE event = ?", first)
    await correction_requests.ask(town.book, row["reference"], "not_true", by=PUBLISHER, key="k1")
    assert await counts(town) == {"asked": 1}
    await corrections.correct(town.book, row["reference"], "not_true", by=PUBLISHER, on=ON)
    assert await counts(town) == {}
    second = await town.event(("V-000002", "reporter"), after=timedelta(days=1))
    await town.verify()
    await notices.publish(town.book, DISTRICT, by=PUBLISHER, on=ON, days=1)
    await vesting.sweep(town.book, ON + timedelta(days=1))
    assert await counts(town) == {}
    await town.false(await town.event(("V-000003", "reporter")))
    assert (await counts(town), second != first) == ({}, True)
