"""Drafts of the next rule book: each save a row, two writers never over each other."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from points.awards import rule_books, rule_drafts, rule_text
from points.awards.errors import BadRuleBook, DraftChanged, UnknownDraft
from points.people.errors import NotAllowed
from tests.points.awards.test_rule_books import amended
from tests.points.awards.town import ADMIN, KEEPER, Town

pytestmark = pytest.mark.anyio
FIRST, SECOND = amended(date(2030, 1, 1)), amended(date(2030, 2, 1), points=4)


async def test_the_draft_begins_as_the_newest_version(town: Town) -> None:
    """Nothing was saved, so its text is that of version 1, and the next save is made from there."""
    now = await rule_drafts.current(town.book)
    assert (now.id, now.point, now.text) == ("", "version/1", rule_text.default())


async def test_each_save_is_a_row_and_the_newest_is_the_draft(town: Town) -> None:
    """Both texts stay; the second was made from the first."""
    one = await rule_drafts.save(town.book, FIRST, point="version/1", by=ADMIN)
    two = await rule_drafts.save(town.book, SECOND.replace("\n", "\r\n"), point=one.id, by=ADMIN)
    assert (await rule_drafts.current(town.book)) == two
    assert two.text == SECOND
    assert [each.text for each in await rule_drafts.saves(town.book, 1)] == [SECOND, FIRST]
    assert await rule_drafts.find(town.book, one.id) == one


async def test_the_same_text_again_is_no_new_row(town: Town) -> None:
    """Pressing twice is pressing once, also when the second press does not know of the first."""
    one = await rule_drafts.save(town.book, FIRST, point="version/1", by=ADMIN)
    assert await rule_drafts.save(town.book, FIRST, point="version/1", by=ADMIN) == one


async def test_who_opened_the_draft_before_another_saved_it_is_told(town: Town) -> None:
    """Nothing is written over what the other one saved."""
    await rule_drafts.save(town.book, FIRST, point="version/1", by=ADMIN)
    with pytest.raises(DraftChanged):
        await rule_drafts.save(town.book, SECOND, point="version/1", by=ADMIN)
    assert (await rule_drafts.current(town.book)).text == FIRST


async def test_of_two_at_once_one_saves(town: Town) -> None:
    """Both read the same point; the other one is told, and no fork is left behind."""
    saving = [rule_drafts.save(town.book, text, point="version/1", by=ADMIN) for text in (FIRST, SECOND)]
    answers = await asyncio.gather(*saving, return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["DraftChanged", "Saved"]
    assert len(await rule_drafts.saves(town.book, 1)) == 1


async def test_a_published_version_begins_a_new_draft(town: Town) -> None:
    """What was drafted against version 1 is not the draft after version 2."""
    await rule_drafts.save(town.book, FIRST, point="version/1", by=ADMIN)
    await rule_books.publish(town.book, SECOND, by=ADMIN, on=date(2018, 8, 1))
    now = await rule_drafts.current(town.book)
    assert (now.id, now.point, now.text) == ("", "version/2", SECOND)


async def test_only_an_admin_of_the_whole_book_drafts_and_only_what_can_be_read(town: Town) -> None:
    """A keeper of funds may not; a text with a mistake is refused with the mistake."""
    with pytest.raises(NotAllowed):
        await rule_drafts.save(town.book, FIRST, point="version/1", by=KEEPER)
    with pytest.raises(BadRuleBook) as wrong:
        await rule_drafts.save(
            town.book, FIRST.replace("points = 5", "points = -5"), point="version/1", by=ADMIN
        )
    assert "points" in str(wrong.value)
    assert await rule_drafts.saves(town.book, 1) == []
    with pytest.raises(UnknownDraft):
        await rule_drafts.find(town.book, "x" * 40)
