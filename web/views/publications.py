"""Publication of a rule book by two: one asks with the minutes of the meeting, another who sees the same publishes."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import minutes, publications, rule_books, rule_differences, rule_drafts
from points.awards.errors import NoMinutes, UnknownMeeting, UnknownRuleRequest
from points.awards.publications import Asked
from points.errors import PointsError
from points.events import attachments as kept
from points.events.errors import UnknownAttachment
from web import access, entries, forms, pages, rule_words
from web.deciding import why_not
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_
from web.refusals import said
from web.views import attachments
from web.views.rule_books import KEEPERS, whole


class Wanted(FormModel):
    """The draft that was seen, and the meeting that agreed on it."""

    key: Code = Field(title=N_("编号"))
    draft: Line = Field("", title=N_("草稿"), max_length=32)
    meeting: Line = Field(title=N_("哪次议事会定的"), max_length=80)


class Decision(FormModel):
    """What was seen, and what is said to it."""

    digest: Line = Field(title=N_("申请的内容"), max_length=80)
    decision: Literal["publish", "refuse"] = Field(title=N_("决定"))


async def new(request: Request) -> Response:
    """GET /rule-books/draft/publication: what would be asked for, and the meetings that have their minutes attached."""
    whole(request, KEEPERS)
    return await _page(request, forms.empty(Wanted))


async def create(request: Request) -> Response:
    """POST /rule-books/requests: asks; twice with one key is once."""
    book, filled = whole(request, KEEPERS), forms.read(Wanted, access.form(request))
    value = filled.value
    if value is None:
        return await _page(request, filled, status_code=422)
    asking = {"draft": value.draft, "meeting": value.meeting, "by": access.who(request).member}
    try:
        asked = await publications.ask(book, **asking, key=value.key)
    except PointsError as refusal:
        where = "meeting" if isinstance(refusal, UnknownMeeting | NoMinutes) else ""
        return await _page(request, filled.failed(where, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("rule_books.request", request=asked.id)))


async def show(request: Request) -> Response:
    """GET /rule-books/requests/{request}: what is asked, as both people see it."""
    return await _request(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /rule-books/requests/{request}: publishes what was seen, or refuses; twice is once."""
    asked = await _find(request)
    filled = forms.read(Decision, access.form(request))
    if filled.value is None:
        return await _request(request, filled, status_code=422)
    try:
        done = await publications.decide(
            access.book(request),
            asked.id,
            approved=filled.value.decision == "publish",
            digest=filled.value.digest,
            by=access.who(request).member,
        )
    except PointsError as refusal:
        return await _request(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("rule_books.request", request=done.id)))


async def paper(request: Request) -> Response:
    """GET /rule-books/requests/{request}/papers/{attachment}: a paper of the minutes, for everybody who decides."""
    asked, key = await _find(request), request.path_params["attachment"]
    if key not in {each.id for each in asked.papers}:
        raise HTTPException(404)
    try:
        row = await kept.find(access.book(request), asked.meeting, key)
    except UnknownAttachment:
        raise HTTPException(404) from None
    return await attachments.sent_as_it_is(request, row)


async def _page(request: Request, filled: Filled[Wanted], *, status_code: int = 200) -> Response:
    book = access.book(request)
    draft, rules = await rule_drafts.current(book), await rule_books.shelf(book)
    base = await rule_drafts.beginning(book, draft.follows)
    day = draft.rule_book.in_force_from
    return pages.render(
        request,
        "rule_publication.html",
        status_code=status_code,
        filled=filled,
        draft=draft,
        day=day,
        replaced=publications.replaced(rules, draft.follows + 1, day) if day > book.today() else (),
        differences=rule_differences.between(base.text, draft.text),
        meetings=await minutes.offered(book),
        told=rule_words,
        today=book.today(),
    )


async def _find(request: Request) -> Asked:
    book = whole(request)
    try:
        return await publications.find(book, str(request.path_params["request"]))
    except UnknownRuleRequest:
        raise HTTPException(404) from None


async def _request(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    asked, book = await _find(request), access.book(request)
    saved = await rule_drafts.find(book, asked.draft)
    base = await rule_drafts.beginning(book, saved.follows)
    return pages.render(
        request,
        "rule_request.html",
        status_code=status_code,
        filled=filled,
        asked=asked,
        title=saved.rule_book,
        text=saved.text,
        meeting=(await minutes.many(book, [asked.meeting])).get(asked.meeting),
        differences=rule_differences.between(base.text, saved.text),
        names=await entries.staff_names(book, [asked.asked_by, asked.decided_by]),
        why=await why_not(publications.require_second(book, asked, by=access.who(request).member)),
        told=rule_words,
        today=book.today(),
    )
