"""Amendments: an event is placed, or its category or severity mended, by an act; points.events.latest reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.awards.models import Verification
from points.events import assignments, categories, duties, latest
from points.events.errors import BadCategory, EventSettled, NothingToAmend, UnknownEvent
from points.events.models import Event
from points.events.records import Amendment
from points.evidence import acts
from points.keys import new_key
from points.people import areas, roles
from points.people.errors import BadLevel

SEVERITIES = ("ordinary", "major")


@dataclass(frozen=True, slots=True)
class Mended:
    """What is to be said of an event from now on; None leaves it as it is."""

    area: str | None = None
    category: str | None = None
    severity: str | None = None


async def of(book: Book, event: str) -> Sequence[Amendment]:
    """What was amended of an event, the first amendment first."""
    return await Amendment.filter(event=event).using_db(book.reader).order_by("id")


async def amend(book: Book, event: str, mended: Mended, *, by: str, key: str) -> None:
    """Place an event, or mend its category or severity, and give it to a verifier of its new place.

    `by` is a grid head, or an administrator, of the place it has and of the one it gets; an event without a place is
    placed by one of the place it gets. An event of which anything was verified stays as it was awarded: what is wrong
    with it is corrected. The same key again changes nothing. Raises UnknownEvent, UnknownArea, BadLevel, BadCategory,
    NothingToAmend, EventSettled and NotAllowed.
    """
    reference = f"amend/{event}/{key}"
    facts = {
        "area": mended.area or "",
        "by": by,
        "category": mended.category or "",
        "event": event,
        "severity": mended.severity or "",
    }
    if await acts.before(book, reference, facts):
        return
    now = await _now(book, event)
    await _check(book, now, mended, by=by)
    row = Amendment(
        id=new_key(),
        event=event,
        area=mended.area,
        category=mended.category,
        severity=mended.severity,
        amended_at=book.now(),
        amended_by=by,
        reference=reference,
    )
    await acts.post(book, reference, ("amendment", row.id), facts, [row])
    await assignments.settle(book, event, book.today())


async def _now(book: Book, event: str) -> Event:
    found = await latest.read(book.reader, await Event.filter(id=event).using_db(book.reader))
    if not found:
        raise UnknownEvent(event=event)
    return found[0]


async def _check(book: Book, now: Event, mended: Mended, *, by: str) -> None:
    said = (mended.area, mended.category, mended.severity)
    if not any(said) or all(new in (None, old) for new, old in zip(said, _facts(now), strict=True)):
        raise NothingToAmend
    if mended.category is not None and mended.category not in categories.read().names:
        raise BadCategory(category=mended.category)
    assert mended.severity in (None, *SEVERITIES)
    if mended.area is not None:
        place = await areas.find(book, mended.area)
        if place.level not in ("community", "grid", "building"):
            raise BadLevel(code=place.code, level=areas.LEVELS.get(place.level, place.level))
        await roles.require_any(book, by, duties.AMENDERS, place.path)
    if now.area is not None:
        await roles.require_any(book, by, duties.AMENDERS, await areas.path(book, now.area))
    elif mended.area is None:
        raise NothingToAmend
    if await Verification.filter(event=now.id).using_db(book.reader).exists():
        raise EventSettled


def _facts(event: Event) -> tuple[str | None, str, str]:
    return event.area, event.category, event.severity
