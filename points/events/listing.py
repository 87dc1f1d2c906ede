"""The list of events: those of some areas and all below them, filtered, page by page, and what is overdue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ledger.book import Book
from points.events import dispatches, latest, life, steps, workdays
from points.events.dispatches import Sent
from points.events.latest import AREA, CATEGORY
from points.events.life import Life
from points.events.models import Event, Step
from points.keys import first_key
from points.people import areas
from points.people.models import Area

A_PAGE = 20
OVERDUE_AT_MOST = 100
"""So many overdue events are counted; pages say "or more"."""
FEW_AREAS = 50
"""Up to so many areas their events are gathered and sorted; of more, all events are walked from the latest."""
LOOK_BACK = timedelta(days=366)
"""What is overdue longer is in the registers, not in the reminders."""


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
    """A page of the list. A constant number of statements; none counts."""
    where, values = await condition(book, wanted)
    sql = f"""
SELECT e.id FROM events_event AS e WHERE {" AND ".join(where)}
    AND (? = '' OR (e.occurred_at, e.id) < (SELECT occurred_at, id FROM events_event WHERE id = ?))
ORDER BY e.occurred_at DESC, e.id DESC LIMIT ?"""  # noqa: S608 - conditions of ours, values apart
    rows = await book.reader.execute_query_dict(sql, [*values, after, after, limit + 1])
    keys = [row["id"] for row in rows]
    lines = await lines_of(book, keys[:limit])
    return Page(tuple(lines), keys[limit - 1] if len(keys) > limit else None)


async def overdue(book: Book, codes: Sequence[str | None]) -> int:
    """How many events of these areas are overdue, counted up to OVERDUE_AT_MOST. Two statements."""
    where, values = await condition(book, Wanted(tuple(codes), overdue=True))
    sql = f"""
SELECT count(*) AS n FROM (SELECT e.id FROM events_event AS e WHERE {" AND ".join(where)} LIMIT ?) AS few"""  # noqa: S608
    (row,) = await book.reader.execute_query_dict(sql, [*values, OVERDUE_AT_MOST])
    return int(row["n"])


async def within(book: Book, codes: Sequence[str | None], keys: Sequence[str]) -> list[str]:
    """Those of these events that are in these areas now, in their order. Two statements."""
    where, values = await _place(book, Wanted(tuple(codes)))
    sql = f"""
SELECT e.id FROM events_event AS e
WHERE e.id IN (SELECT value FROM json_each(?)) AND {" AND ".join(where)}"""  # noqa: S608 - conditions of ours
    rows = await book.reader.execute_query_dict(sql, [json.dumps(list(keys)), *values])
    there = {row["id"] for row in rows}
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
    return first_key(_midnight(book, workdays.begun_by(book.today()) + timedelta(days=1)))


def _midnight(book: Book, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=book.zone)


_LATE = """e.id IN (SELECT d.event FROM events_dispatch AS d WHERE d.due_on < ? AND d.due_on >= ?
        AND NOT EXISTS (SELECT 1 FROM events_dispatch AS l WHERE l.event = d.event AND l.id > d.id)
        AND NOT EXISTS (SELECT 1 FROM events_step AS s WHERE s.event = d.event AND s.name <> 'assigned'
            AND (s.id > d.id OR s.name = 'archived'))
    UNION SELECT u.id FROM events_event AS u WHERE u.source = 'jishan' AND u.external_id >= ? AND u.kind = 'report'
        AND u.id < ? AND NOT EXISTS (SELECT 1 FROM events_step AS s WHERE s.event = u.id AND s.name <> 'reported'))"""


async def condition(book: Book, wanted: Wanted) -> tuple[list[str], list[Any]]:
    """Conditions on events (named `e`) for what is wanted, all of which hold, with their values. Two statements."""
    where, values = await _place(book, wanted)
    for condition, value in (
        ("e.kind = ?", wanted.kind),
        (f"{CATEGORY} = ?", wanted.category),
        (
            "(SELECT d.lane FROM events_dispatch AS d WHERE d.event = e.id ORDER BY d.id DESC LIMIT 1) = ?",
            wanted.lane,
        ),
    ):
        if value:
            where.append(condition)
            values.append(value)
    for sign, day in ((">=", wanted.since), ("<", wanted.until and wanted.until + timedelta(days=1))):
        if day:
            where.append(f"e.occurred_at {sign} ?")
            values.append(_midnight(book, day).astimezone(UTC))
    if wanted.lane:
        where.append("e.id IN (SELECT w.event FROM events_dispatch AS w WHERE w.lane = ?)")
        values.append(wanted.lane)
    if wanted.overdue:
        today = book.today()
        since = (today - LOOK_BACK).isoformat()
        where.append(_LATE)
        values += [today.isoformat(), since, f"E-{today.year - 1}", _border(book)]
    return where, values


async def _place(book: Book, wanted: Wanted) -> tuple[list[str], list[Any]]:
    if wanted.unplaced:
        return [f"{AREA} IS NULL"], []
    if None in wanted.areas:
        return ["1 = 1"], []
    inside, ends = await areas.below(book, [code for code in wanted.areas if code])
    where = [f"EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {AREA} AND ({inside}))"]  # noqa: S608
    below = f"SELECT a.code FROM people_area AS a WHERE {inside}"  # noqa: S608 - as many pairs as areas
    few = await book.reader.execute_query_dict(f"{below} LIMIT {FEW_AREAS + 1}", ends)
    if len(few) > FEW_AREAS:
        return where, ends
    where.append(
        f"e.id IN (SELECT g.id FROM events_event AS g WHERE g.area IN ({below})"  # noqa: S608
        f" UNION SELECT m.event FROM events_amendment AS m WHERE m.area IN ({below}))"
    )
    return where, [*ends, *ends, *ends]
