"""What a resident sees without an account: a short form behind a poster's QR, a number, and how far it is."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import attachments, events, public_reports, taking
from points.events.errors import UnknownReport
from points.events.public_reports import CATEGORIES, Told
from points.people import applications, areas, posters
from points.people.applications import State
from points.people.errors import UnknownApplication, UnknownPoster
from points.people.records import Poster
from web import access, bodies, event_words, forms, limits, pages, register, words
from web.forms import Code, Filled, FormModel, Line, Prose
from web.i18n import N_, Say
from web.refusals import said
from web.uploads import FileForm
from web.views.attachments import read_file

REPORTS_AT_MOST, WRONG_AT_MOST = 20, 30
"""From one address: many people may share it behind a provider's gate."""
PER = timedelta(hours=1)


class Report(FormModel):
    """What a resident says."""

    key: Code = Field(title=N_("编号"))
    category: Line = Field(title=N_("是哪一类事"), max_length=1)
    text: Prose = Field(title=N_("看到了什么"), min_length=2, max_length=500)
    place: Line = Field("", title=N_("具体位置（可不填）"), max_length=60)
    contact: Line = Field("", title=N_("您的电话（可不填）"), max_length=40)
    file: str = Field("", title=N_("照片（可不填）"))


async def show(request: Request) -> Response:
    """GET /r/{poster}"""
    return await _page(request, forms.empty(Report))


async def create(request: Request) -> Response:
    """POST /r/{poster}: files it, once for each key, and tells the number."""
    hung = await _hanging(request)
    book, now = access.book(request), request.app.state.now()
    here = "report:" + limits.address(request)
    await limits.require(book, here, most=REPORTS_AT_MOST, now=now)
    sent: FileForm = access.body(request)
    filled, data = forms.read(Report, sent), await read_file(sent)
    if filled.value is None:
        return await _page(request, filled, status_code=422)
    await limits.count(book, here, per=PER, now=now)
    value = filled.value
    try:
        washed = await attachments.wash(data) if data is not None else None
        told = Told(value.category, value.text, value.place, value.contact)
        received = await public_reports.file(book, hung.code, told, key=value.key)
        if washed is not None:
            folder = request.app.state.settings.attachments
            await attachments.add(book, folder, received.event, washed, name="site", by=None, key=value.key)
    except PointsError as refusal:
        field = "category" if "“" in str(refusal) else "file"
        return await _page(request, filled.failed(field, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("follow")) + f"?number={received.number}&new=1")


async def follow(request: Request) -> Response:
    """GET /follow?number=: how far a report or an application is, without a word of what was said in it.

    Wrong numbers all look the same.
    """
    query = bodies.query(request)
    number = query.one("number").strip()
    if not number:
        return _followed(request, "")
    book, now = access.book(request), request.app.state.now()
    here = "follow:" + limits.address(request)
    await limits.require(book, here, most=WRONG_AT_MOST, now=now)
    new = query.one("new") == "1"
    try:
        return _followed(
            request, number, new=new, report=await _report(book, await public_reports.follow(book, number))
        )
    except UnknownReport as unknown:
        refusal = unknown
    try:
        return _followed(request, number, new=new, application=await applications.follow(book, number))
    except UnknownApplication:
        await limits.count(book, here, per=PER, now=now)
    return _followed(request, number[:20], refusal=said(refusal))


def _followed(
    request: Request,
    number: str,
    *,
    new: bool = False,
    report: dict[str, Any] | None = None,
    application: State | None = None,
    refusal: Say | None = None,
) -> Response:
    """The page of a number: a report, an application, or that there is none."""
    return pages.render(
        request,
        "follow.html",
        status_code=404 if refusal else 200,
        number=number,
        new=new,
        report=report,
        application=application,
        refusal=refusal,
        refusals=register.ENDED,
    )


async def _report(book: Any, event: str) -> dict[str, Any]:
    """What stands on the page of a number: category and days, nobody's name and nobody's words."""
    whole = await events.find(book, event)
    standing = await taking.life_of(book, whole)
    rows = event_words.timeline(whole, standing, defaultdict(str), {})
    return {
        "category": words.category(whole.event.category),
        "state": event_words.state(standing),
        "steps": [(title, when, None, happened) for title, when, _text, happened in rows],
    }


async def _hanging(request: Request) -> Poster:
    try:
        return await posters.find(access.book(request), request.path_params["poster"], "report")
    except UnknownPoster:
        raise HTTPException(404) from None


async def _page(request: Request, filled: Filled[Report], *, status_code: int = 200) -> Response:
    hung = await _hanging(request)
    return pages.render(
        request,
        "public_report.html",
        status_code=status_code,
        filled=filled,
        poster=hung.code,
        area=await areas.find(access.book(request), hung.area),
        categories=[(letter, words.category(letter)) for letter in CATEGORIES],
    )
