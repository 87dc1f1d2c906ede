"""Import members: names, phones, kinds, communities, teams, households. The phone says who somebody is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ledger.book import Book
from points.errors import PointsError
from points.events.imports.columns import Column, Record
from points.events.imports.communities import Communities
from points.events.imports.errors import PhoneKnown, RowError, TooLong, UnknownKind
from points.events.imports.gathering import HOW, Gathering, How, chunks, gather
from points.events.imports.plan import Plan, Stamp
from points.keys import new_key
from points.people import areas, households, kinds, members, numbers, teams, words
from points.people.members import Someone
from points.people.models import Household, HouseholdJoin, Team, TeamJoin
from points.progress import Progress, quiet

COLUMNS = (
    Column("name", "姓名", ("名字", "成员姓名")),
    Column("phone", "手机", ("手机号", "手机号码", "电话", "联系电话", "联系方式")),
    Column("kind", "成员类别", ("类别", "人员类别", "身份类别")),
    Column("community", "社区", ("所属社区", "社区名称", "村", "社区/村")),
    Column("team", "志愿队", ("志愿服务队", "所属志愿队"), needed=False),
    Column("household", "家庭户号", ("户号", "家庭户"), needed=False),
    Column("birthday", "生日", ("出生日期", "出生月日"), needed=False),
)


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member as the file has them, and whether their household and team begin with them."""

    someone: Someone
    household: str | None
    team: str | None
    forms_household: bool = False
    forms_team: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of the people and groups a file names."""

    by_phone: Mapping[str, Someone]
    homes: Mapping[str, str | None]
    teams_of: Mapping[str, Sequence[str]]
    households: set[str]
    teams: set[str]


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
    read = []
    for record in gathering.sound(progress):
        member = _read(gathering, record, places)
        if member and not gathering.repeats(record, "phone", member.someone.phone):
            read.append((record, member))
    known = await _known(book, [member for _, member in read])
    last = {letter: await numbers.last(book.reader, letter) for letter in "VS"}
    for record, member in read:
        _settle(gathering, record, member, known, last)
    return gathering.plan("members", make, source=source, questions=places.questions())


def make(value: Any, stamp: Stamp) -> tuple[Any, ...]:
    """The rows of a new member: the member, the person, and what they join; groups are formed by their first."""
    new: NewMember = value
    number, day = new.someone.number, stamp.on.isoformat()
    rows: list[Any] = [*members.rows_of(new.someone, on=stamp.on, batch=stamp.batch)]
    if new.household:
        if new.forms_household:
            rows.append(Household(number=new.household, formed_on=day))
        rows.append(HouseholdJoin(id=new_key(), household=new.household, member=number, joined_on=day))
    if new.team:
        if new.forms_team:
            rows.append(Team(name=new.team, area=new.someone.area, formed_on=day))
        rows.append(TeamJoin(id=new_key(), team=new.team, member=number, joined_on=day))
    return tuple(rows)


def _read(gathering: Gathering, record: Record, places: Communities) -> NewMember | None:
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
    someone = Someone("", kind, place.code, facts["name"], facts["phone"], facts["birthday"])
    return NewMember(someone, record.get("household"), record.get("team"))


async def _known(book: Book, new: Sequence[NewMember]) -> Known:
    number_of = await members.by_phone(book, [m.someone.phone for m in new if m.someone.phone])
    there = await members.many(book, number_of.values())
    homes, groups = set[str](), set[str]()
    for part in chunks(sorted({m.household for m in new if m.household})):
        homes.update(h.number for h in await Household.filter(number__in=part).using_db(book.reader))
    for part in chunks(sorted({m.team for m in new if m.team})):
        groups.update(t.name for t in await Team.filter(name__in=part).using_db(book.reader))
    return Known(
        by_phone={phone: there[number] for phone, number in number_of.items()},
        homes=await households.of(book, there),
        teams_of=await teams.of(book, there),
        households=homes,
        teams=groups,
    )


def _settle(
    gathering: Gathering, record: Record, member: NewMember, known: Known, last: dict[str, int]
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
    forms_household = member.household is not None and member.household not in known.households
    forms_team = member.team is not None and member.team not in known.teams
    known.households.add(member.household or "")
    known.teams.add(member.team or "")
    gathering.add(record, NewMember(numbered, member.household, member.team, forms_household, forms_team))
    gathering.tally[someone.kind] += 1


def _compare(gathering: Gathering, record: Record, member: NewMember, there: Someone, known: Known) -> None:
    new, joined = member.someone, known.teams_of.get(there.number, ())
    same = {
        "name": new.name == there.name,
        "kind": new.kind == there.kind,
        "community": new.area == there.area,
        "team": member.team is None or member.team in joined,
        "household": member.household is None or member.household == known.homes.get(there.number),
        "birthday": new.birthday is None or new.birthday == there.birthday,
    }
    different = next((key for key, is_same in same.items() if not is_same), None)
    if different is None:
        gathering.unchanged += 1
    else:
        why = PhoneKnown(number=there.number, column=gathering.names[different])
        gathering.error(record, different, why)
