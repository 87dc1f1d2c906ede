"""Import contributions: who did what in which event, for how long, and with what outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.book import Book
from points.errors import PointsError
from points.events import latest
from points.events.errors import NeedsSource
from points.events.imports import hours
from points.events.imports.columns import Column, Record
from points.events.imports.errors import (
    CaseWithoutCommunity,
    ElsewhereCommunity,
    ImportedOtherwise,
    IsReporter,
    LivesWithReporter,
    NeedsPlatform,
    NoHours,
    NoOutcome,
    RowError,
    UnknownCase,
    UnknownPart,
    UnknownPhone,
)
from points.events.imports.gathering import HOW, Gathering, How, chunks, gather
from points.events.imports.plan import Plan, Stamp
from points.events.models import Contribution, Event
from points.keys import new_key
from points.people import areas, households, members, words
from points.progress import Progress, quiet

COLUMNS = (
    Column("source", "来源", ("事件来源", "平台"), needed=False),
    Column("event", "事件编号", ("REC_ID", "案件编号", "编号")),
    Column("phone", "手机", ("手机号", "手机号码", "电话", "联系电话")),
    Column("role", "身份", ("角色", "参与身份")),
    Column("hours", "时长（小时）", ("时长", "小时", "小时数", "服务时长"), needed=False),
    Column("note", "说明", ("备注", "结果"), needed=False),
)
ROLES = {"上报人": "reporter", "参与人": "participant", "调解人": "mediator", "处置人": "handler"}
ROLE_SPELLINGS = {
    "报告人": "reporter",
    "参加人": "participant",
    "参与者": "participant",
    "调解员": "mediator",
}
OUTCOMES = (
    (("未成", "失败", "不成", "未调解", "failed"), "failed"),
    (("疑难", "困难", "复杂", "difficult"), "difficult"),
    (("口头", "oral"), "oral"),
    (("成功", "达成", "普通", "一般", "success"), "ordinary"),
)
"""What a mediator's note means; the first line that has one of its words decides."""


@dataclass(frozen=True, slots=True)
class Said:
    """A row as read, before the event and the member are known. With hours we cannot take it is not `sound`, and stays
    out, but is looked at further, so that everything to say about it is said at once."""

    record: Record
    source: str
    external_id: str
    phone: str
    role: str
    minutes: int | None
    outcome: str | None
    sound: bool


@dataclass(frozen=True, slots=True)
class NewContribution:
    """A contribution the book has not."""

    event: str
    member: str
    role: str
    minutes: int | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of what a file names."""

    events: Mapping[tuple[str, str], Event]
    members: Mapping[str, str]
    contributions: Mapping[tuple[str, str, str], Contribution]
    paths: Mapping[str, str]
    homes: Mapping[str, str | None]


async def plan(
    book: Book, path: Path, *, source: str | None = None, how: How = HOW, progress: Progress = quiet
) -> Plan:
    """What a file of contributions would add. `source` stands for an empty or absent column 来源; raises NeedsSource.

    (event, member, role) names a contribution: one already there is unchanged, or an error if hours or outcome differ.
    A participant who is the event's reporter or lives with them, and an event without a community, get a warning.
    """
    gathering = await gather(path, COLUMNS, needs=("event", "phone", "role"), how=how)
    if not source and "source" not in gathering.layout.places:
        raise NeedsSource(file=gathering.sheet.file_name)
    read = [said for record in gathering.sound(progress) if (said := _read(gathering, record, source))]
    known = await _known(book, read)
    fresh = [pair for said in read if (pair := _settle(gathering, said, known, how.within))]
    _warn(gathering, fresh, known)
    for said, new in fresh:
        if said.sound:
            gathering.add(said.record, new)
            gathering.tally[new.role] += 1
    return gathering.plan("contributions", make, source=source)


def make(value: Any, stamp: Stamp) -> tuple[Any, ...]:
    """The row of a new contribution."""
    new: NewContribution = value
    return (
        Contribution(
            id=new_key(),
            event=new.event,
            member=new.member,
            role=new.role,
            minutes=new.minutes,
            outcome=new.outcome,
            batch=stamp.batch,
        ),
    )


def _read(gathering: Gathering, record: Record, source: str | None) -> Said | None:
    text = record.get("role") or ""
    role = ROLES.get(text) or ROLE_SPELLINGS.get(text)
    platform, time, outcome = record.get("source") or source, record.get("hours"), None
    if role is None:
        gathering.error(record, "role", UnknownPart(roles="、".join(ROLES)))
        return None
    if platform is None:
        gathering.error(record, "source", NeedsPlatform())
        return None
    if role == "mediator" and (outcome := outcome_of(record.get("note") or "")) is None:
        gathering.error(record, "note", NoOutcome())
        return None
    try:
        phone = words.phone(record.get("phone") or "")
    except PointsError as error:
        gathering.error(record, "phone", error)
        return None
    minutes, sound = None, True
    try:
        minutes = hours.minutes(time) if time else None
    except RowError as error:
        gathering.error(record, "hours", error)
        sound = False
    return Said(record, platform, record.get("event") or "", phone, role, minutes, outcome, sound)


def outcome_of(note: str) -> str | None:
    """What a mediator's note says came of it: failed, difficult, oral or ordinary; None when it says nothing known."""
    return next((outcome for marks, outcome in OUTCOMES if any(mark in note for mark in marks)), None)


