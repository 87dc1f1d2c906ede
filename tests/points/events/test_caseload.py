"""The mediations of a place and of one mediator, and those that somebody should look at again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.events import caseload, follow_ups, listing, settlements, taking
from tests.points.awards.town import FAR, LIUHE, Town
from tests.points.events.hands import HEAD, key
from tests.points.events.quarrels import LIU, OUYANG, ZHAO, filed, result, settled, staffed
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


async def test_mine_and_those_of_the_place(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest first, page by page; a colleague's are in the place's list and not in mine."""
    monkeypatch.setattr(caseload, "A_PAGE", 2)
    await staffed(town)
    mine = [(await filed(town)).event, await settled(town), await settled(town)]
    found = await caseload.page(town.book, [LIUHE], mine=ZHAO)
    rest = await caseload.page(town.book, [LIUHE], mine=ZHAO, after=found.after or "")
    assert [line.event.id for line in (*found.lines, *rest.lines)] == mine[::-1]
    assert rest.after is None
    assert len((await caseload.page(town.book, [LIUHE], mine=OUYANG)).lines) == 2
    assert (await caseload.page(town.book, [LIUHE], mine=LIU)).lines == ()
    assert (await caseload.page(town.book, [FAR])).lines == ()
    assert len((await caseload.page(town.book, [None])).lines) == 2


async def test_what_is_due_is_listed_until_somebody_looked(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Overdue from the day after; what was found false is not looked at again."""
    await staffed(town)
    today = town.book.today()
    event, false = await settled(town), await settled(town)
    await settlements.record(
        town.book,
        (await filed(town)).event,
        result(town, outcome="failed", agreement="none", follow_up_on=None),
        by=ZHAO,
        key=key(),
    )
    await taking.take(town.book, false, "found_false", by=HEAD, key=key())
    on = today + timedelta(days=30)
    assert await caseload.due(town.book, [LIUHE], on - timedelta(days=1)) == []
    assert [(d.event.id, d.on, d.overdue) for d in await caseload.due(town.book, [LIUHE], on)] == [
        (event, on, False)
    ]
    later = town.book.now() + timedelta(days=31)
    monkeypatch.setattr(type(town.book), "today", lambda _: on + timedelta(days=1))
    monkeypatch.setattr(type(town.book), "now", lambda _: later)
    assert [d.overdue for d in await caseload.due(town.book, [None], on, mine=ZHAO)] == [True]
    assert await caseload.due(town.book, [None], on, mine=LIU) == []
    assert await caseload.due(town.book, [FAR], on) == []
    await follow_ups.record(town.book, event, held=True, by=ZHAO, key=key())
    assert await caseload.due(town.book, [LIUHE], on) == []


async def test_a_list_does_not_ask_more_for_more(town: Town) -> None:
    """As many statements for one case as for five."""
    await staffed(town)
    counts = []
    for more in (1, 4):
        for _ in range(more):
            await settled(town)
        async with statements_during(town.book) as asked:
            await caseload.page(town.book, [LIUHE], mine=ZHAO)
            await caseload.due(town.book, [LIUHE], town.book.today() + listing.LOOK_BACK)
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0
