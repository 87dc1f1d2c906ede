"""Posters with a QR: made for an area, printed on A4, taken down."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import areas, posters
from points.people.errors import NotAllowed, UnknownPoster
from points.people.records import Poster
from web import access, forms, pages, paging, places, qr
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

LEVELS = ("street", "community", "grid")
OPENS = {"report": "report", "enrol": "apply"}
"""The door that the QR of each purpose opens."""
PURPOSES = {"report": N_("扫码上报"), "enrol": N_("扫码报名做特约网格员")}


class Made(FormModel):
    """Where it is to hang."""

    key: Code = Field(title=N_("编号"))
    purpose: Literal["report", "enrol"] = Field("report", title=N_("扫了做什么"))
    area: Line = Field(title=N_("在哪个社区或网格"))


class Down(FormModel):
    """That it was taken down."""

    key: Code = Field(title=N_("编号"))
    sure: Literal["yes"] = Field("yes", title=N_("取下"))


async def index(request: Request) -> Response:
    """GET /posters: those that hang, and a form for one more."""
    return await _page(request, forms.empty(Made, purpose="report"))


async def create(request: Request) -> Response:
    """POST /posters: makes one, once for each key, and shows it ready to print."""
    filled = forms.read(Made, form(request))
    if filled.value is None:
        return await _page(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    area = places.read(filled.value.area, await places.offered(book, asking, posters.MAKERS, LEVELS))
    if area is None:
        wrong = Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。"))
        return await _page(request, filled.failed("area", wrong), status_code=422)
    try:
        code = await posters.make(book, filled.value.purpose, area, by=asking.member, key=filled.value.key)
    except PointsError as refusal:
        return await _page(request, filled.failed("area", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("posters.show", poster=code)))


async def show(request: Request) -> Response:
    """GET /posters/{poster}: a sheet of A4."""
    row = await _mine(request)
    where = str(request.url_for(OPENS[row.purpose], poster=row.code))
    area = await areas.find(access.book(request), row.area)
    return pages.render(
        request,
        "poster.html",
        row=row,
        area=area,
        where=where,
        drawing=qr.inline(where, label=str(Say(PURPOSES[row.purpose]))),
    )


async def take_down(request: Request) -> Response:
    """POST /posters/{poster}/end: its QR opens nothing from now on; twice is once."""
    row, filled = await _mine(request, gone=True), forms.read(Down, form(request))
    if filled.value is not None:
        try:
            await posters.take_down(
                access.book(request), row.code, by=access.who(request).member, key=filled.value.key
            )
        except (UnknownPoster, NotAllowed):
            raise HTTPException(404) from None
    return pages.see(str(request.app.url_path_for("posters")))


async def _mine(request: Request, *, gone: bool = False) -> Poster:
    """The poster that a path names, for whoever heads its area; for anyone else it is not there."""
    book, code = access.book(request), request.path_params["poster"]
    row = await Poster.get_or_none(code=code[:16], using_db=book.reader)
    if row is None or row.purpose not in OPENS:
        raise HTTPException(404)
    path = (await areas.find(book, row.area)).path
    asking = access.who(request)
    if not any(areas.covers(path, area) for role in posters.MAKERS for area in asking.areas(role)):
        raise HTTPException(404)
    if not gone:
        try:
            await posters.find(book, row.code, row.purpose)
        except UnknownPoster:
            raise HTTPException(404) from None
    return row


async def _page(request: Request, filled: Filled[Made], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    hanging = await posters.hanging(book, places.codes(asking, posters.MAKERS), paging.turn(request))
    return pages.render(
        request,
        "posters.html",
        status_code=status_code,
        filled=filled,
        hanging=[(row, date.fromisoformat(row.made_on)) for row in hanging],
        turns=paging.links(request, hanging),
        areas=await areas.many(book, {row.area for row in hanging}),
        purposes=PURPOSES,
        places=await places.offered(book, asking, posters.MAKERS, LEVELS),
    )
