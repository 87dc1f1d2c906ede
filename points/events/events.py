"""Events: one with everything about it, and the events of an area page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from ledger.book import Book
from points.events import steps
from points.events.errors import UnknownEvent
from points.events.models import Assignment, Contribution, Event, Step
from points.people.models import Area

A_PAGE = 20
ORDER = tuple(steps.NAMES)


@dataclass(frozen=True, slots=True)
class Whole:
    """An event with its place, its steps in order, who contributed, and who is to verify it."""

    event: Event
    area: Area | None
    steps: Sequence[Step]
    contributions: Sequence[Contribution]
    verifier: str | None


@dataclass(frozen=True, slots=True)
class After:
    """Where a page ended: the next one begins after this event."""

    occurred_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the latest first, and where to go on; `after` is None on the last page."""

    events: Sequence[Event]
    after: After | None


async def find(book: Book, key: str) -> Whole:
    """An event by its key, whole, in five statements; raises UnknownEvent."""
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


async def in_area(book: Book, area: str, *, after: After | None = None, limit: int = A_PAGE) -> Page:
    """The events in an area and below it, the latest first, `limit` to a page; two statements at any depth."""
    codes = (
        await Area.filter(Q(code=area) | Q(path__contains=f"/{area}/"))
        .using_db(book.reader)
        .values_list("code")
    )
    return await _page(book, Q(area__in=[code for (code,) in codes]), after, limit)


async def without_area(book: Book, *, after: After | None = None, limit: int = A_PAGE) -> Page:
    """The events whose source named no community, the latest first."""
    return await _page(book, Q(area__isnull=True), after, limit)


async def _page(book: Book, where: Q, after: After | None, limit: int) -> Page:
    wanted = Event.filter(where)
    if after is not None:
        same_time = Q(occurred_at=after.occurred_at, id__lt=after.id)
        wanted = wanted.filter(Q(occurred_at__lt=after.occurred_at) | same_time)
    found = await wanted.using_db(book.reader).order_by("-occurred_at", "-id").limit(limit + 1)
    page = found[:limit]
    more = len(found) > limit
    return Page(page, After(page[-1].occurred_at, page[-1].id) if more else None)


async def _whole(book: Book, event: Event) -> Whole:
    taken = await Step.filter(event=event.id).using_db(book.reader)
    who = await Contribution.filter(event=event.id).using_db(book.reader).order_by("id")
    latest = await Assignment.filter(event=event.id).using_db(book.reader).order_by("-id").first()
    return Whole(
        event=event,
        area=await Area.get_or_none(code=event.area, using_db=book.reader) if event.area else None,
        steps=sorted(taken, key=lambda step: ORDER.index(step.name)),
        contributions=who,
        verifier=latest.verifier if latest else None,
    )
