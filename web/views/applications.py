"""Asking by a poster to be a 特约网格员, without an account; and the list from which clerks accept or refuse."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import ages, application_list, applications, areas, clerks, members, posters
from points.people.applications import Wanted
from points.people.errors import UnknownPoster
from points.people.records import Poster
from web import access, forms, i18n, limits, pages, register
from web.access import form
from web.forms import Code, Digits, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.public_reports import PER, REPORTS_AT_MOST

Consent = Literal["named", "photo", "board", "pooled"]
NEEDS_GUARDIAN = N_("未满 14 岁，要监护人自己来填：写下姓名和手机，勾上“我是监护人，我同意”。")


class Apply(FormModel):
    """What somebody says who wants to be one."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("姓名"), max_length=40)
    phone: Digits = Field(title=N_("手机"))
    born: date = Field(title=N_("出生日期"))
    agrees: list[Consent] = Field([], title=N_("下面几样，同意哪几样就勾哪几样"))
    guardian_name: Line = Field("", title=N_("监护人姓名"), max_length=40)
    guardian_phone: Digits | None = Field(None, title=N_("监护人手机"))
    guardian_agrees: list[Literal["yes"]] = Field([], title=N_("监护人的同意"))


async def show(request: Request) -> Response:
    """GET /e/{poster}"""
    return await _page(request, await _hanging(request), forms.empty(Apply))


async def create(request: Request) -> Response:
    """POST /e/{poster}: keeps it for a clerk, once for each key, and tells the number."""
    hung = await _hanging(request)
    book, now = access.book(request), request.app.state.now()
    here = "apply:" + limits.address(request)
    await limits.require(book, here, most=REPORTS_AT_MOST, now=now)
    filled = forms.read(Apply, form(request))
    value = filled.value
    if value is None:
        return await _page(request, hung, filled, status_code=422)
    await limits.count(book, here, per=PER, now=now)
    today, born = book.today(), value.born
    child = ages.possible(born, today) and ages.is_child(born.isoformat()[5:], born.year, today)
    if child and not value.guardian_agrees:
        failed = filled.failed("guardian_agrees", Say(NEEDS_GUARDIAN))
        return await _page(request, hung, failed, status_code=422)
    wanted = Wanted(
        name=value.name,
        phone=value.phone,
        born=value.born,
        language=i18n.language(),
        agrees=tuple(value.agrees),
        guardian_name=value.guardian_name if child and value.guardian_name else None,
        guardian_phone=value.guardian_phone if child else None,
    )
    try:
        number = await applications.ask(book, hung.code, wanted, key=value.key)
    except PointsError as refusal:
        failed = filled.failed(_field(refusal, wanted), said(refusal))
        return await _page(request, hung, failed, status_code=422)
    return pages.see(str(request.app.url_path_for("follow")) + f"?number={number}&new=1")


async def waiting(request: Request) -> int:
    """How many applications wait in one's areas; one more than a page, at most."""
    return len(await _undecided(request))


async def _undecided(request: Request) -> list[application_list.Waiting]:
    mine = register.mine(access.who(request))
    return await application_list.waiting(access.book(request), mine, limit=application_list.MOST + 1)


async def index(request: Request) -> Response:
    """GET /members/applications: those that wait in one's areas, the oldest first."""
    return await _index(request)


async def decide(request: Request) -> Response:
    """POST /members/applications/{application}: accepted, and the new member is shown; or refused for a reason."""
    book, by = access.book(request), access.who(request).member
    number, accepts = request.path_params["application"], form(request).one("decision") == "accept"
    mine = register.mine(access.who(request))
    if await application_list.one(book, number, mine) is None:
        return await _again(request, number)
    try:
        if accepts:
            pepper = request.app.state.settings.pepper()
            enrolled = await applications.accept(book, number, by=by, pepper=pepper)
            return pages.see(f"/members/{enrolled.number}?new=1")
        await applications.refuse(book, number, form(request).one("reason"), by=by)
    except PointsError as refusal:
        return await _index(request, wrong=(number, said(refusal)))
    return pages.see(str(request.app.url_path_for("applications")))


async def _again(request: Request, number: str) -> Response:
    """One that is decided leads where its decision leads, for whoever might have taken it; else it is not there."""
    book, mine = access.book(request), register.mine(access.who(request))
    decision = await applications.decision_of(book, number[:16])
    place = await applications.place_of(book, number[:16])
    if decision is None or place is None or not any(areas.covers(place.path, code) for code in mine):
        raise HTTPException(404)
    there = f"/members/{decision.member}" if decision.member else "/members/applications"
    return pages.see(there)


async def _index(request: Request, *, wrong: tuple[str, Say] | None = None) -> Response:
    book, asking = access.book(request), access.who(request)
    found = await _undecided(request)
    known = await members.many(book, [each.phone_of for each in found if each.phone_of])
    return pages.render(
        request,
        "applications.html",
        status_code=422 if wrong else 200,
        found=found[: application_list.MOST],
        more=len(found) > application_list.MOST,
        known={number: who.name or number for number, who in known.items()},
        wrong=wrong,
        consents=register.CONSENTS,
        reasons=register.options(register.REFUSALS),
        hands_out=bool(asking.roles & set(clerks.PIN_ROLES)),
        makes_posters=bool(asking.roles & set(posters.MAKERS)),
    )


async def _hanging(request: Request) -> Poster:
    try:
        return await posters.find(access.book(request), request.path_params["poster"], "enrol")
    except UnknownPoster:
        raise HTTPException(404) from None


async def _page(request: Request, hung: Poster, filled: Filled[Apply], *, status_code: int = 200) -> Response:
    words: dict[str, Any] = {"filled": filled, "poster": hung.code}
    words["area"] = await areas.find(access.book(request), hung.area)
    words["consents"] = register.options(register.CONSENTS, "guardian")
    return pages.render(request, "apply.html", status_code=status_code, **words)


_FIELDS = {"BadName": "name", "BadPhone": "phone", "BadBirthYear": "born", "NeedsGuardian": "guardian_name"}


def _field(refusal: PointsError, wanted: Wanted) -> str:
    """The field that a refusal is about."""
    guardian = (wanted.guardian_name, wanted.guardian_phone)
    about = refusal.facts.get("phone") or refusal.facts.get("name")
    if about is not None and about in guardian:
        return "guardian_phone" if about == wanted.guardian_phone else "guardian_name"
    return _FIELDS.get(type(refusal).__name__, "name")
