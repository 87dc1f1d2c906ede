"""Decisions: what a meeting decided on members is an event of its own, filed and verified like any other."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.book import Book
from points.events import filing, life, steps
from points.events.errors import BadDecision, BadTime, NotGathering, StepNotOpen, UnknownEvent
from points.events.filing import Filed, Written
from points.events.models import Event, Step
from points.people import members as people

ADOPTED = "建议采纳"
"""The type by which the rules know a suggestion that was adopted."""
DECISIONS = {ADOPTED: "reporter"} | dict.fromkeys(
    ("镇街表扬", "区县表扬", "市级表扬", "见义勇为"), "participant"
)
"""What a meeting decides on members, as the rules know it, with what they did in it. No points are given otherwise."""


async def adopt(
    book: Book, meeting: str, what: str, *, member: str, by: str, key: str, text: str = ""
) -> Filed:
    """A suggestion made at a meeting was adopted; see `decide`."""
    return await decide(book, meeting, what, decision=ADOPTED, members=[member], by=by, key=key, text=text)


async def decide(
    book: Book,
    meeting: str,
    what: str,
    *,
    decision: str,
    members: Sequence[str],
    by: str,
    key: str,
    text: str = "",
) -> Filed:
    """A meeting decided on members: an event of its own, E-2026-000123-1, that a verifier looks at as at any other.

    `decision` is one of DECISIONS. Raises BadDecision, UnknownEvent, NotGathering, BadTime before the meeting,
    StepNotOpen when there was none, UnknownMember and NotAllowed.
    """
    if decision not in DECISIONS or not members:
        raise BadDecision(decision=decision)
    found = await Event.get_or_none(id=meeting, using_db=book.reader)
    if found is None:
        raise UnknownEvent(event=meeting)
    if found.kind != "meeting" or found.source != steps.BY_HAND:
        raise NotGathering
    if found.occurred_at > book.now():
        raise BadTime(problem="还没到那个时候")
    await _require_true(book, found)
    who = [(await people.find(book, member)).number for member in members]
    said = Written(
        kind="decision",
        area=found.area or "",
        category="M",
        what=what,
        occurred_at=found.occurred_at,
        type_name=decision,
        text=text,
        origin=found.external_id,
    )
    doings = [(number, DECISIONS[decision], None) for number in dict.fromkeys(who)]
    return await filing.write_down(book, said, doings, by=by, key=key, under=found.external_id)


async def _require_true(book: Book, meeting: Event) -> None:
    taken = await Step.filter(event=meeting.id).using_db(book.reader)
    if steps.false_ones(taken):
        raise StepNotOpen(step=ADOPTED, state=life.STATES["found_false"])


async def adopted(book: Book, meeting: Event) -> Sequence[Event]:
    """The suggestions of a meeting that were adopted, in their order."""
    if meeting.source != steps.BY_HAND:
        return []
    begins = f"{meeting.external_id}-"
    rows = Event.filter(source=steps.BY_HAND, external_id__gte=begins, external_id__lt=begins + "~")
    return await rows.using_db(book.reader).order_by("external_id")
