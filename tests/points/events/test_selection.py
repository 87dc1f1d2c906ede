"""The ways to events: together they lead to what a walk over all rows finds, each event once, and along indexes."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import product
from typing import Any

import asyncpg
import pytest

from ledger.book import Book
from ledger.postgres import address_of as postgres_address
from points.events import figures, latest, listing, periods, registers, selection, week
from points.events.latest import AREA
from points.events.models import Event
from points.events.records import Amendment, Dispatch
from points.events.selection import Wanted
from points.people.models import Area
from tests import books
from tests.points.awards.town import DISTRICT, FAR, GRID, LIUHE, MORNING, OTHER_STREET, STREET, Town

pytestmark = pytest.mark.anyio

ABOVE = {
    GRID: (DISTRICT, STREET, LIUHE, GRID),
    LIUHE: (DISTRICT, STREET, LIUHE),
    FAR: (DISTRICT, OTHER_STREET, FAR),
}
BUSY = "440310009000"
"""A street of the large town: five communities of a hundred."""
EVENTS, COMMUNITIES = 6000, 100


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_ways_lead_to_what_is_wanted_and_to_each_event_once(town: Town, seed: int) -> None:
    """Wherever events were placed, and whatever category they were put in, once and again."""
    dice = random.Random(seed)
    await _amended(town, dice, 60)
    events = await latest.read(town.book.reader, await Event.all().using_db(town.book.reader))
    scopes = [(None,), (DISTRICT,), (STREET,), (FAR,), (LIUHE, GRID), (GRID, FAR), ()]
    for areas, category, kind, unplaced in product(scopes, ("", "E", "F"), ("", "mediation"), (False, True)):
        wanted = Wanted(areas, kind=kind, category=category, unplaced=unplaced and None in areas)
        expected = [event.id for event in events if _is_wanted(event, wanted)]
        ways = await selection.ways(town.book, wanted)
        found = [row["id"] for way in ways for row in await _read(town.book, way.read("e.id"), way.values)]
        assert sorted(found) == sorted(expected), wanted
        keys = [event.id for event in events]
        condition, values = await listing.condition(town.book, wanted)
        sql = f"SELECT e.id FROM events_event AS e WHERE {' AND '.join(condition)}"
        assert sorted(row["id"] for row in await _read(town.book, sql, values)) == sorted(expected), wanted
        if not kind and not category and not wanted.unplaced:
            assert await listing.within(town.book, areas, keys) == [k for k in keys if k in expected]


async def _amended(town: Town, dice: random.Random, many: int) -> None:
    for n in range(many):
        event = await town.event(
            area=dice.choice([GRID, LIUHE, FAR, None]), category=dice.choice("EFD"),
            kind=dice.choice(["report", "mediation"]), after=timedelta(hours=n // 2),
        )  # fmt: skip
        for _ in range(dice.choice([0, 0, 1, 2])):
            area, category = dice.choice([None, GRID, FAR]), dice.choice([None, "E", "F"])
            row = Amendment(id=town.key(), event=event, area=area, category=category, amended_at=MORNING,
                            amended_by="S-0001", reference=town.key())  # fmt: skip
            await town.insert(row)


def _is_wanted(event: Event, wanted: Wanted) -> bool:
    place = ABOVE.get(event.area or "", ())
    return (
        (None in wanted.areas or any(area in place for area in wanted.areas))
        and (not wanted.unplaced or event.area is None)
        and wanted.kind in ("", event.kind)
        and wanted.category in ("", event.category)
    )


async def _read(book: Book, sql: str, values: Any) -> list[dict[str, Any]]:
    return list(await book.reader.execute_query_dict(sql, list(values)))


@pytest.mark.parametrize("few", [0, 2000])
async def test_a_lane_is_found_whether_few_or_many_were_sent_down(
    town: Town, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Where an event was sent last is its lane."""
    monkeypatch.setattr(listing, "FEW", few)
    for n, lanes in enumerate((["own"], ["own", "direct"], ["direct", "own"], [])):
        event = await town.event(area=(LIUHE, FAR)[n % 2])
        await town.insert(*(_sent(town, event, lane) for lane in lanes))
    for areas, lane, expected in (
        ((None,), "own", ["3", "1"]), ((STREET,), "own", ["3", "1"]), ((FAR,), "own", []), ((FAR,), "direct", ["2"]),
    ):  # fmt: skip
        page = await listing.page(town.book, Wanted(areas, lane=lane))
        assert sorted(line.event.external_id for line in page.lines) == sorted(expected)


