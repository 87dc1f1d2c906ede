"""Filing: an event is written down here, by somebody who was there or was told, under a number people can say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.events import assignments, categories, duties, steps
from points.events.errors import (
    BadCategory,
    BadPlace,
    BadTime,
    NotGathering,
    UnknownEvent,
)
from points.events.models import Contribution, Event, Step
from points.events.records import EventText, Gathering
from points.evidence import acts
from points.keys import new_key
from points.people import areas, members, roles

TRIES = 20
LEVELS = ("community", "grid", "building")
"""Where events happen: a fund, a rota and a notice are a community's, and a street has none."""
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), timedelta(days=366)
"""What lies before, or later than so long from now, is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Written:
    """What is written down of any event. `text` and `place` can be erased, `what` stays: it names nobody."""

    kind: str
    area: str
    category: str
    what: str
    occurred_at: datetime
    type_name: str = ""
    text: str = ""
    place: str = ""
    severity: str = "ordinary"
    found_first: bool = False
    origin: str = "现场"


@dataclass(frozen=True, slots=True)
class Held:
    """What an activity or a meeting adds."""

    ends_at: datetime
    team: str | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """The key and the number of an event that was filed: E-2026-000123."""

    event: str
    number: str


async def report(book: Book, said: Written, *, by: str, key: str, reporter: str | None = None) -> Filed:
    """File a report. Who reported it is `reporter`, or the one who files; they contribute to it.

    The same key again answers with the same event. `by` is a grid worker or a grid head of that place. Raises
    UnknownArea, UnknownMember, BadCategory, BadPlace, BadTime and NotAllowed.
    """
    who = (await members.find(book, reporter)).number if reporter else by
    if said.occurred_at > book.now():
        raise BadTime(problem="还没到那个时候")
    doing = (who, "reporter", None)
    return await write_down(book, said, [doing], by=by, key=key)


async def hold(book: Book, said: Written, held: Held, *, by: str, key: str) -> Filed:
    """File an activity or a meeting, past or to come; who was there signs in later. Raises as `report`."""
    if said.kind not in ("activity", "meeting"):
        raise NotGathering
    if held.ends_at <= said.occurred_at or (held.ends_at - said.occurred_at).days:
        raise BadTime(problem="结束要晚于开始，一天之内")
    return await write_down(book, said, [], by=by, key=key, held=held)


async def numbered(book: Book, number: str) -> str:
    """The key of the event with this number, in any case and width of its letters; raises UnknownEvent."""
    wanted = number.strip().upper()
    event = await Event.get_or_none(source=steps.BY_HAND, external_id=wanted, using_db=book.reader)
    if event is None:
        raise UnknownEvent(event=wanted)
    return event.id


async def write_down(
    book: Book,
    said: Written,
    doings: Sequence[tuple[str, str, int | None]],
    *,
    by: str,
    key: str,
    held: Held | None = None,
    under: str | None = None,
) -> Filed:
    """File an event with those who did something in it; the same key again answers with the same event.

    `under` is the number of a meeting that decided it. Raises what `report` raises.
    """
    reference = f"file/{key}"
    asked = _asked(said, doings, held, by=by, under=under)
    if done := await acts.before(book, reference, asked):
        return await _before(book, done, said)
    await _check(book, said, by=by)
    for _ in range(TRIES):
        filed = Filed(new_key(), await following(book, under))
        try:
            draft = _draft(book, reference, filed, said, doings, held, by=by, asked=asked)
            receipt = await book.journal.post(draft)
        except RowConflict:
            continue  # somebody else took this number in the meantime
        if receipt.repeated and (done := await acts.before(book, reference, asked)):
            return await _before(book, done, said)
        if said.kind != "report":
            await assignments.settle(book, filed.event, book.today())
        return filed
    raise Busy


async def _check(book: Book, said: Written, *, by: str) -> None:
    if said.category not in categories.read().names:
        raise BadCategory(category=said.category)
    if not EARLIEST <= said.occurred_at <= book.now() + LATEST:
        raise BadTime(problem="只能是 2000 年以后到一年以内")
    place = await areas.find(book, said.area)
    await roles.require_any(book, by, duties.FILERS, place.path)
    if place.level not in LEVELS:
        raise BadPlace(code=place.code, level=areas.LEVELS.get(place.level, place.level))


def _asked(
    said: Written,
    doings: Sequence[tuple[str, str, int | None]],
    held: Held | None,
    *,
    by: str,
    under: str | None,
) -> dict[str, Any]:
    """All that was asked but what can be erased: an unsalted digest of a phone number can be guessed back."""
    ends = held.ends_at.isoformat() if held else ""
    return {
        "area": said.area,
        "by": by,
        "category": said.category,
        "contributions": [{"member": member, "role": role} for member, role, _ in doings],
        "found_first": said.found_first,
        "held": [ends, held.team or "", held.campaign or ""] if held else [],
        "kind": said.kind,
        "occurred_at": said.occurred_at.isoformat(),
        "origin": said.origin,
        "severity": said.severity,
        "type": said.type_name,
        "under": under or "",
        "what": said.what,
    }


async def _before(book: Book, done: acts.Done, said: Written) -> Filed:
    event = await Event.get(id=done.subject, using_db=book.reader)
    done.require(await words_of(book, event.id) == (said.text, said.place, ""))
    return Filed(event.id, event.external_id)


async def words_of(book: Book, event: str) -> tuple[str, str, str]:
    """What was told of an event: text, place and contact; nothing once it was erased."""
    row = await EventText.get_or_none(event=event, using_db=book.reader)
    return (row.text, row.place or "", row.contact or "") if row else ("", "", "")


async def following(book: Book, under: str | None = None) -> str:
    """The number after the newest one of the year, or of a meeting's suggestions; one look at the end of an index."""
    begins = f"{under}-" if under else f"E-{book.today().year}-"
    inside = Event.filter(source=steps.BY_HAND, external_id__gte=begins, external_id__lt=begins + "~")
    if under:
        return f"{begins}{await inside.using_db(book.reader).count() + 1}"
    newest = await inside.using_db(book.reader).order_by("-external_id").first()
    return f"{begins}{int(newest.external_id.split('-')[2]) + 1 if newest else 1:06d}"


