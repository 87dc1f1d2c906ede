"""The care fund (关爱基金): for everybody what came in, went out and is left; for its keepers, whom it gives to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market.giving import care, care_requests
from points.market.giving.care_requests import READERS, Asked
from points.paging import Part
from points.people import areas, members, requests
from points.people.errors import UnknownRequest
from points.people.models import Area
from web import access, bodies, forms, giving_words, pages, paging, places
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Count, Filled, FormModel, Line, Prose
from web.i18n import N_
from web.refusals import said

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


class Need(FormModel):
    """Whom the fund is to give to, how much and why."""

    key: Code = Field(title=N_("编号"))
    member: Line = Field(title=N_("给哪位成员（成员号或手机号）"), max_length=20)
    points: Count = Field(title=N_("给多少分"))
    reason: Literal["illness", "accident", "alone", "hardship", "other"] = Field(title=N_("因为什么"))
    text: Prose = Field("", title=N_("说明（只有办的人看得到）"), max_length=care_requests.TEXT_AT_MOST)


async def mine(request: Request) -> Response:
    """GET /care?month=: the fund of the community of the one asking."""
    book, me = access.book(request), access.who(request).member
    someone = (await members.many(book, [me])).get(me)
    place = (await areas.many(book, [someone.area])).get(someone.area) if someone else None
    if place is None:
        raise HTTPException(404)
    return await _shown(request, place, keeps=False)


async def index(request: Request) -> Response:
    """GET /care/funds: those of the communities one answers for, and what waits for a second person."""
    book, asking = access.book(request), access.who(request)
    below = await places.offered(book, asking, READERS, ("community",))
    if len(below) == 1:
        return pages.see(request.app.url_path_for("care.fund", area=below[0].code))
    waiting = await care_requests.waiting(book, places.codes(asking, READERS), paging.turn(request))
    return pages.render(
        request,
        "care_funds.html",
        below=below,
        turns=paging.links(request, waiting),
        **await _requests(request, waiting.rows),
    )


async def waiting(request: Request) -> int:
    """How many requests to a care fund wait for a second person."""
    mine = places.codes(access.who(request), READERS)
    return len(await care_requests.waiting(access.book(request), mine, limit=requests.MOST))


async def show(request: Request) -> Response:
    """GET /care/funds/{area}?month="""
    return await _shown(request, await _community(request), keeps=True)


async def ask(request: Request) -> Response:
    """POST /care/funds/{area}: ask that it give; twice is once."""
    place, filled, book = await _community(request), forms.read(Need, form(request)), access.book(request)
    if filled.value is None:
        return await _shown(request, place, keeps=True, filled=filled, status_code=422)
    value, by = filled.value, access.who(request).member
    try:
        asked = await care_requests.ask(
            book, place.code, value.member, value.points,
            reason=value.reason, text=value.text, by=by, key=value.key,
        )  # fmt: skip
    except (PointsError, ReferenceConflict) as refusal:
        failed = filled.failed("member", said(refusal))
        return await _shown(request, place, keeps=True, filled=failed, status_code=422)
    return pages.see(request.app.url_path_for("care.request", request=asked.id))


async def show_request(request: Request) -> Response:
    """GET /care/requests/{request}: what is asked, as both people see it."""
    return await _request(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /care/requests/{request}: agree to what was seen, or not; twice is once."""
    asked, filled = await _find(request), forms.read(Decision, form(request))
    if filled.value is None:
        return await _request(request, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    approved = filled.value.approved
    try:
        await care_requests.decide(book, asked.id, approved=approved, digest=filled.value.digest, by=by)
    except (PointsError, ReferenceConflict) as refusal:
        return await _request(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(request.app.url_path_for("care.request", request=asked.id))


async def _shown(
    request: Request,
    place: Area,
    *,
    keeps: bool,
    filled: Filled[Need] | None = None,
    status_code: int = 200,
) -> Response:
    book, asking = access.book(request), access.who(request)
    month = _month(request)
    fund = await care.read(book, place.code, month)
    given = await care_requests.latest(book, place.code, paging.turn(request)) if keeps else Part(())
    asks = keeps and any(areas.covers(place.path, code) for code in asking.areas(care_requests.KEEPER))
    return pages.render(
        request,
        "care.html",
        status_code=status_code,
        fund=fund,
        place=place,
        name=giving_words.fund(place.name),
        keeps=keeps,
        asks=asks,
        filled=filled or forms.empty(Need),
        reasons=giving_words.reasons(),
        around=_around(book, month),
        turns=paging.links(request, given),
        **await _requests(request, given.rows),
    )


async def _request(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    asked, book = await _find(request), access.book(request)
    place = (await areas.many(book, [asked.community]))[asked.community]
    fund = await care.left(book, asked.community, book.today())
    return pages.render(
        request,
        "care_request.html",
        status_code=status_code,
        filled=filled,
        asked=asked,
        why=await why_not(care_requests.require_second(book, asked, by=access.who(request).member)),
        name=giving_words.fund(place.name),
        left=sum(points for _, points in fund),
        **await _requests(request, [asked]),
    )


async def _requests(request: Request, found: Sequence[Asked]) -> dict[str, Any]:
    """Requests with the names of all they name: for those who keep the fund, and so know them."""
    numbers = {n for one in found for n in (one.member, one.asked_by, one.decided_by) if n}
    people = await members.many(access.book(request), numbers)
    names = {number: who.name or number for number, who in people.items()}
    return {"requests": found, "names": names, "told": giving_words}


async def _find(request: Request) -> Asked:
    book = access.book(request)
    try:
        asked = await care_requests.find(book, str(request.path_params["request"]))
    except UnknownRequest:
        raise HTTPException(404) from None
    path = await areas.path(book, asked.community)
    if not any(areas.covers(path, code) for code in places.codes(access.who(request), READERS)):
        raise HTTPException(404)
    return asked


async def _community(request: Request) -> Area:
    code = str(request.path_params["area"])
    found = (await areas.many(access.book(request), [code])).get(code)
    if found is None or found.level != "community":
        raise HTTPException(404)
    if not any(areas.covers(found.path, one) for one in places.codes(access.who(request), READERS)):
        raise HTTPException(404)
    return found


def _month(request: Request) -> date:
    named, today = bodies.query(request).one("month"), access.book(request).today()
    return date.fromisoformat(f"{named}-01") if _MONTH.fullmatch(named) and named >= "1970-02" else today


def _around(book: Any, month: date) -> tuple[str, str, str]:
    """This month, the one before, and the one after the one shown."""
    first = month.replace(day=1)
    before, after = first - timedelta(days=1), first + timedelta(days=31)
    return f"{book.today():%Y-%m}", f"{before:%Y-%m}", f"{after:%Y-%m}"
