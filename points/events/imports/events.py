"""Import events of a municipal platform: what happened, where and when, and the steps it says were taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ledger.book import Book
from points.events import categories, steps
from points.events.errors import NeedsSource
from points.events.imports.columns import Column, Record
from points.events.imports.gathering import Gathering, chunks, gather
from points.events.imports.plan import Plan, Stamp
from points.events.models import Event, Step
from points.keys import new_key
from points.people import areas
from points.people.areas import Gazetteer
from points.progress import Progress, quiet

COLUMNS = (
    Column("external_id", "REC_ID", ("事件编号", "案件编号", "编号")),
    Column("occurred_at", "CREATE_TIME", ("上报时间", "发生时间", "创建时间")),
    Column("type_name", "EVENT_TYPE_NAME", ("事件类型", "类型")),
    Column("main_type_name", "MAIN_TYPE_NAME", ("大类", "大类名称")),
    Column("subtype_name", "SUB_TYPE_NAME", ("小类", "小类名称")),
    Column("community", "COMMUNITY_NAME", ("社区", "社区名称", "所属社区")),
    Column("street", "STREET_NAME", ("街道", "街道名称", "镇街"), needed=False),
    Column("district", "DISTRICT_NAME", ("区县", "区", "区域"), needed=False),
    Column("origin_name", "EVENT_SRC_NAME", ("事件来源", "来源渠道"), needed=False),
    Column("property_name", "EVENT_PROPERTY_NAME", ("事件性质", "性质"), needed=False),
    Column("handler_name", "DISPOSE_UNIT_NAME", ("处置单位", "处置部门"), needed=False),
    Column("in_time", "INTIME_ARCHIVE_NUM", ("按时结案数", "按时结案"), needed=False),
    Column("over_time", "OVERTIME_ARCHIVE_NUM", ("超时结案数", "超时结案"), needed=False),
)
FACTS = ("type_name", "main_type_name", "subtype_name", "origin_name", "property_name", "handler_name")
LONGEST = {"external_id": 80, "type_name": 80, "main_type_name": 80, "subtype_name": 120, "origin_name": 80,
           "property_name": 40, "handler_name": 120}  # fmt: skip
WAYS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
)
"""How files write an instant; it is one of the book's zone."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event as the file has it. `archived_on_time` is None while it is open, or when the file contradicts itself."""

    source: str
    external_id: str
    category: str
    facts: Mapping[str, str | None]
    area: str | None
    occurred_at: datetime
    archived_on_time: bool | None


@dataclass(frozen=True, slots=True)
class MoreSteps:
    """Steps that a later state of a known event adds."""

    event: str
    archived_on_time: bool


async def plan(
    book: Book, path: Path, *, source: str | None = None, under: str | None = None, progress: Progress = quiet
) -> Plan:
    """What a file of events would add; `source` is the platform they come from (raises NeedsSource without it).

    (source, REC_ID) names an event: one already there is unchanged, or gets the steps it lacks, and never comes twice.
    A community written "-" leaves the event without an area, with a warning. `under` says in which area to look for
    communities whose name several have. The tally counts the categories.
    """
    gathering = await gather(
        path, COLUMNS, needs=[c.key for c in COLUMNS if c.needed and c.key != "community"]
    )
    if not source:
        raise NeedsSource(file=gathering.sheet.file_name)
    places, zone, now = await areas.gazetteer(book, under=under), book.zone, book.now()
    read = []
    for record in gathering.sound(progress):
        event = _read(gathering, record, source, places, zone, now)
        if event and not gathering.repeats(record, "external_id", event.external_id):
            read.append((record, event))
    there = await _there(book, source, [event.external_id for _, event in read])
    taken = await _taken(book, [event.id for event in there.values()])
    for record, event in read:
        known = there.get(event.external_id)
        if known is None:
            gathering.add(record, event)
            gathering.tally[event.category] += 1
        else:
            _compare(gathering, record, event, known, taken.get(known.id, set()))
    return gathering.plan("events", make, source=source)


