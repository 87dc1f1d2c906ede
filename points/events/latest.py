"""The latest word on events: where each is and what it is, after what was amended. Every reader asks here.

Rows are never changed, so what a source said first stays in `events_event`, and the latest amendment counts. SQL that
asks where an event is takes `AREA`, or what it is takes `CATEGORY`, with the event's table named `e`; code that has
rows of events passes them through `read`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tortoise.backends.base.client import BaseDBAsyncClient

from points.events.models import Event
from points.events.records import Amendment

_LATEST = (
    "coalesce((SELECT m.{column} FROM events_amendment AS m WHERE m.event = e.id AND m.{column} IS NOT NULL"
    " ORDER BY m.id DESC LIMIT 1), e.{column})"
)
AREA = _LATEST.format(column="area")
"""Where an event is now, in SQL: the code of its area, or null."""
CATEGORY = _LATEST.format(column="category")
"""What kind of thing an event is now, in SQL: the letter of its category."""
AT_ONCE = 500


async def read(db: BaseDBAsyncClient, events: Iterable[Event]) -> list[Event]:
    """The events with the latest word on each, in their order: one statement for each 500. The rows are ours alone."""
    given = list(events)
    by_key = {event.id: event for event in given}
    keys = list(by_key)
    for start in range(0, len(keys), AT_ONCE):
        rows = Amendment.filter(event__in=keys[start : start + AT_ONCE]).using_db(db)
        for row in await rows.order_by("id"):
            event = by_key[row.event]
            event.area = row.area or event.area
            event.category = row.category or event.category
            event.severity = row.severity or event.severity
    return given
