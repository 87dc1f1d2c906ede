"""Events: one with everything about it, as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.events import latest, steps
from points.events.errors import UnknownEvent
from points.events.models import Assignment, Contribution, Event, Step
from points.people import areas
from points.people.models import Area


@dataclass(frozen=True, slots=True)
class Whole:
    """An event with its place, its steps in order, who contributed, and who is to verify it."""

    event: Event
    area: Area | None
    steps: Sequence[Step]
    contributions: Sequence[Contribution]
    verifier: str | None


async def find(book: Book, key: str) -> Whole:
    """An event by its key, whole, in seven statements; raises UnknownEvent."""
    event = await Event.get_or_none(id=key, using_db=book.reader)
    if event is None:
        raise UnknownEvent(event=key)
    return await _whole(book, event)


async def find_external(book: Book, source: str, external_id: str) -> Whole:
    """An event by the name another platform gave it; raises UnknownEvent."""
    event = await Event.get_or_none(source=source, external_id=external_id, using_db=book.reader)
    if event is None:
        raise UnknownEvent(event=f"{source} {external_id}")
    return await _whole(book, event)


async def _whole(book: Book, event: Event) -> Whole:
    (event,) = await latest.read(book.reader, [event])
    taken = await Step.filter(event=event.id).using_db(book.reader)
    who = await Contribution.filter(event=event.id).using_db(book.reader).order_by("id")
    assigned = await Assignment.filter(event=event.id).using_db(book.reader).order_by("-id").first()
    return Whole(
        event=event,
        area=(await areas.many(book, [event.area])).get(event.area) if event.area else None,
        steps=steps.in_order(taken),
        contributions=who,
        verifier=assigned.verifier if assigned else None,
    )
