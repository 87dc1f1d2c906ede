"""Taking steps by hand: each is open only at its time, and only to who may take it; a note can be erased."""

from __future__ import annotations

from datetime import date

from ledger.book import Book
from points.awards.models import Verification
from points.events import assignments, duties, events, hands, life, steps, workdays
from points.events.errors import StepNotOpen
from points.events.events import Whole
from points.events.life import Life
from points.events.models import Step
from points.events.records import Dispatch, StepNote
from points.evidence import acts
from points.keys import new_key
from points.people import households, roles
from points.people.errors import NotAllowed

BY_HAND = ("handled", "verified", "archived", "rated", "reopened", "found_false")
"""The steps that are taken here; reporting is filing, and assigning is dispatching."""


async def take(book: Book, event: str, name: str, *, by: str, key: str, note: str = "") -> None:
    """Take a step. The same key again changes nothing.

    An event that was handled goes to a verifier by rota; whether it was in time is kept with the step. Raises
    UnknownEvent, StepNotOpen and NotAllowed, and ReferenceConflict when the key took another.
    """
    assert name in BY_HAND
    reference = f"step/{event}/{name}/{key}"
    facts = {"by": by, "event": event, "step": name}
    if done := await acts.before(book, reference, facts):
        done.require(await note_of(book, done.subject) == note)
        return
    whole = await events.find(book, event)
    await require_open(book, whole, name, by=by)
    step = Step(
        id=new_key(),
        event=event,
        name=name,
        taken_at=book.now(),
        actor=by,
        on_time=await _on_time(book, whole, name),
    )
    notes = [StepNote(step=step.id, text=note)] if note else []
    await acts.post(book, reference, ("step", step.id), facts, [step, *notes])
    if name in ("handled", "reopened"):
        await assignments.settle(book, event, book.today())


async def life_of(book: Book, whole: Whole) -> Life:
    """Where an event stands. One statement."""
    decided = Verification.filter(event=whole.event.id).using_db(book.reader)
    keys = {str(key) for key in await decided.values_list("contribution", flat=True)}
    waiting = any(each.id not in keys for each in whole.contributions)
    return life.of(whole.event.kind, whole.steps, undecided=waiting)


async def open_to(book: Book, whole: Whole, member: str) -> frozenset[str]:
    """The steps that can be taken now and that this person may take. A constant number of statements."""
    standing = await life_of(book, whole)
    granted = await roles.grants_of(book, member, book.today())
    path = whole.area.path if whole.area else ""
    may = {name for name in standing.open if roles.covered(granted, duties.OF_STEP[name], path)}
    if "handled" in standing.open and await _sent_to(book, whole, member):
        may.add("handled")
    if "verified" in may and await _involved(book, whole, member):
        may.discard("verified")
    return frozenset(may)


async def require_open(book: Book, whole: Whole, name: str, *, by: str) -> None:
    """Raise StepNotOpen when a step cannot be taken now, NotAllowed when not by this person."""
    standing = await life_of(book, whole)
    if name not in standing.open:
        named = {**steps.NAMES, **steps.TURNS}[name]
        raise StepNotOpen(step=named, state=life.STATES[standing.state])
    if name not in await open_to(book, whole, by):
        roles_of = duties.OF_STEP[name]
        raise NotAllowed(member=by, role=roles.NAMES.get(roles_of[0], roles_of[0]))


async def notes_of(book: Book, whole: Whole) -> dict[str, str]:
    """What was written when steps were taken, by step; erased ones are absent."""
    rows = StepNote.filter(step__in=[step.id for step in whole.steps]).using_db(book.reader)
    return {row.step: row.text for row in await rows}


async def note_of(book: Book, step: str) -> str:
    """What was written with one step; nothing once it was erased."""
    row = await StepNote.get_or_none(step=step, using_db=book.reader)
    return row.text if row else ""


async def _sent_to(book: Book, whole: Whole, member: str) -> bool:
    """Whether the latest dispatch names this person."""
    sent = await Dispatch.filter(event=whole.event.id).using_db(book.reader).order_by("-id").first()
    return sent is not None and sent.handler == member


async def _involved(book: Book, whole: Whole, member: str) -> bool:
    """Whether somebody, or one they live with, had a hand in an event: then others verify it."""
    involved = {each.member for each in whole.contributions}
    involved |= (await hands.of(book.reader, [whole.event.id])).get(whole.event.id, set())
    homes = await households.of(book, {*involved, member})
    return any(households.same_side(member, other, homes) for other in involved)


async def _on_time(book: Book, whole: Whole, name: str) -> bool | None:
    """Within two working days: handling since the dispatch, archiving since the report; None for other steps."""
    today = book.today()
    if name == "handled":
        sent = await Dispatch.filter(event=whole.event.id).using_db(book.reader).order_by("-id").first()
        return today.isoformat() <= sent.due_on if sent else None
    if name == "archived":
        return today <= workdays.due_on(_reported_on(book, whole))
    return None


def _reported_on(book: Book, whole: Whole) -> date:
    reported = [step.taken_at for step in whole.steps if step.name == "reported" and step.taken_at]
    return (reported[0] if reported else whole.event.occurred_at).astimezone(book.zone).date()
