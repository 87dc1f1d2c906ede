"""Roles: who may do what, where and since when, by whom granted and approved; ask, approve, refuse and revoke."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import areas, grants, members, role_requests, roles
from points.people.errors import NeedsApproval, UnknownRequest
from points.people.role_requests import Asked
from web import access, bodies, entries, forms, pages, place_words, places, words
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

READERS = ("admin", "approver", "auditor")
GRANTERS = ("admin",)
A_PAGE = 50
LEVELS = ("district", "street", "community", "section", "quarter", "grid")
GIVEN = tuple(place_words.ROLES)


Link = tuple[object, str, bool]


class Wanted(FormModel):
    """A role to be given, or asked for when it takes two people."""

    key: Code = Field(title=N_("编号"))
    member: Line = Field(title=N_("谁（工号、成员号或手机号）"), max_length=40)
    role: str = Field(title=N_("哪种职责"), pattern=f"^({'|'.join(GIVEN)})$")
    area: Line = Field("", title=N_("管哪里"))
    until: date | None = Field(None, title=N_("到哪一天（可不填）"))


async def index(request: Request) -> Response:
    """GET /roles?area=&role=&member=&after=: the roles held today in one's areas, and what waits for approval."""
    return await _page(request, forms.empty(Wanted))


async def waiting(request: Request) -> int:
    """How many roles that were asked for wait for a second person."""
    return len(await _asked_for(request))


async def _asked_for(request: Request) -> list[role_requests.Asked]:
    book, mine = access.book(request), places.codes(access.who(request), READERS)
    return [
        each for each in await role_requests.waiting(book) if await role_requests.may_see(book, each, mine)
    ]


async def create(request: Request) -> Response:
    """POST /roles: give a role; one that takes two people is asked for."""
    filled = forms.read(Wanted, form(request))
    value, book, asking = filled.value, access.book(request), access.who(request)
    if value is None:
        return await _page(request, filled, status_code=422)
    area = (
        places.read(value.area, await places.offered(book, asking, GRANTERS, LEVELS)) if value.area else None
    )
    if value.area and area is None:
        return await _page(request, filled.failed("area", Say(NO_PLACE)), status_code=422)
    if area is None and None not in asking.areas("admin"):
        return await _page(request, filled.failed("area", Say(NOT_EVERYWHERE)), status_code=422)
    try:
        member = (await members.find(book, value.member)).number
        wanted = {"member": member, "role": value.role, "area": area, "by": asking.member, "on": book.today()}
        try:
            await roles.grant(book, **wanted, until=value.until)
        except NeedsApproval:
            asked = await role_requests.ask(book, **wanted, until=value.until, key=value.key)
            return pages.see(str(request.app.url_path_for("roles.request", request=asked.id)))
    except PointsError as refusal:
        named = (
            "area" if "Area" in type(refusal).__name__ or "Allowed" in type(refusal).__name__ else "member"
        )
        return await _page(request, filled.failed(named, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("roles")) + "?" + urlencode({"member": member}))


NO_PLACE = N_("没有找到这个地方。请写区划的名字，同名的写代码。")
NOT_EVERYWHERE = N_("请写管哪里：您不管全部，不能授予全部的职责。")


async def show_request(request: Request) -> Response:
    """GET /roles/requests/{request}: what is asked, as both people see it."""
    return await _request(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /roles/requests/{request}: approve or refuse what was seen; twice is once."""
    asked = await _find(request)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _request(request, filled, status_code=422)
    try:
        await role_requests.decide(
            access.book(request),
            asked.id,
            approved=filled.value.approved,
            digest=filled.value.digest,
            by=access.who(request).member,
        )
    except PointsError as refusal:
        return await _request(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("roles.request", request=asked.id)))


async def revoke(request: Request) -> Response:
    """POST /roles/{grant}/revocation: take a role back, from the next request on; twice is once."""
    book, asking = access.book(request), access.who(request)
    listed = await grants.listed(
        book, places.codes(asking, GRANTERS), book.today(), key=request.path_params["grant"]
    )
    if not listed:
        raise HTTPException(404)
    try:
        await roles.revoke(book, grant=listed[0].id, by=asking.member, on=book.today())
    except PointsError as refusal:
        return await _page(request, forms.empty(Wanted).failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("roles")))


async def _page(request: Request, filled: Filled[Wanted], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    query = bodies.query(request)
    chosen = {name: query.one(name) for name in ("area", "role", "member")}
    mine = places.codes(asking, READERS)
    listed = await grants.listed(
        book, mine, book.today(), **chosen, after=query.one("after"), limit=A_PAGE + 1
    )
    shown = listed[:A_PAGE]
    waiting = await _asked_for(request)
    approved = await role_requests.approved_by(book, [g.id for g in shown])
    numbers = {g.member for g in shown} | {g.granted_by for g in shown} | set(approved.values())
    people = await members.many(book, numbers | {n for a in waiting for n in (a.member, a.asked_by)})
    codes = {g.area for g in shown if g.area} | {a.area for a in waiting if a.area}
    gives = bool(asking.roles & set(GRANTERS))
    return pages.render(
        request,
        "roles.html",
        status_code=status_code,
        filled=filled,
        chosen=chosen,
        links=_links(request, chosen),
        shown=shown,
        more=_more(request, chosen, shown[-1].id) if len(listed) > A_PAGE else None,
        waiting=waiting,
        approved=approved,
        names={number: who.name or number for number, who in people.items()},
        places=await areas.many(book, codes),
        offered=await places.offered(book, asking, GRANTERS, LEVELS) if gives else [],
        gives=gives,
        options=[(name, Say(label)) for name, label in place_words.ROLES.items()],
        told=place_words,
        words=words,
        today=book.today(),
    )


def _links(request: Request, chosen: dict[str, str]) -> list[Link]:
    """The filters by role, keeping the others."""
    path = str(request.app.url_path_for("roles"))
    rest = {name: value for name, value in chosen.items() if value and name != "role"}

    def href(role: str) -> str:
        asked = urlencode(rest | ({"role": role} if role else {}))
        return path + (f"?{asked}" if asked else "")

    every: list[Link] = [(Say(N_("全部职责")), href(""), not chosen["role"])]
    return every + [(Say(label), href(n), chosen["role"] == n) for n, label in place_words.ROLES.items()]


def _more(request: Request, chosen: dict[str, str], after: str) -> str:
    asked = {name: value for name, value in chosen.items() if value} | {"after": after}
    return str(request.app.url_path_for("roles")) + "?" + urlencode(asked)


async def _find(request: Request) -> Asked:
    book, asking = access.book(request), access.who(request)
    try:
        asked = await role_requests.find(book, str(request.path_params["request"]))
    except UnknownRequest:
        raise HTTPException(404) from None
    if not await role_requests.may_see(book, asked, places.codes(asking, READERS)):
        raise HTTPException(404)
    return asked


async def _request(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    asked, book = await _find(request), access.book(request)
    return pages.render(
        request,
        "role_request.html",
        status_code=status_code,
        filled=filled,
        asked=asked,
        names=await entries.staff_names(book, [asked.member, asked.asked_by, asked.decided_by]),
        place=(await areas.many(book, [asked.area])).get(asked.area) if asked.area else None,
        why=await why_not(role_requests.require_second(book, asked, by=access.who(request).member)),
        told=place_words,
        words=words,
        today=book.today(),
    )
