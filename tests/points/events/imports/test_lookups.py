"""What the book knows of a part of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.book import Book
from points.events.imports import contributions, events, lookups, members
from points.events.models import Event
from points.people.models import Area
from tests.points.events import paper
from tests.points.events.paper import CONTRIBUTIONS, EVENTS, FIRE, MEMBERS
from tests.points.people.village import LIUHE

WANG = "王秀兰,10000900001,居民,六和社区,一队,H1,\n"
FIELDS = ("code", "name", "level", "parent", "path")


@pytest.mark.anyio
async def test_every_look_up_finds_what_is_there_and_nothing_else(book: Book, tmp_path: Path) -> None:
    """On both engines: events by their source's numbers, what was done in them, groups by name, areas by code."""
    await paper.imported(members, book, paper.write(tmp_path, MEMBERS + WANG))
    happened = EVENTS + f"7,2026-11-01 08:00:00,{FIRE},1,0"
    await paper.imported(events, book, paper.write(tmp_path, happened), source="city")
    done = CONTRIBUTIONS + "city,7,10000900001,参与人,1.5,"
    await paper.imported(contributions, book, paper.write(tmp_path, done))
    (event,) = await Event.all().using_db(book.reader)
    assert await lookups.events(book, "city", ["7", "8", "七"]) == {"7": (event.id, LIUHE)}
    assert await lookups.events(book, "town", ["7"]) == {}
    assert await lookups.contributions(book, [event.id, "x"]) == {
        (event.id, "V-000001", "participant"): (90, None)
    }
    assert await lookups.households(book, ["H1", "H2"]) == {"H1"}
    assert await lookups.teams(book, ["一队", "二队"]) == {"一队"}
    laid = await Area.get(code=LIUHE, using_db=book.reader)
    found = await lookups.areas(book, [LIUHE, "0"])
    assert list(found) == [LIUHE]
    assert [getattr(found[LIUHE], name) for name in FIELDS] == [getattr(laid, name) for name in FIELDS]
    assert await lookups.areas(book, []) == {}
