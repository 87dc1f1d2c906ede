"""Import members: names, phones, kinds, communities, teams, households. The phone says who somebody is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ledger.book import Book
from ledger.transactions import Bulk
from points.errors import PointsError
from points.events.imports import births, lookups
from points.events.imports.columns import Column, Record
from points.events.imports.communities import Communities
from points.events.imports.errors import PhoneKnown, RowError, TooLong, UnknownKind
from points.events.imports.firsts import Firsts
from points.events.imports.gathering import HOW, Gathering, How, batched, gather
from points.events.imports.plan import Plan, Stamp
from points.keys import new_key
from points.people import ages, areas, consents, households, kinds, members, numbers, teams, words
from points.people.members import NO_DETAILS, Details, Someone
from points.people.models import Household, HouseholdJoin, Member, Person, Team, TeamJoin
from points.people.records import Consent
from points.progress import Progress, quiet

COLUMNS = (
    Column("name", "姓名", ("名字", "成员姓名")),
    Column("phone", "手机", ("手机号", "手机号码", "电话", "联系电话", "联系方式")),
    Column("kind", "成员类别", ("类别", "人员类别", "身份类别")),
    Column("community", "社区", ("所属社区", "社区名称", "村", "社区/村")),
    Column("team", "志愿队", ("志愿服务队", "所属志愿队"), needed=False),
    Column("household", "家庭户号", ("户号", "家庭户"), needed=False),
    Column("birthday", "生日", ("出生日期", "出生月日"), needed=False),
    *births.COLUMNS,
)
MEMBER = ("number", "kind", "area", "enrolled_on", "batch")
PERSON = (
    "member",
    "name",
    "phone",
    "phone_tail",
    "birthday",
    "born_year",
    "guardian_name",
    "guardian_phone",
)
CONSENT = ("id", "member", "what", "given_on", "recorded_by", "reference")


class NewMember(NamedTuple):
    """A member as the file has them, and whether their household and team begin with them."""

    someone: Someone
    household: str | None
    team: str | None
    forms_household: bool = False
    forms_team: bool = False
    details: Details = NO_DETAILS
    child: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of the people and groups a file names."""

    by_phone: Mapping[str, Someone]
    details: Mapping[str, Details]
    homes: Mapping[str, str | None]
    teams_of: Mapping[str, Sequence[str]]
    households: Collection[str]
    teams: Collection[str]


async def plan(
    book: Book,
    path: Path,
    *,
    source: str | None = None,
    under: str | None = None,
    how: How = HOW,
    progress: Progress = quiet,
) -> Plan:
    """What a file of members would add. A known phone is unchanged, or in error where it differs.

    Communities are matched by name, with or without 居委会; a name found in several places means the one in the
    district that most other rows are in. `under` says in which area to look.
    """
    gathering = await gather(path, COLUMNS, needs=("name", "phone", "kind", "community"), how=how)
    places = Communities(await areas.gazetteer(book, under=under), how.choices.places, how.within)
    places.settle_home(gathering.records)
    last, groups = {letter: await numbers.last(book.reader, letter) for letter in "VS"}, Firsts()
    for part in batched(_sound(gathering, places, book.today(), progress)):
        known = await _known(book, [member for _, member in part])
        for record, member in part:
            _settle(gathering, record, member, known, last, groups)
    return gathering.plan("members", make, source=source, questions=places.questions())


def make(values: Sequence[NewMember], stamp: Stamp) -> tuple[Bulk, ...]:
    """The rows of new members: the member, the person, and what they join; groups are formed by their first."""
    day, who = stamp.on.isoformat(), [value.someone for value in values]
    homes = [(new.household, day) for new in values if new.forms_household]
    teams = [(new.team, new.someone.area, day) for new in values if new.forms_team]
    homed = [(new_key(), new.household, new.someone.number, day) for new in values if new.household]
    agreed = [
        (new_key(), new.someone.number, consents.GUARDIAN, day, stamp.by, f"import/{stamp.batch}")
        for new in values
        if new.child
    ]
    teamed = [(new_key(), new.team, new.someone.number, day) for new in values if new.team]
    return (
        Bulk(Member, MEMBER, [(one.number, one.kind, one.area, day, stamp.batch) for one in who]),
        Bulk(Person, PERSON, [_person(new) for new in values]),
        Bulk(Household, ("number", "formed_on"), homes),
        Bulk(HouseholdJoin, ("id", "household", "member", "joined_on"), homed),
        Bulk(Consent, CONSENT, agreed),
        Bulk(Team, ("name", "area", "formed_on"), teams),
        Bulk(TeamJoin, ("id", "team", "member", "joined_on"), teamed),
    )


