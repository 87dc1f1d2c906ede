"""One event, whole."""

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
from tests.points.people.village import LIUHE


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
