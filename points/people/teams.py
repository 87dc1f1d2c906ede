"""Volunteer teams (志愿队) and mediation studios (调解室): their number, who leads them, who joined and who left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.evidence import acts
from points.keys import new_key
from points.people import areas, members, roles
from points.people.errors import BadTeamName, TeamTaken, UnknownTeam
from points.people.models import Team, TeamJoin
from points.people.records import Ending, TeamLeader, TeamNumber
from points.people.twice import merges

AT_ONCE = 500
TRIES = 20
KINDS = {"team": "志愿队", "studio": "调解室"}
LETTERS = {"team": "T", "studio": "D"}
KEEPERS = ("admin", "grid_head")
"""Who registers teams and studios and keeps their rosters, in their area."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A team or studio: its number, name, kind, area, day, and who leads it (None: nobody yet)."""

    number: str
    name: str
    kind: str
    area: str
    formed_on: str
    leader: str | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody on a roster, since a day."""

    member: str
    since: str


async def of(book: Book, members: Iterable[str]) -> dict[str, list[str]]:
    """The teams each member is in, in the order they joined; members of no team have an empty list.

    Under whichever of their numbers they joined, when some were merged.
    """
    teams: dict[str, list[str]] = defaultdict(list, {member: [] for member in sorted(set(members))})
    names = await merges.names(book, teams)
    wanted = sorted(names)
    for start in range(0, len(wanted), AT_ONCE):
        joins = TeamJoin.filter(member__in=wanted[start : start + AT_ONCE]).using_db(book.reader)
        for row in await _standing(book.reader, await joins.order_by("joined_on", "id")):
            if row.team not in teams[names[row.member]]:
                teams[names[row.member]].append(row.team)
    return dict(teams)


async def join(book: Book, team: str, member: str, *, area: str, on: date) -> None:
    """A member joins a team, which is formed in `area` if it is new; joining twice changes nothing.

    For files of members: who keeps a roster by hand uses `enter`.
    """
    async with book.write() as db:
        if await _standing(db, await TeamJoin.filter(team=team, member=member).using_db(db)):
            return
        if not await Team.filter(name=team).using_db(db).exists():
            await Team.create(using_db=db, name=team, area=area, formed_on=on.isoformat())
        await TeamJoin.create(using_db=db, id=new_key(), team=team, member=member, joined_on=on.isoformat())


async def register(
    book: Book, name: str, *, kind: str, area: str, leader: str | None, by: str, key: str
) -> Registered:
    """Give a team or studio its number, by an admin or head of a grid there; one that files formed keeps its roster.

    The same key again answers with the same. Raises BadTeamName, TeamTaken, UnknownArea, UnknownMember, NotAllowed.
    """
    named = " ".join(name.split())
    if kind not in KINDS or not 1 <= len(named) <= 80 or not named.isprintable():
        raise BadTeamName
    there = await Team.get_or_none(name=named, using_db=book.reader)
    place = there.area if there else area
    await _may(book, place, by=by)
    lead = (await members.find(book, leader)).number if leader else None
    reference, on = f"team/{book.today()}/{key}", book.today().isoformat()
    for _ in range(TRIES):
        taken = await TeamNumber.get_or_none(team=named, using_db=book.reader)
        asked = {"kind": kind, "leader": lead or "", "name": named}
        if done := await acts.before(book, reference, _request("register", asked)):
            return await find(book, done.subject.partition("/")[0])
        if taken is not None:
            raise TeamTaken(name=named, number=taken.number)
        number = await _next(book, kind)
        rows: list[Any] = [
            TeamNumber(
                number=number, team=named, kind=kind, registered_on=on, registered_by=by, reference=reference
            )
        ]
        if there is None:
            rows.append(Team(name=named, area=place, formed_on=on))
        if lead:
            rows.append(TeamLeader(id=new_key(), team=named, member=lead, from_on=on, named_by=by))
        try:
            facts = {"kind": kind, "leader": lead or ""}
            await _post(book, number, facts, rows, "register", by=by, key=key, asked=asked)
        except RowConflict:
            continue  # somebody else took this number, or this name, in the meantime
        return await find(book, (await acts.subject(book, reference)).partition("/")[0])
    raise Busy


async def find(book: Book, number: str) -> Registered:
    """A team or studio by its number; raises UnknownTeam."""
    known = len(number) <= 16  # a longer one cannot be asked for
    row = await TeamNumber.get_or_none(number=number, using_db=book.reader) if known else None
    if row is None:
        raise UnknownTeam(team=number)
    return (await _read(book, [row]))[0]


async def names(book: Book, numbers: Sequence[str]) -> dict[str, str]:
    """What these teams and studios are called, by number. One statement, none for none."""
    rows = await TeamNumber.filter(number__in=list(numbers)).using_db(book.reader) if numbers else []
    return {str(row.number): str(row.team) for row in rows}


async def under(book: Book, codes: Sequence[str | None]) -> list[Registered]:
    """The teams and studios of some areas and below (None: all), by number. Six statements."""
    inside, values = ("1 = 1", []) if None in codes else await areas.below(book, [c for c in codes if c])
    sql = f"""