def _person(new: NewMember) -> tuple[str | int | None, ...]:
    someone, more, phone = new.someone, new.details, new.someone.phone
    known = (someone.number, someone.name, phone, phone and phone[-4:], someone.birthday)
    return (*known, more.born_year, more.guardian_name, more.guardian_phone)


def _sound(
    gathering: Gathering, places: Communities, on: date, progress: Progress
) -> Iterator[tuple[Record, NewMember]]:
    """Each row that is in order by itself and the first of its phone; the others are put in error."""
    for record in gathering.sound(progress):
        member = _read(gathering, record, places, on)
        if member and not gathering.repeats(record, "phone", member.someone.phone or ""):
            yield record, member


def _read(gathering: Gathering, record: Record, places: Communities, on: date) -> NewMember | None:
    kind = kinds.read(record.get("kind") or "")
    if kind is None:
        gathering.error(record, "kind", UnknownKind(kinds="、".join(kinds.NAMES.values())))
        return None
    place = places.find(record.get("community") or "")
    if isinstance(place, RowError):
        gathering.error(record, "community", place)
        return None
    facts: dict[str, str | None] = {}
    for key, read in (("name", words.name), ("phone", words.phone), ("birthday", words.birthday)):
        cell = record.get(key)
        try:
            facts[key] = read(cell) if cell else None
        except PointsError as error:
            gathering.error(record, key, error)
            return None
    for key, longest in (("household", 20), ("team", 80)):
        if len(record.get(key) or "") > longest:
            gathering.error(record, key, TooLong(most=longest))
            return None
    try:
        details = births.read(record.cells, facts["birthday"], on)
    except births.Wrong as wrong:
        gathering.error(record, wrong.column, wrong.why)
        return None
    someone = Someone("", kind, place.code, facts["name"], facts["phone"], facts["birthday"])
    child = ages.is_child(someone.birthday, details.born_year, on)
    return NewMember(someone, record.get("household"), record.get("team"), details=details, child=child)


async def _known(book: Book, new: Sequence[NewMember]) -> Known:
    """A statement for each question; those about people only when some are known."""
    number_of = await members.by_phone(book, (m.someone.phone for m in new if m.someone.phone))
    there = await members.many(book, number_of.values())
    return Known(
        by_phone={phone: there[number] for phone, number in number_of.items()},
        details=await members.details(book, there),
        homes=await households.of(book, there),
        teams_of=await teams.of(book, there),
        households=await lookups.households(book, (m.household for m in new if m.household)),
        teams=await lookups.teams(book, (m.team for m in new if m.team)),
    )


def _settle(
    gathering: Gathering,
    record: Record,
    member: NewMember,
    known: Known,
    last: dict[str, int],
    groups: Firsts,
) -> None:
    """A known phone is compared, a new one gets the next number."""
    someone = member.someone
    there = known.by_phone.get(someone.phone or "")
    if there is not None:
        _compare(gathering, record, member, there, known)
        return
    letter = numbers.letter_of(someone.kind)
    last[letter] += 1
    numbered = replace(someone, number=words.of_ordinal(letter, last[letter]))
    gathering.add(
        record.number,
        member._replace(
            someone=numbered,
            forms_household=_forms(member.household, "household", known.households, groups, record),
            forms_team=_forms(member.team, "team", known.teams, groups, record),
        ),
    )
    gathering.tally[someone.kind] += 1


def _forms(name: str | None, kind: str, known: Collection[str], groups: Firsts, record: Record) -> bool:
    """Whether a group begins with this row: the book has it not, and no row before named it."""
    return (
        name is not None and name not in known and groups.of(f"{kind}/{name}", record.number) == record.number
    )


def _compare(gathering: Gathering, record: Record, member: NewMember, there: Someone, known: Known) -> None:
    new, joined = member.someone, known.teams_of.get(there.number, ())
    same = {
        "name": new.name == there.name,
        "kind": new.kind == there.kind,
        "community": new.area == there.area,
        "team": member.team is None or member.team in joined,
        "household": member.household is None or member.household == known.homes.get(there.number),
        "birthday": new.birthday is None or new.birthday == there.birthday,
        **{
            key: getattr(member.details, key) in (None, getattr(known.details[there.number], key))
            for key in ("born_year", "guardian_name", "guardian_phone")
        },
    }
    different = next((key for key, is_same in same.items() if not is_same), None)
    if different is None:
        gathering.unchanged += 1
    else:
        why = PhoneKnown(number=there.number, column=gathering.names[different])
        gathering.error(record, different, why)