async def _known(book: Book, read: list[Said]) -> Known:
    events = await _events(book, {(said.source, said.external_id) for said in read})
    people = await members.by_phone(book, (said.phone for said in read))
    contributions: dict[tuple[str, str, str], Contribution] = {}
    for part in chunks(sorted({event.id for event in events.values()})):
        for row in await Contribution.filter(event__in=part).using_db(book.reader):
            contributions[row.event, row.member, row.role] = row
    everyone = {*people.values(), *(member for _, member, _ in contributions)}
    there = await areas.many(book, {event.area for event in events.values() if event.area})
    paths = {code: area.path for code, area in there.items()}
    return Known(events, people, contributions, paths, await households.of(book, everyone))


async def _events(book: Book, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Event]:
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, external_id in sorted(wanted):
        by_source[source].append(external_id)
    found: dict[tuple[str, str], Event] = {}
    for source, ids in by_source.items():
        for part in chunks(ids):
            rows = await Event.filter(source=source, external_id__in=part).using_db(book.reader)
            for event in await latest.read(book.reader, rows):
                found[source, event.external_id] = event
    return found


def _settle(
    gathering: Gathering, said: Said, known: Known, within: Sequence[str] | None
) -> tuple[Said, NewContribution] | None:
    """The contribution meant, unless it is in the book already or cannot be told."""
    event = known.events.get((said.source, said.external_id))
    member = known.members.get(said.phone)
    if event is None or not _is_mine(event, known, within):
        why = ElsewhereCommunity() if event else UnknownCase(source=said.source)
        gathering.error(said.record, "event", why)
        return None
    if member is None:
        gathering.error(said.record, "phone", UnknownPhone())
        return None
    key = (event.id, member, said.role)
    if not said.sound:
        return said, NewContribution(*key, None, None)
    if gathering.repeats(said.record, "event", key):
        return None
    there = known.contributions.get(key)
    if there is None:
        return said, NewContribution(*key, said.minutes, said.outcome)
    if (there.minutes, there.outcome) == (said.minutes, said.outcome):
        gathering.unchanged += 1
    else:
        column = "hours" if there.minutes != said.minutes else "note"
        gathering.error(said.record, column, ImportedOtherwise(column=gathering.names[column]))
    return None


def _is_mine(event: Event, known: Known, within: Sequence[str] | None) -> bool:
    """Whether an event happened in one of these areas (None: anywhere)."""
    path = known.paths.get(event.area or "", "")
    return within is None or any(areas.covers(path, area) for area in within)


def _warn(gathering: Gathering, fresh: list[tuple[Said, NewContribution]], known: Known) -> None:
    reporters: dict[str, set[str]] = defaultdict(set)
    for event, member, role in (*known.contributions, *((n.event, n.member, n.role) for _, n in fresh)):
        if role == "reporter":
            reporters[event].add(member)
    placeless = {event.id for event in known.events.values() if event.area is None}
    for said, new in fresh:
        if new.event in placeless:
            gathering.warn(said.record, "event", CaseWithoutCommunity())
        others = reporters[new.event] if new.role == "participant" else set()
        if new.member in others:
            gathering.warn(said.record, "phone", IsReporter())
        elif any(households.same_side(new.member, other, known.homes) for other in others):
            gathering.warn(said.record, "phone", LivesWithReporter())
        if new.role == "participant" and new.minutes is None and said.sound:
            gathering.warn(said.record, "hours", NoHours())
