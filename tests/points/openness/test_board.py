"""The public board: what a stranger reads while a notice hangs, and that it takes itself down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.openness import board, lists
from points.openness.errors import UnknownNotice
from points.people.models import Person
from points.people.records import Consent, ConsentWithdrawal
from tests.points.awards.town import DISTRICT, ON, STREET, Town
from tests.points.openness.objecting import CLOSES, LAST, V1, Listed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def listed(town: Town) -> Listed:
    """A town with a list."""
    return await Listed.begin(town)


async def test_it_hangs_to_its_last_day_and_takes_itself_down(listed: Listed) -> None:
    """The day it closes there are no lines, but for those in charge; before it was published there was none."""
    book, number = listed.town.book, listed.notice.number
    shown = await board.board(book, number, LAST)
    assert (shown.hangs, len(shown.rows), shown.points) == (True, 6, 18)
    gone = await board.board(book, number, CLOSES)
    assert (gone.hangs, gone.rows) == (False, ())
    assert len((await board.board(book, number, CLOSES, staff=True)).rows) == 6
    with pytest.raises(UnknownNotice):
        await board.board(book, number, ON - timedelta(days=1))


async def test_a_name_stands_there_masked_and_only_by_consent(listed: Listed) -> None:
    """Withdrawn, it is off at once; a child's never was on."""
    book, number = listed.town.book, listed.notice.number
    child = {"birthday": "01-01", "born_year": ON.year - 9}
    async with book.write() as db:
        await Person.create(using_db=db, member=V1, name="王秀兰")
        await Person.create(using_db=db, member="V-000002", name="小宝贝", **child)
        for member in (V1, "V-000002"):
            given = {"what": "named", "given_on": "2018-01-01", "recorded_by": "S-0001", "reference": member}
            await Consent.create(using_db=db, id=f"c{member}", member=member, **given)
    assert {row.name for row in (await board.board(book, number, ON)).rows} == {"王*兰", None}
    async with book.write() as db:
        ended = {"withdrawn_on": "2018-12-01", "recorded_by": "S-0001", "reference": "w"}
        await ConsentWithdrawal.create(using_db=db, consent=f"c{V1}", **ended)
    assert {row.name for row in (await board.board(book, number, ON)).rows} == {None}


async def test_a_mediation_shows_its_class_and_nothing_else_of_it(town: Town) -> None:
    """Category and class; of what was reported only the category."""
    await town.fund(1000)
    await town.event(("V-000001", "mediator", None, "difficult"), kind="mediation", category="D")
    await town.event(("V-000002", "reporter"))
    await town.verify()
    listed = await Listed.begin(town)
    rows = (await board.board(town.book, listed.notice.number, ON)).rows
    assert [row.mediation for row in rows if row.mediation is not None] == ["difficult"]
    assert all(lists.UNSEEN not in row.code for row in rows)


async def test_what_is_not_published_yet_is_counted_among_the_newest(town: Town) -> None:
    """In the areas asked for; published, it is not."""
    await town.fund(1000)
    await town.event(("V-000001", "reporter"))
    await town.verify()
    assert [await board.due(town.book, codes) for codes in ([None], [STREET], ["440310002000"])] == [1, 1, 0]
    await Listed.begin(town)
    assert await board.due(town.book, [DISTRICT]) == 0
