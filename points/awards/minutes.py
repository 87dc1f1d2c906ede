"""Minutes (议事会议纪要): the meeting that agreed on a rule book, and the papers attached to it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards.errors import NoMinutes, UnknownMeeting
from points.events import attachments, steps
from points.events.models import Event, Step

KINDS = ("meeting", "decision")
OFFERED = 20
_OFFERED = f"""
SELECT e.id FROM events_event AS e
WHERE e.kind IN ('meeting', 'decision') AND NOT {steps.IS_FALSE} AND EXISTS (
    SELECT 1 FROM events_attachment AS a WHERE a.event = e.id
    AND NOT EXISTS (SELECT 1 FROM events_attachment_removal AS r WHERE r.attachment = a.id))
ORDER BY e.occurred_at DESC, e.id DESC LIMIT ?"""  # noqa: S608 - a fragment of ours


@dataclass(frozen=True, slots=True)
class Paper:
    """One attachment of a meeting, by its key and the digest of its file."""

    id: str
    digest: str
    name: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting with its papers; `number` is what people call it by: E-2026-000123."""

    event: str
    number: str
    what: str
    day: date
    papers: tuple[Paper, ...]

    def said(self) -> list[dict[str, str]]:
        """The papers as a request and a published version keep them."""
        return [{"digest": each.digest, "id": each.id, "name": each.name} for each in self.papers]


def read_papers(text: str) -> tuple[Paper, ...]:
    """The papers that a request kept."""
    return tuple(Paper(**each) for each in json.loads(text))


async def find(book: Book, named: str) -> Minutes:
    """A meeting or a decision by its number or its key, as it is now. Four statements.

    Raises UnknownMeeting, also of one that was found false, and NoMinutes when nothing is attached to it.
    """
    known = Event.filter(id=named) if len(named) == 32 else Event.filter(external_id=named[:80])
    event = await known.filter(kind__in=KINDS).using_db(book.reader).order_by("id").first()
    if event is None or steps.false_ones(await Step.filter(event=event.id).using_db(book.reader)):
        raise UnknownMeeting(meeting=named[:40])
    found = await _read(book, [event])
    if not found[0].papers:
        raise NoMinutes(meeting=event.external_id)
    return found[0]


async def offered(book: Book) -> list[Minutes]:
    """The latest meetings and decisions with something attached. Four statements."""
    keys = [row["id"] for row in await book.reader.execute_query_dict(_OFFERED, [OFFERED])]
    events = await Event.filter(id__in=keys).using_db(book.reader).order_by("-occurred_at", "-id")
    return await _read(book, events)


async def many(book: Book, keys: Sequence[str]) -> dict[str, Minutes]:
    """These meetings by key, with the papers that are there now. Three statements."""
    events = await Event.filter(id__in=list(keys)).using_db(book.reader)
    return {each.event: each for each in await _read(book, events)}


async def _read(book: Book, events: Sequence[Event]) -> list[Minutes]:
    proofs = await attachments.proofs(book, [event.id for event in events])
    return [
        Minutes(
            event.id,
            event.external_id,
            event.subtype_name or event.main_type_name or event.type_name,
            event.occurred_at.astimezone(book.zone).date(),
            tuple(Paper(**each) for each in proofs.get(event.id, ())),
        )
        for event in events
    ]
