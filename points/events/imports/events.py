"""Import events of another platform: what happened, where and when, and the steps it says were taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ledger.book import Book
from ledger.transactions import Bulk
from points.events import categories, steps
from points.events.campaign_records import CampaignEvent
from points.events.errors import NeedsSource
from points.events.imports import columns, egova, known_events, open311, repeats
from points.events.imports.columns import Record
from points.events.imports.communities import Communities
from points.events.imports.errors import (
    Different,
    ElsewhereCommunity,
    InFuture,
    NoCommunity,
    NoInstant,
    RepeatOfUnknown,
    RowError,
    TooLong,
    Unmapped,
    Withdrawn,
)
from points.events.imports.gathering import HOW, Gathering, How, batched, begin, read_sheet
from points.events.imports.plan import Plan, Stamp
from points.events.imports.reading import Sheet
from points.events.imports.running import Running
from points.events.imports.shapes import Said, Shape, Stated, instant
from points.events.models import Event, Step
from points.events.records import EventText, SameThing
from points.keys import new_key
from points.people import areas
from points.progress import Progress, quiet

SHAPES = {shape.name: shape for shape in (egova.SHAPE, open311.SHAPE)}
"""The formats of events, by the name that `--format` says."""
FACTS = ("type_name", "main_type_name", "subtype_name", "origin_name", "property_name", "handler_name")
EVENT = ("id", "kind", "source", "external_id", "category", "area", "occurred_at", "batch", *FACTS)
LONGEST = {"external_id": 80, "type_name": 80, "main_type_name": 80, "subtype_name": 120, "origin_name": 80,
           "property_name": 40, "handler_name": 120, "service_code": 120}  # fmt: skip
PLACE_AT_MOST = 120
EMPTY_ALLOWED = ("community", "service_code")
"""Columns that a file must have and whose cells may be empty."""


class NewEvent(NamedTuple):
    """An event as the file has it. `key` is the one made for it, `repeats` that of the event it repeats."""

    source: str
    external_id: str
    category: str
    facts: tuple[str | None, ...]
    area: str | None
    occurred_at: datetime
    steps: tuple[Stated, ...]
    text: str | None = None
    place: str | None = None
    campaign: str | None = None
    is_repeat: bool = False
    repeats: str | None = None
    key: str = ""

    @property
    def said(self) -> tuple[Any, ...]:
        """All that the file says of it: keys are no part of a plan's digest."""
        return self[: NewEvent._fields.index("repeats")]

    def fact(self, key: str) -> str | None:
        """One of FACTS, in the source's own words."""
        return self.facts[FACTS.index(key)]


class MoreSteps(NamedTuple):
    """Steps that a later state of a known event adds."""

    event: str
    steps: tuple[Stated, ...]


async def plan(
    book: Book,
    path: Path,
    *,
    source: str | None = None,
    under: str | None = None,
    shape: str | None = None,
    how: How = HOW,
    progress: Progress = quiet,
) -> Plan:
    """What a file of events would add; `source` is the platform they come from (raises NeedsSource without it).

    (source, number) names an event: one already there is unchanged, or gets the steps it lacks, and never comes twice.
    A community written "-" leaves the event without an area, with a warning. `under` says in which area to look for
    communities whose name several have; `shape` is a name of SHAPES, found out when left out. The tally counts the
    categories. A campaign that is named must have been announced for that place and day. Three statements for each
    500 rows.
    """
    sheet = await read_sheet(path, how)
    shaped = SHAPES[shape] if shape else shape_of(sheet, how)
    needs = [c.key for c in shaped.columns if c.needed and c.key not in EMPTY_ALLOWED]
    gathering = begin(sheet, shaped.columns, needs=needs, how=how)
    if not source:
        raise NeedsSource(file=sheet.file_name)
    places = Communities(await areas.gazetteer(book, under=under), how.choices.places, how.within)
    running = await Running.read(book)
    reader = _Reader(gathering, shaped, source, places, running, book.zone, book.now())
    withdrawn = await known_events.withdrawn(book)
    for part in batched(reader.events(progress)):
        there = await known_events.there(book, source, [event.external_id for _, event in part])
        taken = await known_events.taken(book, [event.id for event in there.values()])
        for record, event in await repeats.resolved(book, part):
            known = there.get(event.external_id)
            if known is None:
                _add(gathering, record, event)
            elif known.batch in withdrawn:
                gathering.error(record, "external_id", Withdrawn())
            else:
                _compare(gathering, record, event, known, taken.get(known.id, set()))
    return gathering.plan("events", make, source=source, questions=places.questions())


def shape_of(sheet: Sheet, how: How = HOW) -> Shape:
    """The shape that has every column it needs in a file; the first one when none has."""
    for shape in SHAPES.values():
        layout = columns.guess(sheet, shape.columns, how.choices.columns)
        if all(column.key in layout.places for column in shape.columns if column.needed):
            return shape
    return min(SHAPES.values(), key=lambda shape: _lacks(sheet, shape))


def _lacks(sheet: Sheet, shape: Shape) -> int:
    places = columns.guess(sheet, shape.columns).places
    return sum(column.needed and column.key not in places for column in shape.columns)