def _sent(town: Town, event: str, lane: str) -> Dispatch:
    return Dispatch(
        id=town.key(), event=event, lane=lane, dispatched_at=MORNING, dispatched_by="S-0001", due_on="2018-07-06"
    )  # fmt: skip


async def test_no_page_of_an_area_walks_over_all_events(town: Town) -> None:
    """On tables analysed while they were empty, and on large ones analysed then: every statement that asks by area."""
    await _analyse(town.book)
    await _large(town)
    keys: list[str] = []
    for _ in range(2):
        async with _overheard(town.book) as said:
            await _ask_everything(town.book, BUSY)
            await listing.within(town.book, (BUSY,), keys)
        assert len(said) >= 12
        for sql, values in said:
            plan = await _plan(town.book, sql, values)
            assert not _walked(plan), sql + "\n".join(plan)
        await _analyse(town.book)
        keys = [event.id for event in await Event.all().using_db(town.book.reader).limit(50)]


async def test_a_plan_that_walks_over_all_events_is_noticed(town: Town) -> None:
    """As figures were read once: each event asked where it lies."""
    await _large(town)
    await _analyse(town.book)
    lies = f"EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {AREA} AND a.path >= ? AND a.path < ?)"
    sql = f"SELECT e.id, e.type_name FROM events_event AS e WHERE {lies}"
    top = f"/{DISTRICT}/{BUSY}/"
    assert _walked(await _plan(town.book, sql, [top, top + "~"]))


async def _large(town: Town) -> None:
    """A hundred communities, five of which are in one street, and six thousand events of many months."""
    codes = [f"44031000{9 if n < 5 else 8}{n + 1:03}" for n in range(COMMUNITIES)]
    streets = [Area(code=s, name=s, level="street", parent=DISTRICT, path=f"/{DISTRICT}/{s}/")
               for s in (BUSY, "440310008000")]  # fmt: skip
    below = [Area(code=c, name=c, level="community", parent=f"{c[:9]}000", path=f"/{DISTRICT}/{c[:9]}000/{c}/")
             for c in codes]  # fmt: skip
    names = {"kind": "report", "category": "E", "type_name": "t", "main_type_name": "m", "subtype_name": "s"}
    events = [
        Event(id=town.key(), source="x", external_id=str(n), area=codes[n % COMMUNITIES],
              occurred_at=MORNING + timedelta(hours=n), **names)
        for n in range(EVENTS)
    ]  # fmt: skip
    moved = [Amendment(id=town.key(), event=event.id, area=codes[0], amended_at=MORNING, amended_by="S-0001",
                       reference=event.id) for event in events[::100]]  # fmt: skip
    await town.insert(*streets, *below, *events, *moved)


async def _ask_everything(book: Book, area: str) -> None:
    month = periods.month_of(MORNING.date())
    for facts in ({}, {"category": "F"}, {"kind": "meeting"}, {"lane": "own"}, {"overdue": True},
                  {"since": month.first, "until": month.last}):  # fmt: skip
        first = await listing.page(book, Wanted((area,), **facts), limit=5)
        if first.after:
            await listing.page(book, Wanted((area,), **facts), after=first.after, limit=5)
    await listing.overdue(book, (area,))
    await week.read(book, (area,), month.first)
    for kind in registers.KINDS:
        await registers.page(book, kind, area, month, names=False, limit=5)
    await figures.cases(book, (area,), month)


@asynccontextmanager
async def _overheard(book: Book) -> AsyncIterator[list[tuple[str, Any]]]:
    """Every statement sent as SQL, with its values."""
    client, said = type(book.reader), list[tuple[str, Any]]()
    original = client.execute_query_dict

    async def heard(self: Any, sql: str, values: Any = None) -> Any:
        said.append((sql, values))
        return await original(self, sql, values)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(client, "execute_query_dict", heard)
        yield said


async def _plan(book: Book, sql: str, values: Any) -> list[str]:
    how = "EXPLAIN" if books.engine == "postgres" else "EXPLAIN QUERY PLAN"
    rows = await book.reader.execute_query_dict(f"{how} {sql}", values)
    return [str(list(row.values())[-1]) for row in rows]


def _walked(plan: list[str]) -> bool:
    """Whether a table of events is read from its beginning to its end, as a table or as an index."""
    return any(line.startswith(("SCAN e", "SCAN u ")) or "Seq Scan on events_event" in line for line in plan)


async def _analyse(book: Book) -> None:
    """Statistics as they stand now, where an engine keeps them; the worst moment is while a table is empty."""
    if books.engine == "postgres":
        connection = await asyncpg.connect(postgres_address(books.url_of(book)).dsn)
        await connection.execute("ANALYZE")
        await connection.close()
