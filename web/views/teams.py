"""Volunteer teams and mediation studios: the list, one with its roster, and who joins, leaves and leads."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from ledger.book import Book
from ledger.statements import Entry
from points import chart
from points.awards import purse
from points.errors import PointsError
from points.market.models import Shop
from points.people import areas, members, teams
from points.people.errors import UnknownTeam
from points.people.teams import Registered
from web import access, forms, pages, place_words, places, telling, words
from web.access import form
from web.counters import shops_of
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.areas import STAFF, covers

LATEST = 20
"""How many movements of its points stand on a team's page."""
LEVELS = ("district", "street", "community", "grid")
NO_PLACE = N_("没有找到这个地方。请写区划的名字，同名的写代码。")


class NewTeam(FormModel):
    """A team or studio to be registered."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("名字"), max_length=80)
    kind: Literal["team", "studio"] = Field(title=N_("哪一种"))
    area: Line = Field(title=N_("在哪里"))
    leader: Line = Field("", title=N_("负责人（编号或手机号，可不填）"), max_length=40)


class Person(FormModel):
    """Somebody who joins, leaves or leads."""

    key: Code = Field(title=N_("编号"))
    member: Line = Field(title=N_("谁（编号或手机号）"), max_length=40)
    act: Literal["enter", "leave", "lead"] = Field(title=N_("做什么"))


async def index(request: Request) -> Response:
    """GET /teams: the teams and studios of one's areas."""
    return await _index(request, forms.empty(NewTeam, kind="team"))


async def create(request: Request) -> Response:
    """POST /teams: register one; twice is once."""
    filled = forms.read(NewTeam, form(request))
    value, book, asking = filled.value, access.book(request), access.who(request)
    if value is None:
        return await _index(request, filled, status_code=422)
    area = places.read(value.area, await places.offered(book, asking, teams.KEEPERS, LEVELS))
    if area is None:
        return await _index(request, filled.failed("area", Say(NO_PLACE)), status_code=422)
    try:
        made = await teams.register(
            book,
            value.name,
            kind=value.kind,
            area=area,
            leader=value.leader or None,
            by=asking.member,
            key=value.key,
        )
    except PointsError as refusal:
        named = "leader" if "Member" in type(refusal).__name__ else "name"
        return await _index(request, filled.failed(named, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("teams.show", team=made.number)))


async def show(request: Request) -> Response:
    """GET /teams/{team}: who leads it, who is in it, its account."""
    return await _show(request, await the_team(request), forms.empty(Person, act="enter"))


async def change(request: Request) -> Response:
    """POST /teams/{team}: somebody joins, leaves or leads; twice is once."""
    team = await the_team(request)
    filled = forms.read(Person, form(request))
    value, book, by = filled.value, access.book(request), access.who(request).member
    if value is None:
        return await _show(request, team, filled, status_code=422)
    try:
        act = {"enter": teams.enter, "leave": teams.leave, "lead": teams.lead}[value.act]
        await act(book, team.number, value.member, by=by, key=value.key)
    except PointsError as refusal:
        return await _show(request, team, filled.failed("member", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("teams.show", team=team.number)))


async def the_team(request: Request, number: str = "") -> Registered:
    """The team of this address, or of this number, if the person asking works where it is; 404 otherwise."""
    try:
        return await numbered(request, number or str(request.path_params["team"]))
    except UnknownTeam:
        raise HTTPException(404) from None


async def numbered(request: Request, number: str) -> Registered:
    """The team of a number; raises UnknownTeam for one that is elsewhere, as for one that is not."""
    book = access.book(request)
    team = await teams.find(book, number)
    if not covers(access.who(request), STAFF, await areas.find(book, team.area)):
        raise UnknownTeam(team=number)
    return team


async def _index(request: Request, filled: Filled[Any], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    listed = await teams.under(book, places.codes(asking, STAFF))
    people = await members.many(book, [team.leader for team in listed if team.leader])
    keeps = bool(asking.roles & set(teams.KEEPERS))
    return pages.render(
        request,
        "teams.html",
        status_code=status_code,
        filled=filled,
        teams=listed,
        names={number: who.name or number for number, who in people.items()},
        places=await areas.many(book, {team.area for team in listed}),
        keeps=keeps,
        offered=await places.offered(book, asking, teams.KEEPERS, LEVELS) if keeps else [],
        kinds=[(kind, Say(label)) for kind, label in place_words.TEAMS.items()],
        told=place_words,
    )


async def _show(
    request: Request, team: Registered, filled: Filled[Person], *, status_code: int = 200
) -> Response:
    book, asking = access.book(request), access.who(request)
    area = await areas.find(book, team.area)
    roster = await teams.roster(book, team.name)
    own = chart.group(team.number)
    people = await members.many(book, [*(j.member for j in roster), *([team.leader] if team.leader else [])])
    return pages.render(
        request,
        "team.html",
        status_code=status_code,
        filled=filled,
        team=team,
        area=area,
        roster=roster,
        names={number: who.name or number for number, who in people.items()},
        purse=await purse.summary_of(book, own, book.today()),
        moved=await _moved(book, own),
        shops=await _shops(request, team),
        keeps=covers(asking, teams.KEEPERS, area),
        told=place_words,
        kinds=telling.KINDS,
        words=words,
        today=book.today(),
    )


async def _moved(book: Book, owner: str) -> list[Entry]:
    """The latest movements of what can be spent, newest first. Two statements."""
    accounts = await statements.balances(book.reader, f"{owner}/until/", unit=chart.POINTS)
    keys = [(one.address, one.unit) for one in accounts]
    return await statements.history(book.reader, keys, limit=LATEST)


async def _shops(request: Request, team: Registered) -> list[Shop]:
    """The counters at which the person asking may hand something over to this team; none without its leader."""
    serves = "counter" in access.who(request).roles and team.leader
    return await shops_of(request) if serves else []
