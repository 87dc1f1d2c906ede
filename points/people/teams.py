"""Volunteer teams (志愿队) and who joined them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ledger.book import Book
from points.keys import new_key
from points.people.models import Team, TeamJoin

AT_ONCE = 500


async def of(book: Book, members: Iterable[str]) -> dict[str, list[str]]:
    """The teams each member joined, in the order they joined; members of no team have an empty list."""
    wanted = sorted(set(members))
    teams: dict[str, list[str]] = defaultdict(list, {member: [] for member in wanted})
    for start in range(0, len(wanted), AT_ONCE):
        joins = TeamJoin.filter(member__in=wanted[start : start + AT_ONCE]).using_db(book.reader)
        for member, team in await joins.order_by("joined_on", "id").values_list("member", "team"):
            if team not in teams[member]:
                teams[member].append(team)
    return dict(teams)


async def join(book: Book, team: str, member: str, *, area: str, on: date) -> None:
    """A member joins a team, which is formed in `area` if it is new; joining twice changes nothing."""
    async with book.write() as db:
        if await TeamJoin.filter(team=team, member=member).using_db(db).exists():
            return
        if not await Team.filter(name=team).using_db(db).exists():
            await Team.create(using_db=db, name=team, area=area, formed_on=on.isoformat())
        await TeamJoin.create(using_db=db, id=new_key(), team=team, member=member, joined_on=on.isoformat())
