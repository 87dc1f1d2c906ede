"""Two numbers of one person and an objection: what is frozen goes where the rest goes, and comes back only whole."""

from __future__ import annotations

import pytest

from points.awards import vesting
from points.people.models import Person
from points.people.twice import merges, merging, undoing
from points.people.twice.errors import MergeDisputed
from tests.points.awards.town import ADMIN, Town
from tests.points.openness.objecting import CLOSES, V1, Listed

pytestmark = pytest.mark.anyio
KEPT = "V-000002"


async def merge(town: Town) -> str:
    """The two numbers are one person's, so they look alike; the answer is the merge's key."""
    alike = {"name": "王秀兰", "phone": None, "birthday": "05-01", "born_year": 1950}
    async with town.book.write() as db:
        for number in (V1, KEPT):
            await Person.create(using_db=db, member=number, **alike)
    merged = await merging.merge(town.book, KEPT, V1, by=ADMIN, reason="twice", key="m")
    return merged.id


async def test_an_objection_to_the_line_of_a_closed_number_freezes_what_the_kept_one_has(town: Town) -> None:
    """And its dismissal lets it go there; it vests for the kept number."""
    listed = await Listed.begin(town)
    await merge(town)
    made = await listed.object()
    assert (await listed.stands(V1), await listed.stands(KEPT)) == ((0, 0), (10, 2))
    await listed.dismiss(made)
    assert await listed.stands(KEPT) == (12, 0)


async def test_what_was_frozen_before_a_merge_is_corrected_after_it(town: Town) -> None:
    """It is taken from what is frozen under the kept number; the rest vests."""
    listed = await Listed.begin(town)
    made = await listed.object()
    await merge(town)
    assert await listed.stands(KEPT) == (10, 2)
    await listed.uphold(made)
    assert await listed.stands(KEPT) == (10, 0)
    await vesting.sweep(town.book, CLOSES)
    assert await listed.stands(KEPT) == (0, 0)


async def test_a_merge_is_not_taken_back_over_a_dispute_that_changed(town: Town) -> None:
    """Not while frozen since; once that is dismissed, the points are where they were and it is."""
    listed = await Listed.begin(town)
    merged = await merge(town)
    made = await listed.object()
    with pytest.raises(MergeDisputed):
        await undoing.undo(town.book, merged, by=ADMIN, key="u")
    await listed.dismiss(made)
    await undoing.undo(town.book, merged, by=ADMIN, key="u")
    assert await merges.stands_for(town.book, V1) == V1
    assert (await listed.stands(V1), await listed.stands(KEPT)) == ((10, 0), (2, 0))
