"""Caseloads: the mediations of an area or of one mediator, page by page, and those to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.events import latest, listing, steps
from points.events.listing import A_PAGE, Page
from points.events.models import Event
from points.events.selection import Wanted

MOST = 100
"""So many that are to be looked at again are listed."""
_MINE = """(EXISTS (SELECT 1 FROM events_step AS s WHERE s.event = e.id AND s.name = 'reported' AND s.actor = ?)
    OR EXISTS (SELECT 1 FROM events_contribution AS c WHERE c.event = e.id AND c.role = 'mediator' AND c.member = ?))"""
_DUE = """
SELECT e.id, m.follow_up_on FROM events_mediation AS m JOIN events_event AS e ON e.id = m.event
WHERE m.follow_up_on <= ? AND NOT EXISTS (SELECT 1 FROM events_follow_up AS f WHERE f.event = m.event)
    AND NOT {false} AND {where} ORDER BY m.follow_up_on, e.id LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Due:
    """A mediation that is to be looked at again on a day, and whether that day has passed."""

    event: Event
    on: date
    overdue: bool


async def page(book: Book, codes: Sequence[str | None], *, mine: str | None = None, after: str = "") -> Page:
    """The mediations of some areas that were written down here, the latest first. A constant number of statements.

    `mine` leaves only the cases of one mediator.
    """
    where, values = await _condition(book, codes, mine)
    sql = f"""
SELECT e.id FROM events_event AS e WHERE {" AND ".join(where)} AND e.source = ? AND (? = '' OR e.id < ?)
ORDER BY e.id DESC LIMIT ?"""  # noqa: S608 - conditions of ours, values apart
    rows = await book.reader.execute_query_dict(sql, [*values, steps.BY_HAND, after, after, A_PAGE + 1])
    keys = [str(row["id"]) for row in rows]
    lines = await listing.lines_of(book, keys[:A_PAGE])
    return Page(tuple(lines), keys[A_PAGE - 1] if len(keys) > A_PAGE else None)


async def due(book: Book, codes: Sequence[str | None], until: date, *, mine: str | None = None) -> list[Due]:
    """What is to be looked at again until a day and was not yet, the oldest first. A constant number of statements."""
    where, values = await _condition(book, codes, mine)
    sql = _DUE.format(false=steps.IS_FALSE, where=" AND ".join(where))
    rows = await book.reader.execute_query_dict(sql, [until.isoformat(), *values, MOST])
    found = await Event.filter(id__in=[row["id"] for row in rows]).using_db(book.reader)
    events = {event.id: event for event in await latest.read(book.reader, found)}
    days = [(events[row["id"]], date.fromisoformat(row["follow_up_on"])) for row in rows]
    return [Due(event, on, on < book.today()) for event, on in days]


async def _condition(
    book: Book, codes: Sequence[str | None], mine: str | None
) -> tuple[list[str], list[object]]:
    where, values = await listing.condition(book, Wanted(tuple(codes), kind="mediation"))
    return ([*where, _MINE], [*values, mine, mine]) if mine else (where, values)
