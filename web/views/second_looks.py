"""Second looks: what was drawn for the one who asks, one of them with its evidence, and the counts for who audits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import explain, look_counts, second_looks
from points.awards.errors import AwardsError, UnknownLook
from points.awards.second_looks import Look
from points.events import events
from points.people import members
from points.people.errors import NotAllowed
from web import access, bodies, correction_words, entries, forms, pages, places, proofs, text, words
from web.access import form
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.views import verifications

AUDIT = ("auditor", "admin")
NOTE_AT_MOST = 200


class Answer(FormModel):
    """What somebody says who looked again."""

    says: Literal["right", "wrong"] = Field(title=N_("看过以后"))
    reason: (
        Literal["wrong_person", "entered_twice", "not_true", "wrong_hours", "wrong_sum", "other"] | None
    ) = Field(None, title=N_("哪里不对"))
    note: Line = Field("", title=N_("补充一句（可不填）"), max_length=NOTE_AT_MOST)


async def waiting(request: Request) -> int:
    """How many second looks wait for the one who asks."""
    return await second_looks.count(access.book(request), access.who(request).member)


async def index(request: Request) -> Response:
    """GET /second-looks?after=contribution: what was drawn for the one who asks, the oldest first."""
    book, me = access.book(request), access.who(request).member
    after = bodies.query(request).one("after")
    found = await second_looks.page(book, me, after=after)
    return pages.render(
        request, "second_looks.html", page_of=found, paged=bool(after), words=words, today=book.today()
    )


async def show(request: Request) -> Response:
    """GET /second-looks/{contribution}: the evidence beside what was given, without who gave it."""
    return await _page(request, await _mine(request), forms.empty(Answer))


async def create(request: Request) -> Response:
    """POST /second-looks/{contribution}: it is right, or a correction is asked for; twice is once."""
    look = await _mine(request)
    filled = forms.read(Answer, form(request))
    said = filled.value
    if said is not None and said.says == "wrong" and said.reason is None:
        filled = filled.failed("reason", Say(N_("请选一个哪里不对。什么都还没有记。")))
    if said is None or filled.errors:
        return await _page(request, look, filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    contribution = look.award.contribution
    try:
        if said.says == "right":
            await second_looks.agree(book, contribution, by=me)
        else:
            await second_looks.disagree(book, contribution, reason=said.reason or "", note=said.note, by=me)
    except (AwardsError, NotAllowed) as refusal:
        filled = filled.failed("says", Say(refusal.template, **refusal.facts))
        return await _page(request, await _mine(request), filled, status_code=422)
    return pages.see(str(request.app.url_path_for("second_looks.show", contribution=contribution)))


async def counts(request: Request) -> Response:
    """GET /second-looks/counts?month=YYYY-MM: of each verifier's awards, what was drawn and what came of it."""
    book, asking = access.book(request), access.who(request)
    month = _month(bodies.query(request).one("month"), book.today())
    found = await look_counts.of_month(book, places.codes(asking, AUDIT), month, on=book.today())
    staff = await entries.staff_names(book, [each.verifier for each in found])
    months = [
        (text.whole_month(each), f"?month={each}", each == month) for each in _around(month, book.today())
    ]
    return pages.render(request, "look_counts.html", counts=found, month=month, months=months, staff=staff)


def _month(asked: str, today: date) -> str:
    """The month that was asked for, this one when it is none."""
    try:
        return date.fromisoformat(f"{asked}-01").isoformat()[:7]
    except ValueError:
        return today.isoformat()[:7]


def _around(month: str, today: date) -> list[str]:
    """The month before, the month itself, and the one after unless it is to come."""
    first = date.fromisoformat(f"{month}-01")
    before, after = (first - timedelta(days=1)).isoformat()[:7], (first + timedelta(days=31)).isoformat()[:7]
    return [before, month, *([after] if after <= today.isoformat()[:7] else [])]


async def _mine(request: Request) -> Look:
    """The look that the path names, for who has it or has answered it; for anyone else it is not there."""
    book, me = access.book(request), access.who(request).member
    try:
        look = await second_looks.find(book, request.path_params["contribution"])
    except UnknownLook:
        raise HTTPException(404) from None
    if me not in {look.given if look.answer is None else None, look.answer.verifier if look.answer else None}:
        raise HTTPException(404)
    return look


async def _page(request: Request, look: Look, filled: Filled[Answer], *, status_code: int = 200) -> Response:
    book, me = access.book(request), access.who(request).member
    whole = await events.find(book, look.event.id)
    doing = next(each for each in whole.contributions if each.id == look.award.contribution)
    refusal = None if look.answer else await second_looks.refusal(book, look, by=me)
    people = await members.many(book, [doing.member])
    names = {number: who.name or number for number, who in people.items()}
    following = await second_looks.page(book, me, limit=1) if look.answer else None
    return pages.render(
        request,
        "second_look.html",
        status_code=status_code,
        look=look,
        whole=whole,
        doing=doing,
        name=names.get(doing.member, doing.member),
        proofs=await proofs.beside(book, whole, add=False),
        filled=filled,
        reasons=correction_words.options(),
        refusal=verifications.why(refusal),
        following=following.lines[0].award.contribution if following and following.lines else None,
        words=words,
        told=await explain.award(book, look.award.reference or ""),
    )
