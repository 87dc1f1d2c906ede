"""What is arranged for events: the units they are sent to, campaigns with their dates, and the week of 吹哨报到."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import campaigns, caseload, duties, satisfaction, units, week, workdays
from points.events.campaign_records import Campaign
from points.events.errors import BadCampaign, UnknownCampaign, UnknownEvent
from points.people import areas
from points.people.errors import NotAllowed
from web import access, bodies, event_words, forms, mediation_words, pages, paging, places, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.events import READERS

LEVELS = ("district", "street", "community")
JOINED = "joined-"
"""Begins the fields that turn the second list of a campaign's page."""
NO_PLACE = N_("没有找到这个地方。请写区划的名字，同名的写代码。")


class NewUnit(FormModel):
    """A unit to be added."""

    code: Line = Field(title=N_("单位代码"), max_length=32, pattern=r"^[0-9A-Za-z-]+$")
    name: Line = Field(title=N_("单位名字"), max_length=60)
    kind: Literal["department", "sponsor"] = Field(title=N_("哪一种单位"))
    area: Line = Field(title=N_("管哪一片"))


class NewCampaign(FormModel):
    """A campaign to be announced."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("行动的名字"), max_length=40)
    area: Line = Field(title=N_("在哪一片"))
    starts_on: date = Field(title=N_("从哪一天"))
    ends_on: date = Field(title=N_("到哪一天"))


async def show_units(request: Request) -> Response:
    """GET /units: the units of one's areas, and what reporters gave them within a year."""
    return await _units(request, forms.empty(NewUnit, kind="department"))


async def add_unit(request: Request) -> Response:
    """POST /units: adds one; the same again changes nothing."""
    filled = forms.read(NewUnit, form(request))
    value = filled.value
    if value is None:
        return await _units(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    area = places.read(value.area, await places.offered(book, asking, duties.SETTERS, LEVELS))
    if area is None:
        return await _units(request, filled.failed("area", Say(NO_PLACE)), status_code=422)
    try:
        await units.add(book, value.code, value.name, area=area, kind=value.kind, by=asking.member)
    except PointsError as refusal:
        field = "code" if "Unit" in type(refusal).__name__ else "area"
        return await _units(request, filled.failed(field, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("units")))


async def show_campaigns(request: Request) -> Response:
    """GET /campaigns: those of one's areas, the latest first."""
    today = access.book(request).today().isoformat()
    return await _campaigns(request, forms.empty(NewCampaign, starts_on=today))


async def begin_campaign(request: Request) -> Response:
    """POST /campaigns: announces one, once for each key."""
    filled = forms.read(NewCampaign, form(request))
    value = filled.value
    if value is None:
        return await _campaigns(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    area = places.read(value.area, await places.offered(book, asking, duties.SETTERS, LEVELS))
    if area is None:
        return await _campaigns(request, filled.failed("area", Say(NO_PLACE)), status_code=422)
    days = {"starts_on": value.starts_on, "ends_on": value.ends_on}
    try:
        begun = await campaigns.begin(book, value.name, area=area, by=asking.member, key=value.key, **days)
    except PointsError as refusal:
        field = "ends_on" if isinstance(refusal, BadCampaign) else "area"
        return await _campaigns(request, filled.failed(field, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("campaign", campaign=begun.id)))


class Joining(FormModel):
    """An event that joins a campaign."""

    key: Code = Field(title=N_("编号"))
    number: Line = Field(title=N_("事件编号"), max_length=80)


async def show_campaign(request: Request) -> Response:
    """GET /campaigns/{campaign}: its dates, what was held for it and what joined it."""
    return await _campaign(request, forms.empty(Joining))


async def join_campaign(request: Request) -> Response:
    """POST /campaigns/{campaign}: a report, a mediation or anything else joins it; twice is once."""
    found = await _the_campaign(request)
    filled = forms.read(Joining, form(request))
    value, book, by = filled.value, access.book(request), access.who(request).member
    if value is None:
        return await _campaign(request, filled)
    try:
        await campaigns.join(book, found.id, value.number, by=by, key=value.key)
    except NotAllowed:  # somebody else's is as if it were not there
        gone = UnknownEvent(event=value.number.strip().upper())
        return await _campaign(request, filled.failed("number", said(gone)))
    except PointsError as refusal:
        return await _campaign(request, filled.failed("number", said(refusal)))
    return pages.see(str(request.app.url_path_for("campaign", campaign=found.id)))


async def _the_campaign(request: Request) -> Campaign:
    book = access.book(request)
    mine = places.codes(access.who(request), READERS)
    try:
        return await campaigns.find(book, str(request.path_params["campaign"]), mine)
    except UnknownCampaign:
        raise HTTPException(404) from None


async def _campaign(request: Request, filled: Filled[Joining]) -> Response:
    book, found = access.book(request), await _the_campaign(request)
    held = await campaigns.gatherings(book, found.id, paging.turn(request))
    joined = await campaigns.joined(book, found.id, paging.turn(request, JOINED))
    return pages.render(
        request,
        "campaign.html",
        status_code=422 if filled.errors else 200,
        filled=filled,
        joined=joined,
        joined_turns=paging.links(request, joined, JOINED),
        joins=bool(access.who(request).roles & set(campaigns.JOINERS)),
        campaign=found,
        held=held,
        turns=paging.links(request, held),
        files=bool(access.who(request).roles & set(duties.FILERS)),
        words=words,
    )


async def show_week(request: Request) -> Response:
    """GET /week?day=: Monday to Wednesday collected, Thursday's list, Friday's activity; this week at first."""
    book, asking = access.book(request), access.who(request)
    day = _day(bodies.query(request).one("day")) or book.today()
    read = await week.read(book, places.codes(asking, READERS), day)
    return pages.render(
        request,
        "week.html",
        week=read,
        due=await caseload.due(book, places.codes(asking, READERS), read.days[0] + timedelta(days=6)),
        disputes=mediation_words,
        today=book.today(),
        before=(read.days[0] - timedelta(days=7)).isoformat(),
        after=(read.days[0] + timedelta(days=7)).isoformat(),
        friday=week.FRIDAY,
        known_until=workdays.known_until(),
        files=bool(asking.roles & set(duties.FILERS)),
        told=event_words,
        words=words,
    )


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if date(2000, 1, 1) <= found <= date(2100, 1, 1) else None


async def _units(request: Request, filled: Filled[NewUnit], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    listed = await units.under(book, places.codes(asking, READERS))
    named = await areas.many(book, {unit.area for unit in listed})
    return pages.render(
        request,
        "units.html",
        status_code=status_code,
        filled=filled,
        units=listed,
        areas=named,
        boards=await satisfaction.boards(book, [unit.code for unit in listed]),
        sets=bool(asking.roles & set(duties.SETTERS)),
        places=await places.offered(book, asking, duties.SETTERS, LEVELS),
        kinds=[(kind, Say(label)) for kind, label in event_words.UNIT_KINDS.items()],
        told=event_words,
    )


async def _campaigns(request: Request, filled: Filled[NewCampaign], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    listed = await campaigns.under(book, places.codes(asking, READERS), paging.turn(request))
    return pages.render(
        request,
        "campaigns.html",
        turns=paging.links(request, listed),
        status_code=status_code,
        filled=filled,
        campaigns=listed,
        areas=await areas.many(book, {row.area for row in listed}),
        sets=bool(asking.roles & set(duties.SETTERS)),
        places=await places.offered(book, asking, duties.SETTERS, LEVELS),
        today=book.today().isoformat(),
        words=words,
    )
