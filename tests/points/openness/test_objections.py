"""Objections on a real book: each freezes the points it is about, and nothing else."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from ledger.errors import ReferenceConflict
from points.awards import corrections, vesting
from points.openness import disputes, objections
from points.openness.errors import (
    BadObjection,
    LineCorrected,
    NotYetPublished,
    ObjectedAlready,
    TooLateToObject,
    UnknownLine,
    UnknownNotice,
    UnknownObjection,
)
from points.openness.objections import Said
from points.openness.records import Freeze, Objection, ObjectionText
from points.people.errors import NotAllowed
from tests import meanwhile
from tests.points.awards.town import ON, PUBLISHER, VERIFIER, Town
from tests.points.openness.objecting import CLOSES, LAST, NEIGHBOUR, V1, Listed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def listed(town: Town) -> Listed:
    """A town with a list."""
    return await Listed.begin(town)


async def test_an_objection_freezes_the_points_it_is_about_and_nothing_else(listed: Listed) -> None:
    """One entry of kind `object`, with its evidence, in the same commit as the objection's row."""
    assert await listed.stands() == (10, 0)
    made = await listed.object()
    assert await listed.stands() == (8, 2)
    assert await listed.stands("V-000002") == (2, 0)
    row = await Objection.get(number=made.number, using_db=listed.town.book.reader)
    (entry,) = await listed.town.rows("SELECT * FROM ledger_transaction WHERE kind = 'object'")
    assert (entry["reference"], entry["evidence_id"]) == (row.reference, row.id)
    assert made.answer_by == date(2018, 12, 7), "the fifth working day after a Saturday"


async def test_the_objector_is_in_no_entry(listed: Listed) -> None:
    """Neither the entry nor its evidence names who objected or what they said; the erasable row has the words."""
    made = await listed.object(text="那天他不在")
    bodies = await listed.town.rows("SELECT body FROM ledger_transaction")
    texts = await listed.town.rows(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot LIKE 'objection/%'"
    )
    written = [bytes(row["body"]).decode() for row in bodies] + [row["text"] for row in texts]
    assert len(texts) == 1
    assert not [one for one in written if NEIGHBOUR in one or "那天他不在" in one]
    row = await Objection.get(number=made.number, using_db=listed.town.book.reader)
    kept = await ObjectionText.get(objection=row.id, using_db=listed.town.book.reader)
    assert kept.text == "那天他不在"


async def test_several_objections_to_a_line_freeze_it_once(listed: Listed) -> None:
    """Also two in the same moment: both are written down, and the points are frozen one time."""
    first, second = await asyncio.gather(listed.object(by=NEIGHBOUR), listed.object(by="V-000002"))
    assert first.number != second.number
    assert await listed.stands() == (8, 2)
    assert await Freeze.all().using_db(listed.town.book.reader).count() == 1
    assert await Objection.all().using_db(listed.town.book.reader).count() == 2


async def test_pressing_twice_is_pressing_once(listed: Listed) -> None:
    """Also in the same moment; and another reason under the same key is refused."""
    first, again = await asyncio.gather(listed.object(key="k"), listed.object(key="k"))
    assert first == again == await listed.object(key="k")
    assert await listed.stands() == (8, 2)
    with pytest.raises(ReferenceConflict):
        await listed.object(key="k", text="别的话")


async def test_the_same_that_was_written_a_moment_ago_is_the_answer(
    listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking for it and asking whether the line is open, the first press was written."""
    meanwhile.after(monkeypatch, disputes, "next_step", lambda: listed.object(key="k"))
    made = await listed.object(key="k")
    assert made == await listed.object(key="k")
    assert await listed.stands() == (8, 2)


async def test_who_waits_for_an_answer_does_not_object_again(listed: Listed) -> None:
    """They are told the number of their objection; visitors, whom nobody knows, may."""
    made = await listed.object()
    with pytest.raises(ObjectedAlready, match=made.number):
        await listed.object()
    await listed.object(by=None)
    await listed.object(by=None)
    assert await listed.stands() == (8, 2)


async def test_days_are_counted_inclusively(listed: Listed) -> None:
    """The last day is the one before the notice closes; after it, and before the first, an objection is refused."""
    with pytest.raises(NotYetPublished):
        await listed.object(on=date(2018, 11, 30))
    with pytest.raises(TooLateToObject, match="2018-12-07"):
        await listed.object(on=CLOSES)
    assert await listed.stands() == (10, 0)
    await listed.object(on=LAST)
    assert await listed.stands() == (8, 2)


async def test_what_has_vested_is_not_frozen(listed: Listed) -> None:
    """The sentence says what can be done instead."""
    await vesting.sweep(listed.town.book, CLOSES)
    with pytest.raises(TooLateToObject, match="更正"):
        await listed.object(on=CLOSES)
    assert await listed.stands() == (0, 0)


async def test_a_corrected_line_cannot_be_objected_to(listed: Listed) -> None:
    """Its points are gone already."""
    (row,) = await listed.town.rows(
        "SELECT award FROM openness_notice_line WHERE code = ?", listed.codes[V1][0]
    )
    await corrections.correct(listed.town.book, row["award"], "情况不实", by=PUBLISHER, on=ON)
    with pytest.raises(LineCorrected):
        await listed.object()


async def test_a_line_is_known_by_its_notice_and_code(listed: Listed) -> None:
    """Small letters and spaces are read; what is not there is said not to be."""
    code = listed.codes[V1][0]
    await listed.object(f" {code.lower()} ")
    with pytest.raises(UnknownLine):
        await listed.object("AAAAAAAA")
    with pytest.raises(UnknownNotice):
        await objections.make(listed.town.book, "G-0", code, Said("nothing"), key="k", on=ON)
    with pytest.raises(UnknownObjection):
        await objections.find(listed.town.book, "Y-NOTHING")


@pytest.mark.parametrize("said", [Said("none of them"), Said("other"), Said("other", "   ")])
async def test_a_reason_is_one_of_the_list(listed: Listed, said: Said) -> None:
    """And for another reason it takes a few words."""
    with pytest.raises(BadObjection):
        await objections.make(
            listed.town.book, listed.notice.number, listed.codes[V1][0], said, key="k", on=ON
        )


async def test_a_clerk_writes_down_what_a_visitor_says(listed: Listed) -> None:
    """Who is in charge there may; somebody without that role may not."""
    code, said = listed.codes[V1][0], Said("hours", "只来了一小时", "13800000000")
    book, number = listed.town.book, listed.notice.number
    with pytest.raises(NotAllowed):
        await objections.make(book, number, code, said, key="k", on=ON, recorded_by=VERIFIER)
    made = await objections.make(book, number, code, said, key="k", on=ON, recorded_by=PUBLISHER)
    row = await Objection.get(number=made.number, using_db=book.reader)
    assert (row.objector, row.recorded_by) == (None, PUBLISHER)