SELECT n.number FROM people_team_number AS n JOIN people_team AS t ON t.name = n.team
JOIN people_area AS a ON a.code = t.area WHERE {inside} ORDER BY n.number"""  # noqa: S608 - ranges only
    numbers = [row["number"] for row in await book.reader.execute_query_dict(sql, values)]
    rows = await TeamNumber.filter(number__in=numbers).using_db(book.reader).order_by("number")
    return await _read(book, rows)


async def roster(book: Book, name: str) -> list[Joined]:
    """Who is in a team now, in the order they joined; who joined under two numbers that were merged is in it once."""
    rows = await TeamJoin.filter(team=name).using_db(book.reader).order_by("joined_on", "id")
    first: dict[str, str] = {}
    joined = await _standing(book.reader, rows)
    closed = await merges.into(book, {row.member for row in joined})
    for row in joined:
        first.setdefault(closed.get(row.member, row.member), row.joined_on)
    return [Joined(member, since) for member, since in first.items()]


async def members_of(book: Book, number: str) -> list[Joined]:
    """Who is in a team now, by its number. Raises UnknownTeam."""
    return await roster(book, (await find(book, number)).name)


async def enter(book: Book, number: str, member: str, *, by: str, key: str) -> None:
    """Somebody joins; who is in already changes nothing. Raises UnknownTeam, UnknownMember, NotAllowed."""
    team = await find(book, number)
    await _may(book, team.area, by=by)
    who = (await members.find(book, member)).number
    if who in {each.member for each in await roster(book, team.name)}:
        return
    row = TeamJoin(id=new_key(), team=team.name, member=who, joined_on=book.today().isoformat())
    await _post(book, number, {"member": who, "team": number}, [row], "enter", by=by, key=key)


async def leave(book: Book, number: str, member: str, *, by: str, key: str) -> None:
    """Somebody leaves; who is not in it changes nothing. Raises UnknownTeam, NotAllowed."""
    team = await find(book, number)
    await _may(book, team.area, by=by)
    joins = TeamJoin.filter(team=team.name, member__in=await merges.group(book, member)).using_db(book.reader)
    on = book.today().isoformat()
    ends = [
        Ending(joined=row.id, kind="team", ended_on=on, ended_by=by)
        for row in await _standing(book.reader, await joins)
    ]
    if ends:
        await _post(book, number, {"member": member, "team": number}, ends, "leave", by=by, key=key)


async def lead(book: Book, number: str, member: str, *, by: str, key: str) -> None:
    """Name the leader; who leads it already changes nothing. Raises UnknownTeam, UnknownMember, NotAllowed."""
    team = await find(book, number)
    await _may(book, team.area, by=by)
    who = (await members.find(book, member)).number
    if who != team.leader:
        on = book.today().isoformat()
        row = TeamLeader(id=new_key(), team=team.name, member=who, from_on=on, named_by=by)
        await _post(book, number, {"member": who, "team": number}, [row], "lead", by=by, key=key)


async def _standing(db: Any, rows: Sequence[TeamJoin]) -> list[TeamJoin]:
    """Those joinings that have not ended."""
    ended = await Ending.filter(kind="team", joined__in=[row.id for row in rows]).using_db(db) if rows else []
    gone = {row.joined for row in ended}
    return [row for row in rows if row.id not in gone]


async def _read(book: Book, rows: Sequence[TeamNumber]) -> list[Registered]:
    names = [row.team for row in rows]
    there = {row.name: row for row in await Team.filter(name__in=names).using_db(book.reader)}
    led = TeamLeader.filter(team__in=names).using_db(book.reader).order_by("from_on", "id")
    leaders = {row.team: row.member for row in await led}
    closed = await merges.into(book, leaders.values())
    leaders = {team: closed.get(member, member) for team, member in leaders.items()}
    return [
        Registered(r.number, r.team, r.kind, there[r.team].area, there[r.team].formed_on, leaders.get(r.team))
        for r in rows
    ]


async def _next(book: Book, kind: str) -> str:
    letter = LETTERS[kind]
    of_kind = TeamNumber.filter(kind=kind).using_db(book.reader).order_by("-number")
    last = await of_kind.first()
    return f"{letter}-{int(last.number[2:]) + 1 if last else 1:04}"


async def _may(book: Book, area: str, *, by: str) -> None:
    path = await areas.path(book, area)
    for role in KEEPERS[1:]:
        if await roles.holds(book, by, role, path, book.today()):
            return
    await roles.require(book, by, KEEPERS[0], path, book.today())


async def _post(
    book: Book,
    number: str,
    facts: dict[str, str],
    rows: Sequence[Any],
    verb: str,
    *,
    by: str,
    key: str,
    asked: dict[str, str] | None = None,
) -> None:
    said, about = {**facts, "by": by, "verb": verb}, ("team", f"{number}/{key}")
    request = _request(verb, asked or facts)
    await acts.post(book, f"team/{book.today()}/{key}", about, said, rows, request=request)


def _request(verb: str, facts: dict[str, str]) -> dict[str, str]:
    return {**facts, "verb": f"team {verb}"}
