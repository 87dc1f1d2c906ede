"""Corrections: one person undoes an award, or asks, and another who sees the same lines approves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.transactions import Posting
from points.awards import correction_plans, correction_requests, correction_rights, corrections
from points.awards.correction_plans import Plan
from points.awards.correction_requests import Request as Wanted
from points.awards.correction_rights import APPROVERS, CORRECTORS
from points.awards.errors import NeedsSecondPerson, UnknownCorrection
from points.awards.models import Correction, Verification
from points.awards.years import closed
from points.errors import PointsError
from points.events import events
from points.events.events import Whole
from points.people import areas, members
from web import access, correction_words, entries, forms, pages, places, words
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Filled, FormModel, Prose
from web.i18n import N_, Say
from web.refusals import said
from web.views.events import READERS as EVENTS_READ_BY
from web.views.events import in_charge, masked, title

READERS = (*APPROVERS, "auditor")


class Undo(FormModel):
    """Why an award is undone."""

    key: Code = Field(title=N_("编号"))
    reason: str = Field(title=N_("原因"), max_length=40)
    note: Prose = Field("", title=N_("说明（可不填，以后可以删掉）"), max_length=corrections.NOTE_AT_MOST)


async def waiting(request: Request) -> int:
    """How many requests wait for a second person in one's areas."""
    return len(await _asked_for(request))


async def _asked_for(request: Request) -> list[correction_requests.Request]:
    book, mine = access.book(request), places.codes(access.who(request), READERS)
    found = await areas.many(book, [code for code in mine if code])
    paths = ["/"] if None in mine else [area.path for area in found.values()]
    return await correction_requests.waiting(book, paths)


async def index(request: Request) -> Response:
    """GET /corrections: what waits for a second person in one's areas."""
    book, waiting = access.book(request), await _asked_for(request)
    people = await members.many(book, {each.award.member for each in waiting})
    return pages.render(
        request,
        "corrections.html",
        waiting=waiting,
        names=masked(people, list(people)),
        staff=await entries.staff_names(book, [each.asked_by for each in waiting]),
        words=words,
        sees_events=bool(access.who(request).roles & set(EVENTS_READ_BY)),
    )


async def new(request: Request) -> Response:
    """GET /awards/{contribution}/correction: what would move, and why it shall."""
    award, whole = await _award(request)
    return await _new(request, award, whole, forms.empty(Undo))


async def create(request: Request) -> Response:
    """POST /awards/{contribution}/correction: undo it; what is too much for one is asked for."""
    award, whole = await _award(request)
    filled = forms.read(Undo, form(request))
    value, book, by = filled.value, access.book(request), access.who(request).member
    if value is None:
        return await _new(request, award, whole, filled, status_code=422)
    wanted: dict[str, Any] = {"reason": value.reason, "note": value.note, "by": by}
    try:
        try:
            await corrections.correct(book, award.reference or "", on=book.today(), **wanted)
        except NeedsSecondPerson:
            asked = await correction_requests.ask(book, award.reference or "", key=value.key, **wanted)
            return pages.see(str(request.app.url_path_for("correction", correction=asked.id)))
    except PointsError as refusal:
        named = "note" if "Note" in type(refusal).__name__ else "reason"
        return await _new(request, award, whole, filled.failed(named, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("awards.show", contribution=award.contribution)))


async def show(request: Request) -> Response:
    """GET /corrections/{correction}: what is asked and what would move, as both people see it."""
    return await _request(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /corrections/{correction}: approve or refuse what was seen; twice is once."""
    wanted, _whole = await _wanted(request)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _request(request, filled, status_code=422)
    try:
        await correction_requests.decide(
            access.book(request),
            wanted.id,
            approved=filled.value.approved,
            digest=filled.value.digest,
            by=access.who(request).member,
        )
    except PointsError as refusal:
        return await _request(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("correction", correction=wanted.id)))


async def _award(request: Request) -> tuple[Verification, Whole]:
    """The award of this address, for those who may ask for corrections where it happened; 404 for anybody else."""
    book, key = access.book(request), request.path_params["contribution"]
    award = await Verification.get_or_none(contribution=key, using_db=book.reader)
    if award is None or award.reference is None:
        raise HTTPException(404)
    return award, await _whole(request, award, CORRECTORS)


async def _whole(request: Request, award: Verification, roles: Sequence[str]) -> Whole:
    whole = await events.find(access.book(request), award.event)
    if not in_charge(access.who(request), roles, whole):
        raise HTTPException(404)
    return whole


async def _wanted(request: Request) -> tuple[Wanted, Whole]:
    try:
        wanted = await correction_requests.find(access.book(request), str(request.path_params["correction"]))
    except UnknownCorrection:
        raise HTTPException(404) from None
    return wanted, await _whole(request, wanted.award, READERS)


async def _new(
    request: Request, award: Verification, whole: Whole, filled: Filled[Undo], *, status_code: int = 200
) -> Response:
    book, by = access.book(request), access.who(request).member
    done = await Correction.get_or_none(of_reference=award.reference, using_db=book.reader)
    plan, why, second = None, None, False
    if done is None:
        asked = await corrections.asking(book, award.reference or "", "wrong_person", by=by, on=book.today())
        plan = await correction_plans.plan(book, asked)
        try:
            await correction_rights.require_first(book, asked)
            await correction_rights.alone(book, asked)
        except NeedsSecondPerson as refusal:
            second, why = True, said(refusal)
        except PointsError as refusal:
            why = said(refusal)
    return pages.render(
        request,
        "correction_new.html",
        status_code=status_code,
        filled=filled,
        award=award,
        done=done,
        plan=plan,
        why=why,
        second=second,
        options=correction_words.options(),
        **await _shown(request, award, whole, plan),
    )


async def _shown(request: Request, award: Verification, whole: Whole, plan: Plan | None) -> dict[str, Any]:
    """What both pages show: whose award it is, what it was for, and the lines that move."""
    book = access.book(request)
    postings: tuple[Posting, ...] = plan.postings if plan else ()
    people = await members.many(book, [award.member])
    there = await areas.many(book, correction_words.communities(postings))
    funds = [address for each in postings for address in (each.target,) if address.startswith("fund/")]
    year = await closed.year_of(book, funds, award.decided_on)
    return {
        "name": masked(people, [award.member])[award.member],
        "what": title(whole),
        "lines": correction_words.lines(postings, {code: area.name for code, area in there.items()}),
        "year": year.rpartition("/")[2] if year else None,
        "words": words,
        "today": book.today(),
    }


async def _request(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    wanted, whole = await _wanted(request)
    book, asking = access.book(request), access.who(request)
    look = await correction_requests.look(book, wanted) if wanted.state == "open" else None
    return pages.render(
        request,
        "correction.html",
        status_code=status_code,
        filled=filled,
        wanted=wanted,
        award=wanted.award,
        look=look,
        why=await _why_not(request, wanted),
        staff=await entries.staff_names(book, [wanted.asked_by, wanted.decided_by]),
        asks=in_charge(asking, CORRECTORS, whole),
        told=correction_words,
        **await _shown(request, wanted.award, whole, look.plan if look else None),
    )


async def _why_not(request: Request, wanted: Wanted) -> Say | None:
    """Why the one who reads may not decide; None when they may."""
    book, by = access.book(request), access.who(request).member
    asked = await corrections.asking(
        book, wanted.award.reference or "", wanted.reason, by=wanted.asked_by, on=book.today(), note="—"
    )
    return await why_not(correction_rights.require_second(book, asked, by=by))
