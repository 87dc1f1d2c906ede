"""Notices that anybody may read while they hang, the form to object to a line, and their publication."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.openness import board, notices, objections, ruling_rights
from points.openness.board import Board
from points.openness.errors import UnknownLine, UnknownNotice
from points.openness.objections import Said
from points.people import areas
from web import access, forms, limits, notice_words, pages, places, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line, Prose
from web.i18n import N_, Say
from web.refusals import said

PUBLISHERS = frozenset(ruling_rights.RULERS)
READERS = ("notice_publisher", "verifier", "admin", "auditor")
"""Who may still read a notice that has taken itself down."""
LEVELS = ("district", "street", "community")
OBJECTIONS_AT_MOST = 6
"""From one address in an hour, by visitors: each freezes somebody's points."""
PER = timedelta(hours=1)


class Published(FormModel):
    """For which area."""

    key: Code = Field(title=N_("编号"))
    area: Line = Field(title=N_("公示哪里的"))


class Objected(FormModel):
    """What is not right about a line."""

    key: Code = Field(title=N_("编号"))
    reason: Literal["hours", "person", "nothing", "twice", "points", "other"] = Field(title=N_("哪里不对"))
    text: Prose = Field("", title=N_("您知道的情况"), max_length=objections.TEXT_AT_MOST)
    contact: Line = Field("", title=N_("您的电话（可不填）"), max_length=objections.CONTACT_AT_MOST)
    visitor: Literal["", "yes"] = Field("", title=N_("替来访的居民记"))


async def index(request: Request) -> Response:
    """GET /notices: what hangs today; for publishers also a form to publish."""
    return await _index(request, forms.empty(Published))


async def publish(request: Request) -> Response:
    """POST /notices: publishes what is on no notice yet; pressed twice there is nothing left to publish."""
    filled = forms.read(Published, form(request))
    if filled.value is None:
        return await _index(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    area = places.read(filled.value.area, await places.offered(book, asking, PUBLISHERS, LEVELS))
    if area is None:
        wrong = Say(N_("没有找到这个地方。请写区县、镇街或社区的名字，同名的写代码。"))
        return await _index(request, filled.failed("area", wrong), status_code=422)
    try:
        made = await notices.publish(book, area, by=asking.member, on=book.today())
    except PointsError as refusal:
        return await _index(request, filled.failed("area", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("notices")) + f"?made={len(made)}")


async def show(request: Request) -> Response:
    """GET /notices/{notice}: its lines while it hangs; afterwards, for strangers, only that it has come down."""
    shown = await _board(request)
    area = await areas.find(access.book(request), shown.notice.area)
    return pages.render(
        request,
        "notice.html",
        status_code=200 if shown.hangs or shown.rows else 410,
        headers={"X-Robots-Tag": "noindex"},
        board=shown,
        area=area,
        today=access.book(request).today(),
        last=shown.closes_on - timedelta(days=1),
        what=notice_words.what,
    )


async def line(request: Request) -> Response:
    """GET /notices/{notice}/lines/{code}: what hangs there, and a form to object to it."""
    return await _line(request, forms.empty(Objected))


async def create(request: Request) -> Response:
    """POST /notices/{notice}/lines/{code}: objects, once for each key; a visitor's address may not do so for ever."""
    book, now, asking = access.book(request), request.app.state.now(), access.visitor(request)
    here = "object:" + limits.address(request)
    if asking is None:
        await limits.require(book, here, most=OBJECTIONS_AT_MOST, now=now)
    filled = forms.read(Objected, form(request))
    value = filled.value
    if value is None:
        return await _line(request, filled, status_code=422)
    at_desk = asking is not None and value.visitor == "yes"
    try:
        made = await objections.make(
            book,
            request.path_params["notice"],
            request.path_params["code"],
            Said(value.reason, value.text, value.contact),
            key=value.key,
            on=book.today(),
            objector=asking.member if asking and not at_desk else None,
            recorded_by=asking.member if asking and at_desk else None,
        )
    except (UnknownNotice, UnknownLine):
        raise HTTPException(404) from None
    except PointsError as refusal:
        return await _line(request, filled.failed("reason", said(refusal)), status_code=422)
    if asking is None:
        await limits.count(book, here, per=PER, now=now)
    return pages.see(str(request.app.url_path_for("objection", objection=made.number)) + "?new=1")


async def _board(request: Request) -> Board:
    """The notice that a path names, with the lines of one that came down only for those in charge there."""
    book, asking = access.book(request), access.visitor(request)
    number = request.path_params["notice"]
    try:
        shown = await board.board(book, number, book.today())
        if not shown.hangs and asking is not None:
            path = await areas.path(book, shown.notice.area)
            mine = places.codes(asking, READERS)
            if any(areas.covers(path, code) for code in mine):
                shown = await board.board(book, number, book.today(), staff=True)
    except UnknownNotice:
        raise HTTPException(404) from None
    return shown


async def _line(request: Request, filled: Filled[Objected], *, status_code: int = 200) -> Response:
    shown, asking = await _board(request), access.visitor(request)
    code = request.path_params["code"].upper()
    row = next((each for each in shown.rows if each.code == code), None)
    if row is None:
        raise HTTPException(404)
    return pages.render(
        request,
        "notice_line.html",
        status_code=status_code,
        headers={"X-Robots-Tag": "noindex"},
        filled=filled,
        board=shown,
        row=row,
        what=notice_words.what(row),
        last=shown.closes_on - timedelta(days=1),
        reasons=[(name, Say(text)) for name, text in notice_words.REASONS.items()],
        desk=asking is not None and any(grant.role in objections.DESK for grant in asking.grants),
    )


async def _index(request: Request, filled: Filled[Published], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.visitor(request)
    hanging = await notices.open_on(book, book.today())
    mine = places.codes(asking, PUBLISHERS) if asking else ()
    offered = await places.offered(book, asking, PUBLISHERS, LEVELS) if asking and mine else []
    made = request.query_params.get("made", "")
    return pages.render(
        request,
        "notices.html",
        status_code=status_code,
        filled=places.prefilled(filled, offered[:1]),
        hanging=hanging,
        areas=await areas.many(book, {each.area for each in hanging}),
        due=await board.due(book, mine) if mine else None,
        recent=board.RECENT,
        places=offered,
        made=int(made) if made.isdigit() and len(made) < 4 else None,
        last={each.number: each.closes_on - timedelta(days=1) for each in hanging},
        words=words,
        today=book.today(),
    )
