"""What a source calls a repeat: the event it repeats is the last one before it of the same kind at the same place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ledger.book import Book
from points.events.imports.columns import Record
from points.events.models import Event
from points.events.records import EventText

if TYPE_CHECKING:
    from points.events.imports.events import NewEvent

LOOKS_BACK = timedelta(days=60)
AT_ONCE = 500
Place = tuple[str, str]
Found = dict[Place, list[tuple[datetime, str]]]


async def resolved(book: Book, part: Sequence[tuple[Record, NewEvent]]) -> Sequence[tuple[Record, NewEvent]]:
    """The same events, each repeat with the one it repeats, if that stands before it in this part or in the book."""
    repeating = [event for _, event in part if event.is_repeat and event.place]
    if not repeating:
        return part
    found = await _there(book, repeating)
    for _, event in part:
        if event.place:
            found.setdefault(_where(event), []).append((event.occurred_at, event.key))
    return [(record, _with(event, found) if event.is_repeat else event) for record, event in part]


def _with(event: NewEvent, found: Found) -> NewEvent:
    before = [each for each in found.get(_where(event), ()) if each < (event.occurred_at, event.key)]
    return event._replace(repeats=max(before)[1]) if before else event


def _where(event: NewEvent) -> Place:
    return event.fact("subtype_name") or "", event.place or ""


async def _there(book: Book, repeating: Iterable[NewEvent]) -> Found:
    """What the book has of the same source and kinds, not long before: one statement, and one for each 500 found."""
    given = list(repeating)
    rows = await Event.filter(
        source=given[0].source,
        subtype_name__in=sorted({_where(event)[0] for event in given}),
        occurred_at__gte=min(event.occurred_at for event in given) - LOOKS_BACK,
        occurred_at__lt=max(event.occurred_at for event in given),
    ).using_db(book.reader)
    by_key = {row.id: row for row in rows}
    keys, found = list(by_key), dict[Place, list[tuple[datetime, str]]]()
    for start in range(0, len(keys), AT_ONCE):
        texts = EventText.filter(event__in=keys[start : start + AT_ONCE], place__not_isnull=True)
        for text in await texts.using_db(book.reader):
            row = by_key[text.event]
            found.setdefault((row.subtype_name, text.place or ""), []).append((row.occurred_at, row.id))
    return found
