"""Objections: the queue of those who answer, and the page of one, for whoever made it and for whoever rules on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from points.awards.errors import NeedsSecondPerson
from points.awards.models import Verification
from points.errors import PointsError
from points.openness import disputes, objections, ruling_rights, rulings, unanswered
from points.openness.errors import UnknownObjection
from points.openness.models import Notice, NoticeLine
from points.openness.records import Objection
from points.people import areas
from web import access, forms, limits, notice_words, pages, places, words
from web.access import form
from web.forms import Code, Filled, FormModel, Prose
from web.i18n import N_, Say
from web.refusals import said

RULERS = frozenset(ruling_rights.RULERS)
READERS = (*ruling_rights.RULERS, "admin", "auditor")
MOST = 100
WRONG_AT_MOST, PER = 30, timedelta(hours=1)


class Ruled(FormModel):
    """The answer."""

    key: Code = Field(title=N_("编号"))
    decision: Literal["dismissed", "upheld"] = Field(title=N_("怎么答复"))
    text: Prose = Field(title=N_("为什么"), min_length=2, max_length=rulings.TEXT_AT_MOST)


async def waiting(request: Request) -> int:
    """How many wait for an answer where the one who asks reads them; one more than a page, at most."""
    return len(await _unanswered(request))


async def _unanswered(request: Request) -> list[unanswered.Waiting]:
    codes = places.codes(access.who(request), READERS)
    return await unanswered.waiting(access.book(request), codes, limit=MOST + 1)


async def index(request: Request) -> Response:
    """GET /objections: those that nobody answered, the most urgent first; the overdue ones are named."""
    book, waiting = access.book(request), await _unanswered(request)
    today = book.today()
    return pages.render(
        request,
        "objections.html",
        waiting=waiting[:MOST],
        more=len(waiting) > MOST,
        areas=await areas.many(book, {each.area for each in waiting}),
        overdue=sum(each.overdue(today) for each in waiting[:MOST]),
        reasons=notice_words.REASONS,
        words=words,
        today=today,
    )


async def show(request: Request) -> Response:
    """GET /objections/{objection}: how far it is, for whoever has its number; for those who rule also what was said."""
    return await _page(request, forms.empty(Ruled))


async def rule(request: Request) -> Response:
    """POST /objections/{objection}/ruling: answers it; the same answer again changes nothing."""
    asking, row = access.who(request), await _found(request)
    if not await _in_charge(request, row, ruling_rights.RULERS):
        raise HTTPException(404)
    filled = forms.read(Ruled, form(request))
    value = filled.value
    if value is None:
        return await _page(request, filled, status_code=422)
    try:
        return pages.see(await _answered(request, row, value, by=asking.member))
    except PointsError as refusal:
        return await _page(request, filled.failed("decision", said(refusal)), status_code=422)


async def _answered(request: Request, row: Objection, value: Ruled, *, by: str) -> str:
    """Where the answer leads: to the objection, or to the request that another person is to approve."""
    book, where = access.book(request), request.app.url_path_for
    if value.decision == "dismissed":
        await rulings.dismiss(book, row.number, text=value.text, by=by, on=book.today())
        return str(where("objection", objection=row.number))
    try:
        await rulings.uphold(book, row.number, text=value.text, by=by, on=book.today())
    except NeedsSecondPerson:
        asked = await rulings.ask(book, row.number, text=value.text, by=by, key=value.key)
        return str(where("correction", correction=asked.id))
    return str(where("objection", objection=row.number))


async def _found(request: Request) -> Objection:
    """The objection that a path names; an address that tries many numbers is told to wait."""
    book, now = access.book(request), request.app.state.now()
    here = "objection:" + limits.address(request)
    await limits.require(book, here, most=WRONG_AT_MOST, now=now)
    try:
        return await objections.find(book, request.path_params["objection"])
    except UnknownObjection:
        await limits.count(book, here, per=PER, now=now)
        raise HTTPException(404) from None


async def _in_charge(request: Request, row: Objection, names: tuple[str, ...]) -> bool:
    asking = access.visitor(request)
    if asking is None or not places.codes(asking, names):
        return False
    path = await ruling_rights.path_of(access.book(request), row.award)
    return any(areas.covers(path, code) for code in places.codes(asking, names))


async def _page(request: Request, filled: Filled[Ruled], *, status_code: int = 200) -> Response:
    book, row = access.book(request), await _found(request)
    reads = await _in_charge(request, row, READERS)
    state, ruling = await unanswered.state(book, row)
    said_, answers = await disputes.texts(book, [row.id])
    notice = await Notice.get(id=row.notice, using_db=book.reader)
    return pages.render(
        request,
        "objection.html",
        status_code=status_code,
        headers={"X-Robots-Tag": "noindex"},
        filled=filled,
        row=row,
        line=await NoticeLine.get(award=row.award, using_db=book.reader),
        notice=notice,
        hangs=notice.closes_on > book.today().isoformat(),
        state=state,
        ruling=ruling,
        answer=answers.get(row.id),
        made_on=date.fromisoformat(row.made_on),
        answer_by=date.fromisoformat(row.answer_by),
        reason=Say(notice_words.REASONS[row.reason]),
        states=notice_words.STATES,
        told=await _told(request, row, said_) if reads else None,
        new=request.query_params.get("new") == "1",
        words=words,
        today=book.today(),
    )


async def _told(request: Request, row: Objection, texts: dict[str, Any]) -> dict[str, Any]:
    """What only those in charge see: the words, who they may ask back, the award behind the line, whether they may."""
    book, asking = access.book(request), access.who(request)
    award = await Verification.get(reference=row.award, using_db=book.reader)
    every = await disputes.of(book, row.award)
    known = await statements.known(book.reader, [row.reference])
    publishes = await _in_charge(request, row, ruling_rights.RULERS)
    taking_part = await ruling_rights.takes_part(book, award, every, by=asking.member)
    return {
        "said": texts.get(row.id),
        "contribution": award.contribution,
        "others": len(every) - 1,
        "position": known[row.reference].position,
        "publishes": publishes,
        "may": publishes and not taking_part,
        "channel": Say(N_("在窗口记下"))
        if row.recorded_by
        else Say(N_("登录后提出") if row.objector else N_("没有登录")),
    }
