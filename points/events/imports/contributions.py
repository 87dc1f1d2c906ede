"""Import contributions: who did what in which event, for how long, and with what outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ledger.book import Book
from ledger.transactions import Bulk
from points.errors import PointsError
from points.events.errors import NeedsSource
from points.events.imports import hours, lookups
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
from points.events.imports.gathering import HOW, Gathering, How, batched, gather
from points.events.imports.lookups import Happened
from points.events.imports.packing import Packed
from points.events.imports.plan import Plan, Stamp
from points.events.imports.reporters import Reporters
from points.events.models import Contribution
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


class Said(NamedTuple):
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


class NewContribution(NamedTuple):
    """A contribution the book has not."""

    event: str
    member: str
    role: str
    minutes: int | None
    outcome: str | None


class Settled(NamedTuple):
    """A row whose event and member are known and which the book has not, on its way to what else is to be said."""

    row: int
    new: NewContribution
    sound: bool
    placeless: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of what a part of a file names."""

    events: Mapping[tuple[str, str], Happened]
    members: Mapping[str, str]
    contributions: Mapping[tuple[str, str, str], tuple[int | None, str | None]]
    paths: Mapping[str, str]


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
    settled, reporters = Packed[Settled](), Reporters()
    read = (said for record in gathering.sound(progress) if (said := _read(gathering, record, source)))
    for part in batched(read):
        known = await _known(book, part)
        fresh = [one for said in part if (one := _settle(gathering, said, known, how.within))]
        reporters.add((*known.contributions, *(one.new[:3] for one in fresh)))
        for one in fresh:
            settled.append(one)
    for done in settled.parts():
        await _warn(book, gathering, done, reporters)
        for one in done:
            if one.sound:
                gathering.add(one.row, one.new)
                gathering.tally[one.new.role] += 1
    return gathering.plan("contributions", make, source=source)


def make(values: Sequence[NewContribution], stamp: Stamp) -> tuple[Bulk, ...]:
    """The rows of new contributions."""
    fields = ("id", "batch", *NewContribution._fields)
    return (Bulk(Contribution, fields, [(new_key(), stamp.batch, *new) for new in values]),)


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


async def _known(book: Book, read: Sequence[Said]) -> Known:
    """One statement for each source, and five."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for said in read:
        by_source[said.source].append(said.external_id)
    events: dict[tuple[str, str], Happened] = {}
    for source, numbers in by_source.items():
        found = await lookups.events(book, source, numbers)
        events.update({(source, number): event for number, event in found.items()})
    there = await areas.many(book, {event.area for event in events.values() if event.area})
    return Known(
        events,
        await members.by_phone(book, (said.phone for said in read)),
        await lookups.contributions(book, (event.key for event in events.values())),
        {code: area.path for code, area in there.items()},
    )


def _settle(gathering: Gathering, said: Said, known: Known, within: Sequence[str] | None) -> Settled | None:
    """The contribution meant, unless it is in the book already or cannot be told."""
    event = known.events.get((said.source, said.external_id))
    member = known.members.get(said.phone)
    record, row = said.record, said.record.number
    if event is None or not _is_mine(event, known, within):
        gathering.error(record, "event", ElsewhereCommunity() if event else UnknownCase(source=said.source))
        return None
    if member is None:
        gathering.error(record, "phone", UnknownPhone())
        return None
    key = (event.key, member, said.role)
    if not said.sound:
        return Settled(row, NewContribution(*key, None, None), False, event.area is None)
    if gathering.repeats(record, "event", "/".join(key)):
        return None
    there = known.contributions.get(key)
    if there is None:
        new = NewContribution(*key, said.minutes, said.outcome)
        return Settled(row, new, True, event.area is None)
    if there == (said.minutes, said.outcome):
        gathering.unchanged += 1
    else:
        column = "hours" if there[0] != said.minutes else "note"
        gathering.error(record, column, ImportedOtherwise(column=gathering.names[column]))
    return None


def _is_mine(event: Happened, known: Known, within: Sequence[str] | None) -> bool:
    """Whether an event happened in one of these areas (None: anywhere)."""
    path = known.paths.get(event.area or "", "")
    return within is None or any(areas.covers(path, area) for area in within)


async def _warn(book: Book, gathering: Gathering, part: Sequence[Settled], reporters: Reporters) -> None:
    """What somebody should know of rows that are in order. Two statements for each 500 people."""
    others = {one.row: reporters.of(one.new.event) for one in part if one.new.role == "participant"}
    people = {one.new.member for one in part if one.row in others}.union(*others.values())
    homes = await households.of(book, people)
    for one in part:
        _warn_of(gathering, one, others.get(one.row, ()), homes)


def _warn_of(
    gathering: Gathering, one: Settled, others: Collection[str], homes: Mapping[str, str | None]
) -> None:
    found: list[tuple[str, PointsError]] = []
    if one.placeless:
        found.append(("event", CaseWithoutCommunity()))
    if one.new.member in others:
        found.append(("phone", IsReporter()))
    elif any(households.same_side(one.new.member, other, homes) for other in others):
        found.append(("phone", LivesWithReporter()))
    if one.new.role == "participant" and one.new.minutes is None and one.sound:
        found.append(("hours", NoHours()))
    for key, why in found:
        gathering.warn(gathering.record(one.row), key, why)
