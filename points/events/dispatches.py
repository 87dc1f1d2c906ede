"""Dispatches: an event is sent down a lane, to whoever is to handle it, due two working days later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.events import duties, events, units, workdays
from points.events.errors import NeedsUnit, UnknownDispatch, UnknownUnit
from points.events.events import Whole
from points.events.models import Step
from points.events.records import Dispatch, ReportIn, StepNote, Unit
from points.events.taking import note_of, require_open
from points.evidence import acts
from points.keys import new_key
from points.people import areas, members, roles

LANES = {"own": "自办自结", "direct": "点对点推送部门", "joint": "部门会商", "whistle": "吹哨"}


@dataclass(frozen=True, slots=True)
class Sent:
    """One dispatch, with the unit's name, and its report-in when it has reported in."""

    dispatch: Dispatch
    unit_name: str | None
    reported_in: ReportIn | None


async def send(
    book: Book,
    event: str,
    lane: str,
    *,
    by: str,
    key: str,
    to: Sequence[str] = (),
    handler: str | None = None,
    note: str = "",
) -> None:
    """Take the step 受理派遣: send an event to units (`to`), or to somebody by number or phone; again sends it anew.

    Of its own lane an event is handled by `handler`, or by the one who sends it; every other lane needs a unit, and a
    joint one several may share. The clock runs out at the end of the second working day. The same key again changes
    nothing. Raises UnknownEvent, StepNotOpen, NotAllowed, NeedsUnit, UnknownUnit, UnknownMember and ReferenceConflict.
    """
    assert lane in LANES
    reference = f"dispatch/{event}/{key}"
    someone = (await members.find(book, handler)).number if handler else (by if lane == "own" else None)
    codes: list[str | None] = list(dict.fromkeys(to))
    facts = {"by": by, "event": event, "handler": someone or "", "lane": lane, "units": codes}
    if done := await acts.before(book, reference, facts):
        done.require(await note_of(book, done.subject) == note)
        return
    whole = await events.find(book, event)
    await require_open(book, whole, "assigned", by=by)
    chosen = [await _serving(book, code, whole) for code in dict.fromkeys(to)]
    if lane != "own" and not chosen:
        raise NeedsUnit
    step = Step(id=new_key(), event=event, name="assigned", taken_at=book.now(), actor=by)
    rows = [_dispatch(book, event, lane, unit, someone, by=by) for unit in codes or [None]]
    notes = [StepNote(step=step.id, text=note)] if note else []
    await acts.post(book, reference, ("step", step.id), facts, [step, *rows, *notes])


async def report_in(book: Book, dispatch: str, *, by: str) -> None:
    """A unit reported in (报到) to what it was sent; twice is once. Raises UnknownDispatch and NotAllowed.

    `by` is a liaison or grid head of the place.
    """
    sent = await Dispatch.get_or_none(id=dispatch, using_db=book.reader)
    if sent is None:
        raise UnknownDispatch
    whole = await events.find(book, sent.event)
    await roles.require_any(book, by, duties.HANDLERS, whole.area.path if whole.area else "")
    reference = f"report-in/{dispatch}"
    if await acts.known(book, reference):
        return
    row = ReportIn(id=new_key(), dispatch=dispatch, reported_at=book.now(), recorded_by=by)
    facts = {"by": by, "dispatch": dispatch, "event": sent.event, "unit": sent.unit or ""}
    await acts.post(book, reference, ("report_in", row.id), facts, [row])


async def of(book: Book, event: str) -> list[Sent]:
    """Every dispatch of an event, the first one first. Three statements."""
    return (await of_many(book, [event])).get(event, [])


async def of_many(book: Book, wanted: Iterable[str]) -> dict[str, list[Sent]]:
    """The dispatches of several events, by event. Three statements."""
    rows = await Dispatch.filter(event__in=sorted(set(wanted))).using_db(book.reader).order_by("id")
    reports = ReportIn.filter(dispatch__in=[row.id for row in rows]).using_db(book.reader)
    reported = {row.dispatch: row for row in await reports.order_by("-id")}
    names = await units.named(book, (row.unit for row in rows))
    found: dict[str, list[Sent]] = {}
    for row in rows:
        unit = names.get(row.unit or "")
        found.setdefault(row.event, []).append(Sent(row, unit.name if unit else None, reported.get(row.id)))
    return found


async def _serving(book: Book, code: str, whole: Whole) -> Unit:
    """A unit that serves the place of an event; one that does not is as unknown as one that is not there."""
    unit = await units.find(book, code)
    if whole.area is None or unit.area not in areas.ancestors(whole.area.path):
        raise UnknownUnit(unit=code)
    return unit


def _dispatch(
    book: Book, event: str, lane: str, unit: str | None, handler: str | None, *, by: str
) -> Dispatch:
    return Dispatch(
        id=new_key(),
        event=event,
        lane=lane,
        unit=unit,
        handler=handler,
        dispatched_at=book.now(),
        dispatched_by=by,
        due_on=workdays.due_on(book.today()).isoformat(),
    )
