"""The list of events: those of some areas and all below them, filtered, page by page, and what is overdue.

`selection.py` says how they are found; here are the lanes they were sent down, and the clock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ledger.book import Book
from points.events import dispatches, latest, life, selection, steps, workdays
from points.events.dispatches import Sent
from points.events.life import Life
from points.events.models import Event, Step
from points.events.selection import Wanted, Way
from points.keys import first_key
from points.people import areas
from points.people.models import Area

A_PAGE = 20
OVERDUE_AT_MOST = 100
"""So many overdue events are counted; pages say "or more"."""
FEW = 2000
"""A lane down which events were sent so many times at most is read whole."""
LOOK_BACK = timedelta(days=366)
"""What is overdue longer is in the registers, not in the reminders."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event of a list: where it is, where it stands, and how it was sent the last time."""

    event: Event
    area: Area | None
    life: Life
    sent: Sent | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the latest first; the next page begins after the event `after`, None on the last page."""

    lines: tuple[Line, ...]
    after: str | None


async def page(book: Book, wanted: Wanted, *, after: str = "", limit: int = A_PAGE) -> Page:
    """A page of the list. A constant number of statements; none counts all there are."""
    sql, values = selection.page(await _ways(book, wanted), after, limit + 1)
    keys = [row["id"] for row in await book.reader.execute_query_dict(sql, values)]
    lines = await lines_of(book, keys[:limit])
    return Page(tuple(lines), keys[limit - 1] if len(keys) > limit else None)


async def overdue(book: Book, codes: Sequence[str | None]) -> int:
    """How many events of these areas are overdue, counted up to OVERDUE_AT_MOST. Four statements at most."""
    (way,) = await _ways(book, Wanted(tuple(codes), overdue=True))
    sql = f"SELECT count(*) AS n FROM ({way.read('e.id')} LIMIT ?) AS few"  # noqa: S608 - a statement of ours
    (row,) = await book.reader.execute_query_dict(sql, [*way.values, OVERDUE_AT_MOST])
    return int(row["n"])


async def within(book: Book, codes: Sequence[str | None], keys: Sequence[str]) -> list[str]:
    """Those of these events that are in these areas now, in their order. Three statements at most."""
    if not keys:
        return []
    way = await selection.listed(book, Wanted(tuple(codes)), selection.KEYS, json.dumps(list(keys)))
    there = {row["id"] for row in await book.reader.execute_query_dict(way.read("e.id"), list(way.values))}
    return [key for key in keys if key in there]


async def lines_of(book: Book, keys: Sequence[str]) -> list[Line]:
    """The lines of some events, in this order. Six statements, however many."""
    rows = await latest.read(book.reader, await Event.filter(id__in=list(keys)).using_db(book.reader))
    found = {row.id: row for row in rows}
    places = await areas.many(book, {row.area for row in rows if row.area})
    taken: dict[str, list[Step]] = {key: [] for key in keys}
    for step in await Step.filter(event__in=list(keys)).using_db(book.reader):
        taken[step.event].append(step)
    sent = await dispatches.of_many(book, keys)
    today, border = book.today().isoformat(), _border(book)
    return [
        _line(found[key], places, taken[key], sent.get(key, []), today, border)
        for key in keys
        if key in found
    ]


def _line(
    event: Event, places: dict[str, Area], taken: list[Step], sent: list[Sent], today: str, border: str
) -> Line:
    standing = life.of(event.kind, steps.in_order(taken))
    last = sent[-1] if sent else None
    late = standing.state == "assigned" and last is not None and last.dispatch.due_on < today
    by_hand = event.source == steps.BY_HAND and event.kind == "report"
    if standing.state == "reported" and by_hand and not standing.reopened:
        late = event.id < border
    return Line(event, places.get(event.area or ""), standing, last, late)


def _border(book: Book) -> str:
    """Keys before this one were made so long ago that two working days have passed."""
    return first_key(selection.midnight(book, workdays.begun_by(book.today()) + timedelta(days=1)))


_LATE = """SELECT d.event FROM events_dispatch AS d WHERE d.due_on < ? AND d.due_on >= ?
        AND NOT EXISTS (SELECT 1 FROM events_dispatch AS l WHERE l.event = d.event AND l.id > d.id)
        AND NOT EXISTS (SELECT 1 FROM events_step AS s WHERE s.event = d.event AND s.name <> 'assigned'
            AND (s.id > d.id OR s.name = 'archived'))
    UNION SELECT u.id FROM events_event AS u WHERE u.source = 'jishan' AND u.external_id >= ? AND u.kind = 'report'
        AND u.id < ? AND NOT EXISTS (SELECT 1 FROM events_step AS s WHERE s.event = u.id AND s.name <> 'reported')"""
_SENT = "SELECT DISTINCT s.event FROM events_dispatch AS s WHERE s.lane = ?"
_LANE = "(SELECT d.lane FROM events_dispatch AS d WHERE d.event = e.id ORDER BY d.id DESC LIMIT 1) = ?"


async def _ways(book: Book, wanted: Wanted) -> list[Way]:
    """What is overdue, and a lane that few were sent down, are short lists; all else is walked to from its place."""
    if wanted.overdue:
        today = book.today()
        since = (today - LOOK_BACK).isoformat()
        late = (today.isoformat(), since, f"E-{today.year - 1}", _border(book))
        found = [await selection.listed(book, wanted, _LATE, *late)]
    elif wanted.lane and await _are_few(book, wanted.lane):
        found = [await selection.listed(book, wanted, _SENT, wanted.lane)]
    else:
        found = await selection.ways(book, wanted)
    return [way.narrowed(_LANE, wanted.lane) for way in found] if wanted.lane else found


async def _are_few(book: Book, lane: str) -> bool:
    """Whether it was sent down this lane at most FEW times."""
    sql = "SELECT count(*) AS n FROM (SELECT 1 AS one FROM events_dispatch WHERE lane = ? LIMIT ?) AS few"
    (row,) = await book.reader.execute_query_dict(sql, [lane, FEW + 1])
    return int(row["n"]) <= FEW


async def condition(book: Book, wanted: Wanted) -> tuple[list[str], list[Any]]:
    """Conditions on events (named `e`) for what is wanted, all of which hold, with their values. Four statements."""
    found = await _ways(book, wanted)
    if [way.tables for way in found] == [selection.ALL]:
        return list(found[0].where), list(found[0].values)
    sql = " UNION ALL ".join(way.read("e.id") for way in found)
    return [f"e.id IN ({sql})"], [value for way in found for value in way.values]