def make(value: Any, stamp: Stamp) -> tuple[Any, ...]:
    """The rows of a new event (with its steps), or of a known event's further steps."""
    if isinstance(value, MoreSteps):
        return (steps.stated(value.event, "archived", taken_at=None, on_time=value.archived_on_time),)
    new: NewEvent = value
    key = new_key()
    event = Event(
        id=key,
        kind="report",
        source=new.source,
        external_id=new.external_id,
        category=new.category,
        area=new.area,
        occurred_at=new.occurred_at,
        batch=stamp.batch,
        **new.facts,
    )
    reported = steps.stated(key, "reported", taken_at=new.occurred_at)
    if new.archived_on_time is None:
        return event, reported
    return event, reported, steps.stated(key, "archived", taken_at=None, on_time=new.archived_on_time)


def _read(
    gathering: Gathering, record: Record, source: str, places: Gazetteer, zone: ZoneInfo, now: datetime
) -> NewEvent | None:
    for key, longest in LONGEST.items():
        if len(record.get(key) or "") > longest:
            gathering.error(record, key, f"超过 {longest} 个字")
            return None
    occurred_at = instant(record.cells["occurred_at"] or "", zone)
    if occurred_at is None:
        gathering.error(record, "occurred_at", "不是时间", "写成 2026-11-20 08:30:00")
        return None
    if occurred_at > now:
        gathering.error(record, "occurred_at", "在将来")
        return None
    found = _area(gathering, record, places)
    if found is None:
        return None
    facts = {key: record.get(key) for key in FACTS}
    mapped = categories.of(*(facts[key] or "" for key in ("type_name", "main_type_name", "subtype_name")))
    if mapped.by is None:
        gathering.warn(record, "subtype_name", "类别表里没有，归入“其他”")
    on_time = _archived(gathering, record)
    return NewEvent(
        source, record.cells["external_id"] or "", mapped.letter, facts, found or None, occurred_at, on_time
    )


def instant(text: str, zone: ZoneInfo) -> datetime | None:
    """An instant in UTC from a wall-clock time of the zone; None when it is none."""
    for way in WAYS:
        try:
            return datetime.strptime(text, way).replace(tzinfo=zone).astimezone(UTC)
        except ValueError:
            continue
    return None


def _area(gathering: Gathering, record: Record, places: Gazetteer) -> str | None:
    """The community's code, "" when the file names none, None when it names one we cannot tell."""
    name = record.get("community")
    if name is None:
        gathering.warn(record, "community", "没有社区，先不归任何社区，定了社区才能核实")
        return ""
    found = places.candidates(name, street=record.get("street"), district=record.get("district"))
    if len(found) == 1:
        return found[0].code
    if found:
        among = "、".join(f"{place.district}{place.street}" for place in found[:5])
        gathering.error(
            record, "community", f"好几个地方有这个社区：{among}", "用 --under 区划代码 说明在哪里"
        )
    else:
        gathering.error(record, "community", "账本里没有这个社区", "先导入区划，或改正名称")
    return None


def _archived(gathering: Gathering, record: Record) -> bool | None:
    in_time, over_time = (record.get(key) in ("1", "1.0") for key in ("in_time", "over_time"))
    if in_time and over_time:
        gathering.warn(record, "in_time", "又说按时结案又说超时结案，都不采信")
        return None
    return in_time if in_time or over_time else None


async def _there(book: Book, source: str, ids: Sequence[str]) -> dict[str, Event]:
    found: dict[str, Event] = {}
    for part in chunks(ids):
        events = await Event.filter(source=source, external_id__in=part).using_db(book.reader)
        found.update((event.external_id, event) for event in events)
    return found


async def _taken(book: Book, events: Sequence[str]) -> dict[str, set[str]]:
    taken: dict[str, set[str]] = {}
    for part in chunks(events):
        for event, name in (
            await Step.filter(event__in=part).using_db(book.reader).values_list("event", "name")
        ):
            taken.setdefault(event, set()).add(name)
    return taken


def _compare(gathering: Gathering, record: Record, event: NewEvent, known: Event, taken: set[str]) -> None:
    """What was imported stays; a difference is said, and a step that is missing is added."""
    same = {key: event.facts[key] == getattr(known, key) for key in FACTS}
    same |= {"community": event.area == known.area, "occurred_at": event.occurred_at == known.occurred_at}
    for key, is_same in same.items():
        if not is_same:
            gathering.warn(record, key, "与先前导入的不同，保留先前的")
    if event.archived_on_time is not None and "archived" not in taken:
        gathering.add(record, MoreSteps(known.id, event.archived_on_time))
        gathering.tally["archived"] += 1
    else:
        gathering.unchanged += 1
