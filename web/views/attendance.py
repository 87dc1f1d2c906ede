"""Signing in at an activity or a meeting: scan one card after another, paste a list, or tick last time's list."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import attendance, decisions, duties
from points.events.attendance import Resolved
from points.events.records import Gathering
from points.people import members
from web import access, bodies, forms, pages, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line, Prose
from web.i18n import N_, Say
from web.refusals import said
from web.views import events

LIST_AT_MOST = 20_000
Listed = Annotated[str, BeforeValidator(forms.clean), Field(max_length=LIST_AT_MOST)]
"""Not `Prose`: its own limit would stay beside a longer one, and be the shorter of the two."""


class Scanned(FormModel):
    """One card, number or phone; and for how many hours, when not for all of them."""

    scan: Line = Field(title=N_("扫卡，或输入编号、手机"))
    hours: Line = Field("", title=N_("几小时（不写就是全程）"), max_length=5)


class Pasted(FormModel):
    """A list, one in each line."""

    list: Listed = Field(title=N_("名单，一行一个"))
    hours: Line = Field("", title=N_("几小时（不写就是全程）"), max_length=5)


class Ticked(FormModel):
    """Those of last time who are here again."""

    member: list[Line] = Field(title=N_("上次来的人"), min_length=1)


class Suggested(FormModel):
    """What a meeting decided, and on whom: a suggestion that was adopted, somebody who was commended."""

    key: Code = Field(title=N_("编号"))
    what: Line = Field(title=N_("什么事"), max_length=20)
    decision: str = Field(decisions.ADOPTED, title=N_("定了什么"), max_length=20)
    member: Line = Field(title=N_("谁（编号、手机或积分卡，几个人用顿号隔开）"))
    text: Prose = Field("", title=N_("说明（可不填）"))


async def show(request: Request) -> Response:
    """GET /events/{event}/sign-in: the field of the scanner, who is here, and the two lists."""
    return await _page(request, forms.empty(Scanned, hours=bodies.query(request).one("hours")))


async def scan(request: Request) -> Response:
    """POST /events/{event}/sign-in: one more is here; the same card again changes nothing."""
    whole = await events.find(request, duties.FILERS)
    filled = forms.read(Scanned, form(request))
    value = filled.value
    if value is None:
        return await _page(request, filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    try:
        member = await attendance.one(book, value.scan, community=whole.event.area or "")
        signed = await attendance.sign_in(
            book, whole.event.id, [member], by=me, minutes=_minutes(value.hours)
        )
    except PointsError as refusal:
        return await _page(request, filled.failed("scan", said(refusal)), status_code=422)
    kept = f"&hours={forms.half_width(value.hours)}" if value.hours else ""
    done = "again" if signed.before else "in"
    where = str(request.app.url_path_for("sign_in", event=whole.event.id))
    return pages.see(f"{where}?{done}={member}{kept}")


async def paste(request: Request) -> Response:
    """POST /events/{event}/sign-in/list: all whom the list names; what names nobody stays in the field."""
    whole = await events.find(request, duties.FILERS)
    filled = forms.read(Pasted, form(request))
    value = filled.value
    if value is None:
        return await _page(request, forms.empty(Scanned), pasted=filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    found = await attendance.resolve(book, value.list.splitlines(), community=whole.event.area or "")
    try:
        if found.members:
            await attendance.sign_in(
                book, whole.event.id, found.members, by=me, minutes=_minutes(value.hours)
            )
    except PointsError as refusal:
        failed = filled.failed("list", said(refusal))
        return await _page(request, forms.empty(Scanned), pasted=failed, status_code=422)
    if found.unresolved or found.left:
        left = "\n".join([*(each.said for each in found.unresolved), *found.left])
        again = forms.empty(Pasted, list=left, hours=value.hours)
        return await _page(request, forms.empty(Scanned), pasted=again, found=found)
    return pages.see(str(request.app.url_path_for("sign_in", event=whole.event.id)))


async def tick(request: Request) -> Response:
    """POST /events/{event}/sign-in/last: those of last time's list who were ticked."""
    whole = await events.find(request, duties.FILERS)
    filled = forms.read(Ticked, form(request))
    if filled.value is None:
        return await _page(request, forms.empty(Scanned), ticked=filled, status_code=422)
    book = access.book(request)
    before = await attendance.last_time(book, whole)
    wanted = [number for number in filled.value.member if before and number in before[1]]
    try:
        await attendance.sign_in(book, whole.event.id, wanted, by=access.who(request).member)
    except PointsError as refusal:
        failed = filled.failed("member", said(refusal))
        return await _page(request, forms.empty(Scanned), ticked=failed, status_code=422)
    return pages.see(str(request.app.url_path_for("sign_in", event=whole.event.id)))


