"""One event whole, and the events of an area page by page."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events import events
from points.events.errors import UnknownEvent
from points.events.imports import contributions, members
from points.events.imports import events as event_files
from tests.points.events import paper
from tests.points.events.paper import CONTRIBUTIONS, EVENTS, FIRE, MEMBERS
from tests.points.people.village import HEPING, LIUHE, NANBU, PINGSHAN_STREET


@pytest.fixture
async def lived(book: Book, tmp_path: Path) -> Book:
    """Twelve events in 六和社区, one each in 和平社区 and 南布社区; pairs share an instant."""
    rows = [f"{n},2026-11-{1 + n // 2:02d} 08:00:00,{FIRE},1,0" for n in range(12)]
    rows.append(f"heping,2026-11-10 08:00:00,{FIRE},1,0".replace("六和", "和平"))
    rows.append(f"nanbu,2026-11-11 08:00:00,{FIRE},1,0".replace("坪山街道,六和", "龙田街道,南布"))
    path = paper.write(tmp_path, EVENTS + "\n".join(rows))
    await paper.imported(event_files, book, path, source="city")
    await paper.imported(members, book, paper.write(tmp_path, MEMBERS + "王,10000900001,居民,六和社区,,,\n"))
    text = CONTRIBUTIONS + "city,3,10000900001,上报人,,\n"
    await paper.imported(contributions, book, paper.write(tmp_path, text))
    return book


@pytest.mark.anyio
async def test_an_event_comes_whole(lived: Book) -> None:
    """With place, steps and contributions, by key as by its foreign name."""
    whole = await events.find_external(lived, "city", "3")
    assert whole.area is not None
    assert whole.area.code == LIUHE
    assert [c.member for c in whole.contributions] == ["V-000001"]
    assert [s.name for s in whole.steps] == ["reported", "archived"]
    assert whole.verifier is None
    assert (await events.find(lived, whole.event.id)).event.id == whole.event.id


@pytest.mark.anyio
async def test_an_unknown_event_is_refused(lived: Book) -> None:
    """By key and by foreign name."""
    with pytest.raises(UnknownEvent):
        await events.find(lived, "0" * 32)
    with pytest.raises(UnknownEvent, match="town 3"):
        await events.find_external(lived, "town", "3")


@pytest.mark.anyio
@pytest.mark.parametrize("limit", [1, 2, 5, 100])
async def test_pages_show_every_event_of_the_area_once_the_latest_first(lived: Book, limit: int) -> None:
    """Whatever the size of a page, and where two share an instant; other streets' events are not among them."""
    seen: list[str] = []
    after = None
    while True:
        page = await events.in_area(lived, PINGSHAN_STREET, after=after, limit=limit)
        seen += [event.external_id for event in page.events]
        if (after := page.after) is None:
            break
    assert len(seen) == len(set(seen)) == 13
    assert seen[0] == "heping"
    assert [int(n) // 2 for n in seen[1:]] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0]
    assert [e.external_id for e in (await events.in_area(lived, HEPING)).events] == ["heping"]
    assert [e.external_id for e in (await events.in_area(lived, NANBU)).events] == ["nanbu"]
