"""What is there already of the events that a file brings: themselves, their steps, and batches that were withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.book import Book
from points.events.imports import lookups
from points.events.models import Event, Step
from points.events.records import BatchWithdrawal


async def there(book: Book, source: str, ids: Sequence[str]) -> dict[str, Event]:
    """The events of a source that are there, by its numbers. Two statements."""
    keys = [event.key for event in (await lookups.events(book, source, ids)).values()]
    rows = await Event.filter(id__in=keys).using_db(book.reader) if keys else []
    return {event.external_id: event for event in rows}


async def taken(book: Book, events: Sequence[str]) -> dict[str, set[str]]:
    """The names of the steps that were taken in each of these events. One statement."""
    found: dict[str, set[str]] = {}
    if events:
        rows = Step.filter(event__in=events).using_db(book.reader).values_list("event", "name")
        for event, name in await rows:
            found.setdefault(event, set()).add(name)
    return found


async def withdrawn(book: Book) -> set[str]:
    """The batches that were withdrawn. One statement."""
    rows = await BatchWithdrawal.all().using_db(book.reader).values_list("batch", flat=True)
    return {str(batch) for batch in rows}