async def suggestion(request: Request) -> Response:
    """GET /events/{event}/suggestions: what was adopted, and whose it was."""
    return await _suggestion(request, forms.empty(Suggested))


async def adopt(request: Request) -> Response:
    """POST /events/{event}/suggestions: an event of its own, once for each key."""
    whole = await events.find(request, duties.FILERS)
    filled = forms.read(Suggested, form(request))
    value = filled.value
    if value is None:
        return await _suggestion(request, filled, status_code=422)
    book = access.book(request)
    try:
        typed = [each for each in re.split(r"[、，,]", value.member) if each.strip()]
        people = [await attendance.one(book, each, community=whole.event.area or "") for each in typed]
        await decisions.decide(
            book,
            whole.event.id,
            value.what,
            decision=value.decision,
            members=people,
            by=access.who(request).member,
            key=value.key,
            text=value.text,
        )
    except PointsError as refusal:
        return await _suggestion(request, filled.failed("member", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)))


_HOURS = re.compile(r"[0-9]*\.?[0-9]*", re.ASCII)
"""isdigit() would take ² and ① as well, and int() would not."""


def _minutes(hours: str) -> int | None:
    """1.5 → 90; None for the whole time, 0 for what is no number of hours."""
    if not hours:
        return None
    read = forms.half_width(hours)
    if not _HOURS.fullmatch(read):
        return 0
    whole, _, part = read.partition(".")
    return int(whole or 0) * 60 + int(60 * float(f"0.{part or 0}") + 0.5)


async def _page(
    request: Request,
    filled: Filled[Scanned],
    *,
    pasted: Filled[Pasted] | None = None,
    ticked: Filled[Ticked] | None = None,
    found: Resolved | None = None,
    status_code: int = 200,
) -> Response:
    whole = await events.find(request, duties.FILERS)
    book = access.book(request)
    try:
        gathering = await attendance.held(book, whole, by=access.who(request).member)
    except PointsError as refusal:
        return pages.render(
            request,
            "sign_in_closed.html",
            status_code=409,
            why=said(refusal),
            whole=whole,
            what=events.title(whole),
        )
    here = [each for each in whole.contributions if each.role == "participant"]
    before = await attendance.last_time(book, whole)
    absent = [n for n in before[1] if n not in {each.member for each in here}] if before else []
    numbers = [*(each.member for each in here), *absent]
    people = await members.many(book, numbers)
    names = events.masked(people, numbers)
    query = bodies.query(request) if request.method == "GET" else bodies.Form()
    return pages.render(
        request,
        "sign_in.html",
        status_code=status_code,
        filled=filled,
        pasted=pasted or forms.empty(Pasted),
        ticked=ticked or forms.empty(Ticked),
        found=found,
        most=attendance.MOST_AT_ONCE,
        whole=whole,
        what=events.title(whole),
        gathering=gathering,
        here=list(reversed(here)),
        absent=absent,
        absent_options=[(number, f"{names[number]} {number}") for number in absent],
        before=before[0] if before else None,
        names=names,
        just=_just(query, here),
        words=words,
    )


def _just(query: bodies.Form, here: list[Any]) -> tuple[str, bool] | None:
    """Who was signed in right now, and whether they had been before."""
    there = {each.member for each in here}
    for name in ("in", "again"):
        if query.one(name) in there:
            return query.one(name), name == "again"
    return None


async def _suggestion(request: Request, filled: Filled[Suggested], *, status_code: int = 200) -> Response:
    whole = await events.find(request, duties.FILERS)
    held = await Gathering.get_or_none(event=whole.event.id, using_db=access.book(request).reader)
    return pages.render(
        request,
        "event_suggestion.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        what=events.title(whole),
        options=[(name, Say(name)) for name in decisions.DECISIONS],
        meeting=held is not None and whole.event.kind == "meeting",
    )
