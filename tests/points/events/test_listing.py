"""The list of events of some areas: every one once, filtered, and what is overdue."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from points.events import dispatches, listing
from points.events.records import Amendment
from points.events.selection import Wanted
from tests.points.awards.town import DISTRICT, FAR, GRID, LIUHE, MORNING, OTHER_STREET, STREET, Town
from tests.points.events.hands import filed, staffed
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


async def numbers(town: Town, wanted: Wanted, limit: int = 20) -> list[str]:
    """The events of every page, by their foreign numbers."""
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await listing.page(town.book, wanted, after=after, limit=limit)
        seen += [line.event.external_id for line in page.lines]
        after = page.after
    return seen


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
async def test_pages_show_every_event_below_once_the_latest_first(town: Town, limit: int) -> None:
    """Whatever the size of a page, and where two share an instant."""
    for n in range(9):
        await town.event(area=(LIUHE, GRID, FAR)[n % 3], after=timedelta(hours=n // 2))
    below = await numbers(town, Wanted((STREET,)), limit)
    assert sorted(below) == ["1", "2", "4", "5", "7", "8"]
    assert [(int(n) - 1) // 2 for n in below] == sorted(((int(n) - 1) // 2 for n in below), reverse=True)
    assert sorted(await numbers(town, Wanted((OTHER_STREET,)), limit)) == ["3", "6", "9"]
    assert sorted(await numbers(town, Wanted((OTHER_STREET, GRID)), limit)) == ["2", "3", "5", "6", "8", "9"]
    assert len(await numbers(town, Wanted((None,)), limit)) == 9
    assert await numbers(town, Wanted(()), limit) == []


async def test_an_event_is_listed_where_it_was_placed(town: Town) -> None:
    """And no longer where it was; without a place it is in a list of its own."""
    moved, placed = await town.event(area=FAR), await town.event(area=None)
    assert await numbers(town, Wanted((None,), unplaced=True)) == ["2"]
    for event in (moved, placed):
        at, key = town.book.now(), town.key()
        row = Amendment(id=key, event=event, area=GRID, amended_at=at, amended_by="S-0001", reference=key)
        await town.insert(row)
    assert sorted(await numbers(town, Wanted((STREET,)))) == ["1", "2"]
    assert await numbers(town, Wanted((OTHER_STREET,))) == []
    assert await numbers(town, Wanted((None,), unplaced=True)) == []


async def test_filters_leave_what_is_asked_for(town: Town) -> None:
    """Kind, category and days; together they all hold."""
    await town.event(category="F")
    await town.event(kind="activity", category="V", after=timedelta(days=1))
    await town.event(category="F", after=timedelta(days=2))
    day = MORNING.date()
    everywhere = (DISTRICT,)
    assert await numbers(town, Wanted(everywhere, category="F")) == ["3", "1"]
    assert await numbers(town, Wanted(everywhere, kind="activity")) == ["2"]
    assert await numbers(town, Wanted(everywhere, since=day + timedelta(days=1))) == ["3", "2"]
    assert await numbers(town, Wanted(everywhere, until=day)) == ["1"]
    assert await numbers(town, Wanted(everywhere, category="F", until=day)) == ["1"]


async def test_what_is_overdue_is_found_and_counted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report nobody sent on, and one nobody handled, two working days later; handled, it is on time again."""
    await staffed(town)
    lying = await filed(town)
    sent = await filed(town)
    await dispatches.send(town.book, sent.event, "own", by="S-0009", key="k1")
    everywhere = (DISTRICT,)
    assert await numbers(town, Wanted(everywhere, lane="own")) == [sent.number]
    assert await listing.overdue(town.book, everywhere) == 0
    _later(town, monkeypatch)
    assert sorted(await numbers(town, Wanted(everywhere, overdue=True))) == [lying.number, sent.number]
    assert await listing.overdue(town.book, everywhere) == 2
    lines = (await listing.page(town.book, Wanted(everywhere))).lines
    assert [line.overdue for line in lines] == [True, True]
    await town.turn(sent.event, "handled")
    assert await numbers(town, Wanted(everywhere, overdue=True)) == [lying.number]


def _later(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let eleven days pass: two working days are among any eleven that the holidays leave."""
    today = town.book.today() + timedelta(days=11)
    now = datetime.combine(today, datetime.min.time(), town.book.zone)
    monkeypatch.setattr(type(town.book), "today", lambda _: today)
    monkeypatch.setattr(type(town.book), "now", lambda _: now)


async def test_a_page_costs_the_same_however_long_it_is(town: Town) -> None:
    """A constant number of statements."""
    costs = []
    for _ in range(3):
        for _ in range(5):
            await town.event()
        async with statements_during(town.book) as seen:
            await listing.page(town.book, Wanted((DISTRICT,)))
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2] > 0
