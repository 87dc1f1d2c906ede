"""What waits for an answer, and what became of an objection."""

from __future__ import annotations

import pytest

from points.openness import unanswered
from tests.points.awards.town import Town
from tests.points.openness.objecting import CLOSES, Listed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def listed(town: Town) -> Listed:
    """A town with a list."""
    return await Listed.begin(town)


async def test_what_waits_for_an_answer_is_listed_with_its_day(listed: Listed) -> None:
    """The most urgent first, for those in charge there; what is answered leaves the list."""
    made = await listed.object()
    later = await listed.object(listed.codes["V-000002"][0], on=CLOSES.replace(day=3))
    queue = await unanswered.waiting(listed.town.book, [None])
    assert [each.number for each in queue] == [made.number, later.number]
    assert queue[0].overdue(CLOSES)
    assert not queue[0].overdue(made.answer_by)
    assert await unanswered.waiting(listed.town.book, ["440310002000"]) == []
    await listed.dismiss(made)
    assert [each.number for each in await unanswered.waiting(listed.town.book, [None])] == [later.number]
