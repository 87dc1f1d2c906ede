"""Disputes: the ordinals of their steps are locks, and a correction for an answer needs something to answer."""

from __future__ import annotations

import pytest

from ledger.errors import ReferenceConflict
from points import chart
from points.awards import corrections
from points.openness import disputes
from points.openness.errors import NothingToUphold
from tests.points.awards.town import ON, PUBLISHER, Town
from tests.points.openness.objecting import NEIGHBOUR, V1, Listed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def listed(town: Town) -> Listed:
    """A town with a list."""
    return await Listed.begin(town)


async def test_each_step_has_the_next_ordinal_and_one_effect(listed: Listed) -> None:
    """What two planned from one reading is done once; the other is told to look again."""
    book = listed.town.book
    made = await listed.object()
    assert await disputes.next_step(book, made.award) == 2
    drafts = [
        disputes.draft(book, made.award, 2, ("test", name), {"by": name}, [], on=ON) for name in ("甲", "乙")
    ]
    await book.journal.post(drafts[0])
    with pytest.raises(ReferenceConflict):
        await book.journal.post(drafts[1])
    assert await disputes.next_step(book, made.award) == 3


async def test_a_purse_names_both_accounts_as_they_stand(listed: Listed) -> None:
    """With the versions by which a plan is refused when one of them has moved."""
    before = await disputes.purse(listed.town.book, V1)
    assert (before.noticed, before.disputed) == (chart.noticed(V1), chart.disputed(V1))
    await listed.object()
    after = await disputes.purse(listed.town.book, V1)
    assert [new[2] - old[2] for old, new in zip(before.seen, after.seen, strict=True)] == [1, 1]


async def test_nothing_is_upheld_that_nobody_objected_to(listed: Listed) -> None:
    """Neither before there was an objection nor after it was answered."""
    book = listed.town.book
    made = await listed.object()
    await listed.dismiss(made)
    other = (await listed.town.rows("SELECT award FROM openness_notice_line WHERE member = 'V-000002'"))[0]
    for award in (made.award, other["award"]):
        with pytest.raises(NothingToUphold):
            await corrections.correct(book, award, disputes.UPHELD, by=PUBLISHER, on=ON)
    assert await listed.stands() == (10, 0)


async def test_objections_of_an_award_stand_in_their_order(listed: Listed) -> None:
    """With what was said in each, for those who answer."""
    first = await listed.object(text="一")
    await listed.object(by=None, text="二")
    rows = await disputes.of(listed.town.book, first.award)
    assert {row.objector for row in rows} == {NEIGHBOUR, None}
    said, answered = await disputes.texts(listed.town.book, [row.id for row in rows])
    assert sorted(text.text for text in said.values()) == ["一", "二"]
    assert answered == {}