def make(values: Sequence[NewEvent | MoreSteps], stamp: Stamp) -> tuple[Bulk, ...]:
    """The rows of new events (with their words and steps), and of known events' further steps."""
    new = [value for value in values if isinstance(value, NewEvent)]
    more = [value for value in values if isinstance(value, MoreSteps)]
    same = [(new_key(), event.key, event.repeats, True, stamp.at, stamp.by) for event in new if event.repeats]
    day = stamp.at.date().isoformat()
    joined = [(e.key, e.campaign, day, stamp.by) for e in new if e.campaign]
    texts = [(e.key, e.text or "", e.place) for e in new if e.text or e.place]
    steps = [_step(event.key, step) for event in new for step in (_reported(event), *event.steps)]
    steps += [_step(each.event, step) for each in more for step in each.steps]
    return (
        Bulk(Event, EVENT, [_event(event, stamp.batch) for event in new]),
        Bulk(Step, ("id", "event", "name", "taken_at", "on_time"), steps),
        Bulk(EventText, ("event", "text", "place"), texts),
        Bulk(CampaignEvent, ("event", "campaign", "joined_on", "joined_by"), joined),
        Bulk(SameThing, ("id", "event", "earlier", "same", "said_at", "said_by"), same),
    )


def _event(new: NewEvent, batch: str) -> tuple[Any, ...]:
    key = new.key, "report", new.source, new.external_id
    return (*key, new.category, new.area, new.occurred_at, batch, *new.facts)


def _reported(new: NewEvent) -> Stated:
    return Stated("reported", new.occurred_at)


def _step(event: str, said: Stated) -> tuple[Any, ...]:
    return steps.stated_key(event, said.name), event, said.name, said.taken_at, said.on_time


def _add(gathering: Gathering, record: Record, event: NewEvent) -> None:
    if event.is_repeat and event.repeats is None:
        gathering.warn(record, "status_notes", RepeatOfUnknown())
    gathering.add(record.number, event)
    gathering.tally[event.category] += 1


class _Reader:
    """Makes events of the rows of a file, without asking the book."""

    def __init__(
        self,
        gathering: Gathering,
        shape: Shape,
        source: str,
        places: Communities,
        running: Running,
        zone: ZoneInfo,
        now: datetime,
    ) -> None:
        self.gathering, self.shape, self.source = gathering, shape, source
        self.places, self.running, self.zone, self.now = places, running, zone, now

    def events(self, progress: Progress) -> Iterator[tuple[Record, NewEvent]]:
        """Each event that is sound in itself and the first of its number; the others are put in error."""
        for record in self.gathering.sound(progress):
            event = self._read(record)
            if event and not self.gathering.repeats(record, "external_id", event.external_id):
                yield record, event

    def _read(self, record: Record) -> NewEvent | None:
        for key, longest in LONGEST.items():
            if len(record.get(key) or "") > longest:
                self.gathering.error(record, key, TooLong(most=longest))
                return None
        occurred_at = instant(record.get("occurred_at") or "", self.zone)
        if occurred_at is None or occurred_at > self.now:
            self.gathering.error(record, "occurred_at", InFuture() if occurred_at else NoInstant())
            return None
        said = self.shape.life(record, occurred_at, self.zone)
        if said.refusal:
            self.gathering.error(record, *said.refusal)
            return None
        area = self._area(record)
        if isinstance(area, RowError):
            self.gathering.error(record, "community", area)
            return None
        campaign = self.running.of(record.get("campaign"), area, occurred_at.astimezone(self.zone).date())
        if isinstance(campaign, RowError):
            self.gathering.error(record, "campaign", campaign)
            return None
        for key, why in said.warnings:
            self.gathering.warn(record, key, why)
        return self._event(record, said, area, occurred_at)._replace(campaign=campaign)

    def _event(self, record: Record, said: Said, area: str | None, occurred_at: datetime) -> NewEvent:
        facts = _facts(record)
        mapped = categories.of(*(fact or "" for fact in facts[:3]))
        if mapped.by is None:
            self.gathering.warn(record, "subtype_name", Unmapped())
        place = " ".join((record.get("place") or "").split())[:PLACE_AT_MOST]
        return NewEvent(
            source=self.source,
            external_id=record.get("external_id") or "",
            category=mapped.letter,
            facts=facts,
            area=area,
            occurred_at=occurred_at,
            steps=said.steps,
            text=record.get("text"),
            place=place or None,
            is_repeat=said.is_repeat,
            key=new_key(),
        )

    def _area(self, record: Record) -> str | RowError | None:
        """The community's code, None when the file names none, or why it cannot be told."""
        name = record.get("community")
        if name is None:
            if self.places.within is not None:
                return ElsewhereCommunity()
            self.gathering.warn(record, "community", NoCommunity())
            return None
        found = self.places.find(name, street=record.get("street"), district=record.get("district"))
        return found if isinstance(found, RowError) else found.code


def _facts(record: Record) -> tuple[str | None, ...]:
    """FACTS in the source's own words; where it has one word for the three kinds, that one stands for all."""
    get = record.get
    subtype = get("subtype_name") or get("service_code")
    main = get("main_type_name") or (subtype or "")[: LONGEST["main_type_name"]]
    return (
        get("type_name") or main,
        main,
        subtype,
        get("origin_name"),
        get("property_name"),
        get("handler_name"),
    )


def _compare(gathering: Gathering, record: Record, event: NewEvent, known: Event, taken: set[str]) -> None:
    """What was imported stays; a difference is said, and steps that are missing are added."""
    same = {key: event.fact(key) == getattr(known, key) for key in FACTS}
    same |= {"community": event.area == known.area, "occurred_at": event.occurred_at == known.occurred_at}
    for key, is_same in same.items():
        if not is_same:
            gathering.warn(record, key, Different())
    more = tuple(step for step in event.steps if step.name not in taken)
    if more:
        gathering.add(record.number, MoreSteps(known.id, more))
        gathering.tally.update(step.name for step in more)
    else:
        gathering.unchanged += 1