def _draft(
    book: Book,
    reference: str,
    filed: Filed,
    said: Written,
    doings: Sequence[tuple[str, str, int | None]],
    held: Held | None,
    *,
    by: str,
    asked: dict[str, Any],
) -> Any:
    facts = {
        "area": said.area,
        "by": by,
        "category": said.category,
        "kind": said.kind,
        "contributions": [{"member": member, "role": role} for member, role, _ in doings],
        "event": filed.event,
        "number": filed.number,
    }
    rows: list[Any] = [
        event_row(filed, said),
        Step(id=new_key(), event=filed.event, name="reported", taken_at=book.now(), actor=by),
    ]
    if said.text or said.place:
        rows.append(EventText(event=filed.event, text=said.text, place=said.place or None))
    if held:
        rows.append(_gathering(filed, said, held, by=by))
    rows += [
        Contribution(id=new_key(), event=filed.event, member=member, role=role, minutes=minutes)
        for member, role, minutes in doings
    ]
    return acts.draft(book, reference, ("event", filed.event), facts, rows, request=asked)


def event_row(filed: Filed, said: Written) -> Event:
    """The row of an event that is written down here: it names nobody."""
    category = categories.named(said.category).zh
    return Event(
        id=filed.event,
        kind=said.kind,
        source=steps.BY_HAND,
        external_id=filed.number,
        category=said.category,
        type_name=said.type_name or category,
        main_type_name=category,
        subtype_name=said.what,
        origin_name=said.origin,
        area=said.area,
        severity=said.severity,
        found_first=said.found_first,
        occurred_at=said.occurred_at.astimezone(UTC),
    )


def _gathering(filed: Filed, said: Written, held: Held, *, by: str) -> Gathering:
    return Gathering(
        event=filed.event,
        title=said.what,
        starts_at=said.occurred_at.astimezone(UTC),
        ends_at=held.ends_at.astimezone(UTC),
        held_by=by,
        team=held.team,
        campaign=held.campaign,
    )
