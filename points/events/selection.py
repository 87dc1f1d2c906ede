"""Which events lie in some areas today, as SQL: the ways that lead to them, each along an index from its beginning.

An event lies where it was placed last, else where its source said. So two ways lead to those of an area and all below:
from the areas to the events that nobody placed elsewhere, and from the areas to what was placed there. Who asks for a
category needs a third: from those that were put in it. No event is on two ways, so what is found on all of them is put
together with UNION ALL, and a page of a list needs a page of each.

The order of tables is given by CROSS JOIN, which SQLite keeps and PostgreSQL is free to change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ledger.book import Book
from points.events.latest import AREA, CATEGORY
from points.people import areas


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events. `areas` are codes, None the whole book; an empty word leaves a filter out; days are included."""

    areas: tuple[str | None, ...]
    kind: str = ""
    category: str = ""
    lane: str = ""
    overdue: bool = False
    unplaced: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to events: the tables to walk, in which they are named `e`; what must hold, with its values, in order."""

    tables: str
    where: tuple[str, ...]
    values: tuple[Any, ...] = ()

    def narrowed(self, condition: str, *values: Any) -> Way:
        """The same way, to fewer: what stands in `condition` holds too."""
        return replace(self, where=(*self.where, condition), values=(*self.values, *values))

    def read(self, columns: str) -> str:
        """The statement that reads these columns of all its events."""
        return f"SELECT {columns} FROM {self.tables} WHERE {' AND '.join(self.where)}"  # noqa: S608 - fragments of ours


ALL = "events_event AS e"
"""The tables of a way that leads to every event."""
KEYS = "SELECT k.id AS event FROM events_event AS k WHERE k.id IN (SELECT value FROM json_each(?))"
"""A statement that reads keys out of a JSON list of them."""


async def ways(book: Book, wanted: Wanted) -> list[Way]:
    """Every way to what is wanted; its lane and what is overdue are left to the asker. Three statements at most."""
    if wanted.unplaced:
        found = [Way(ALL, ("e.area IS NULL", f"{AREA} IS NULL"))]
    elif None in wanted.areas:
        found = _everywhere(wanted.category)
    else:
        inside, ends = await areas.below(book, [code for code in wanted.areas if code])
        found = _below(inside, tuple(ends), wanted.category)
    return [_within(book, way, wanted) for way in found]


async def listed(book: Book, wanted: Wanted, keys: str, *values: Any) -> Way:
    """The way from a list of keys, which a statement reads, to those of them that are wanted: for lists that are short.

    Every event is looked up, and where it lies asked of its own rows. Three statements at most.
    """
    where = ["e.id = listed.event"]
    ends: list[Any] = []
    if wanted.unplaced:
        where.append(f"{AREA} IS NULL")
    elif None not in wanted.areas:
        inside, ends = await areas.below(book, [code for code in wanted.areas if code])
        where.append(f"EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {AREA} AND {inside})")  # noqa: S608
    way = Way(f"({keys}) AS listed CROSS JOIN events_event AS e", tuple(where), (*values, *ends))
    if wanted.category:
        way = way.narrowed(f"{CATEGORY} = ?", wanted.category)
    return _within(book, way, replace(wanted, category=""))


_PLACED = "SELECT 1 FROM events_amendment AS m WHERE m.event = e.id AND m.area IS NOT NULL"
_SORTED = "SELECT 1 FROM events_amendment AS m WHERE m.event = e.id AND m.category IS NOT NULL"
_LAST = "NOT EXISTS (SELECT 1 FROM events_amendment AS l WHERE l.event = w.event AND l.{0} IS NOT NULL AND l.id > w.id)"


def _everywhere(category: str) -> list[Way]:
    if not category:
        return [Way(ALL, ("1 = 1",))]
    return [
        Way(ALL, ("e.category = ?", f"NOT EXISTS ({_SORTED})"), (category,)),
        Way(
            "events_amendment AS w CROSS JOIN events_event AS e",
            ("w.category = ?", "e.id = w.event", _LAST.format("category")),
            (category,),
        ),
    ]


def _below(inside: str, ends: tuple[str, ...], category: str) -> list[Way]:
    stayed = Way(
        "people_area AS a CROSS JOIN events_event AS e",
        ("e.area = a.code", inside, f"NOT EXISTS ({_PLACED})"),
        ends,
    )
    placed = Way(
        "people_area AS a CROSS JOIN events_amendment AS w CROSS JOIN events_event AS e",
        ("w.area = a.code", "e.id = w.event", inside, _LAST.format("area")),
        ends,
    )
    if not category:
        return [stayed, placed]
    put = Way(
        "events_amendment AS w CROSS JOIN events_event AS e CROSS JOIN people_area AS a",
        ("w.category = ?", "e.id = w.event", "a.code = e.area", inside),
        (category, *ends),
    )
    return [
        stayed.narrowed("e.category = ?", category).narrowed(f"NOT EXISTS ({_SORTED})"),
        placed.narrowed(f"{CATEGORY} = ?", category),
        put.narrowed(_LAST.format("category")).narrowed(f"NOT EXISTS ({_PLACED})"),
    ]


def _within(book: Book, way: Way, wanted: Wanted) -> Way:
    """Of one kind and of some days; of unplaced ones also of one category."""
    if wanted.unplaced and wanted.category:
        way = way.narrowed(f"{CATEGORY} = ?", wanted.category)
    if wanted.kind:
        way = way.narrowed("e.kind = ?", wanted.kind)
    if wanted.since:
        way = way.narrowed("e.occurred_at >= ?", midnight(book, wanted.since))
    if wanted.until:
        way = way.narrowed("e.occurred_at < ?", midnight(book, wanted.until + timedelta(days=1)))
    return way


def midnight(book: Book, day: date) -> datetime:
    """When a day begins where the book is, as the tables have it."""
    return datetime.combine(day, time(), tzinfo=book.zone).astimezone(UTC)


def page(chosen: Sequence[Way], after: str, limit: int, *, earliest: bool = False) -> tuple[str, list[Any]]:
    """The statement that reads the keys of a page, with its values: the latest first, or the earliest.

    It begins after an event, the first one when `after` is empty. The plain bound beside the exact one is what an
    index can begin at.
    """
    if after:
        sign = ">" if earliest else "<"
        begin = f"e.occurred_at {sign}= (SELECT occurred_at FROM events_event WHERE id = ?)"  # noqa: S608
        exact = f"(e.occurred_at, e.id) {sign} (SELECT occurred_at, id FROM events_event WHERE id = ?)"  # noqa: S608
        chosen = [way.narrowed(begin, after).narrowed(exact, after) for way in chosen]
    order = "ORDER BY {0}occurred_at, {0}id" if earliest else "ORDER BY {0}occurred_at DESC, {0}id DESC"
    parts, values = [], list[Any]()
    for number, way in enumerate(chosen):
        part = f"{way.read('e.id, e.occurred_at')} {order.format('e.')} LIMIT ?"
        parts.append(f"SELECT id, occurred_at FROM ({part}) AS way{number}")  # noqa: S608 - fragments of ours
        values += [*way.values, limit]
    sql = f"{' UNION ALL '.join(parts)} {order.format('')} LIMIT ?"
    return sql, [*values, limit]
