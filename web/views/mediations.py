"""Mediations on pages: one's cases, a new one with its parties sealed, what came of it, and looking again."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.errors import PointsError
from points.events import caseload, duties, follow_ups, mediations, openings, settlements, taking
from points.events.errors import UnknownMediation
from points.events.mediations import Case, Quarrel
from points.events.sealing import Parties
from points.events.settlements import MEDIATORS_AT_MOST, Result
from points.people import areas, lookup, members, teams
from points.people.errors import UnknownMember
from web import access, bodies, entries, event_words, forms, mediation_words, pages, places, text, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line, Prose, half_width
from web.i18n import N_, Say
from web.refusals import said
from web.views.events import OVERSEERS, masked

READERS = ("mediator", *OVERSEERS)
LEVELS = ("community", "grid", "building")
_SHARE = re.compile(r"(.*\S)\s+(\d{1,3})\s*%?")
_NO_PLACE = Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。"))

Clock = Annotated[str, BeforeValidator(half_width), Field(pattern=r"^([01]?\d|2[0-3])[:：]?[0-5]\d$")]


class New(FormModel):
    """A quarrel; the last two are sealed."""

    key: Code = Field(title=N_("编号"))
    dispute: Line = Field(title=N_("哪一类纠纷"))
    area: Line = Field(title=N_("在哪个社区或网格"))
    on: date = Field(title=N_("哪一天"))
    at: Clock = Field(title=N_("几点"))
    who: Prose = Field(title=N_("当事人"), max_length=600)
    about: Prose = Field(title=N_("为了什么"))


class Settled(FormModel):
    """What came of it."""

    key: Code = Field(title=N_("编号"))
    outcome: Literal["ordinary", "difficult", "oral", "failed"] = Field(title=N_("结果"))
    agreement: Literal["written", "oral", "none"] = Field(title=N_("协议"))
    mediators: Prose = Field(title=N_("谁调解的"), max_length=600)
    studio: Line = Field("", title=N_("哪个调解室"))
    follow_up_on: date | None = Field(None, title=N_("哪一天回访"))


class Looked(FormModel):
    """Whether it holds."""

    key: Code = Field(title=N_("编号"))
    held: Literal["yes", "no"] = Field(title=N_("履行得怎么样"))


async def index(request: Request) -> Response:
    """GET /mediations?after=: a mediator's cases, for an auditor those of the place; first what is to be revisited."""
    book, asking = access.book(request), access.who(request)
    mine = asking.member if asking.roles & set(duties.MEDIATORS) else None
    codes = places.codes(asking, duties.MEDIATORS if mine else OVERSEERS)
    after = bodies.query(request).one("after")
    page = await caseload.page(book, codes, mine=mine, after=after)
    return pages.render(
        request,
        "mediations.html",
        page_of=page,
        due=await caseload.due(book, codes, book.today(), mine=mine),
        mine=mine,
        first=after,
        told=mediation_words,
        state=event_words.state,
    )


async def new(request: Request) -> Response:
    """GET /mediations/new: today, now, and the place when there is only one."""
    book = access.book(request)
    filled = forms.empty(New, on=book.today().isoformat(), at=text.clock(book.now()), dispute="neighbour")
    return await _new(request, filled)


async def create(request: Request) -> Response:
    """POST /mediations/new: writes it down and seals it, once for each key."""
    filled = forms.read(New, form(request))
    value = filled.value
    if value is None:
        return await _new(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    area = places.read(value.area, await places.offered(book, asking, duties.MEDIATORS, LEVELS))
    if area is None:
        return await _new(request, filled.failed("area", _NO_PLACE), status_code=422)
    at = _instant(book, value.on, value.at)
    quarrel = Quarrel(value.dispute, area, at, Parties(value.who, value.about))
    try:
        secret = request.app.state.settings.seal()
        filed = await mediations.file(book, quarrel, secret=secret, by=asking.member, key=value.key)
    except PointsError as refusal:
        field = {"BadTime": "on", "BadDispute": "dispute", "NotAllowed": "area", "BadPlace": "area"}
        where = field.get(type(refusal).__name__, "who")
        return await _new(request, filled.failed(where, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("mediation", event=filed.event)))


async def show(request: Request) -> Response:
    """GET /mediations/{event}: how far it is, who mediated, when to look again; the parties stay sealed."""
    return await page_of(request, await find(request))


async def outcome(request: Request) -> Response:
    """GET /mediations/{event}/outcome: the result, with oneself as its mediator and a day a month from now."""
    case = await own(request)
    book = access.book(request)
    filled = forms.empty(
        Settled,
        mediators=access.who(request).member,
        follow_up_on=(book.today() + settlements.FOLLOW_UP_AFTER).isoformat(),
    )
    return await _outcome(request, case, filled)


async def settle(request: Request) -> Response:
    """POST /mediations/{event}/outcome: records it, once for each key."""
    case = await own(request)
    filled = forms.read(Settled, form(request))
    value = filled.value
    if value is None:
        return await _outcome(request, case, filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    failed = value.agreement == "none"
    try:
        result = Result(
            value.outcome,
            value.agreement,
            await _mediators(book, value.mediators),
            value.studio or None,
            None if failed else value.follow_up_on,
        )
        await settlements.record(book, case.whole.event.id, result, by=me, key=value.key)
    except UnknownMediation:
        raise HTTPException(404) from None
    except PointsError as refusal:
        field = {"BadFollowUp": "follow_up_on", "UnknownStudio": "studio", "BadOutcome": "agreement"}
        where = field.get(type(refusal).__name__, "mediators")
        return await _outcome(request, case, filled.failed(where, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("mediation", event=case.whole.event.id)))


async def follow_up(request: Request) -> Response:
    """POST /mediations/{event}/follow-ups: says whether it holds, once for each key."""
    case = await find(request)
    filled = forms.read(Looked, form(request))
    if filled.value is None:
        return await page_of(request, case, looked=filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    try:
        held = filled.value.held == "yes"
        await follow_ups.record(book, case.whole.event.id, held=held, by=me, key=filled.value.key)
    except UnknownMediation:
        raise HTTPException(404) from None
    except PointsError as refusal:
        return await page_of(request, case, looked=filled.failed("held", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("mediation", event=case.whole.event.id)))


async def find(request: Request) -> Case:
    """The case that a path names, for its mediators and the overseers of its area; for anyone else it is not there."""
    book, asking = access.book(request), access.who(request)
    try:
        case = await mediations.find(book, request.path_params["event"])
    except UnknownMediation:
        raise HTTPException(404) from None
    oversees = any(areas.covers(case.path, code) for role in OVERSEERS for code in asking.areas(role))
    if not (oversees or await mediations.is_own(book, case, asking.member)):
        raise HTTPException(404)
    return case


async def own(request: Request) -> Case:
    """The case that a path names, for its own mediators."""
    case = await find(request)
    if not await mediations.is_own(access.book(request), case, access.who(request).member):
        raise HTTPException(404)
    return case


async def page_of(request: Request, case: Case, *, status_code: int = 200, **more: Any) -> Response:
    """The page of a case, with what the one who asks may do now."""
    book, me = access.book(request), access.who(request).member
    event = case.whole.event.id
    opened = await openings.of(book, event)
    people = await members.many(book, case.shares)
    standing = await taking.life_of(book, case.whole)
    actors = [case.filed_by, *(row.opened_by for row in opened), *(row.seen_by for row in case.follow_ups)]
    may_open = await openings.may_open(book, case, me)
    studio = case.result.studio if case.result else None
    return pages.render(
        request,
        "mediation.html",
        status_code=status_code,
        case=case,
        event=case.whole.event,
        state=event_words.state(standing),
        false=standing.false,
        names=masked(people, list(case.shares)),
        staff=await entries.staff_names(book, actors),
        studio=await teams.find(book, studio) if studio else None,
        opened=opened if may_open else [],
        destroyed=None if case.sealed else await openings.destroyed_on(book, event),
        can={
            "open": may_open and case.sealed,
            "see_log": may_open,
            "settle": case.result is None and not standing.false and await mediations.is_own(book, case, me),
            "follow": case.result is not None
            and not standing.false
            and await follow_ups.may_follow(book, case, me),
            "destroy": case.sealed and _amends(request, case),
        },
        parse=words.parse,
        told=mediation_words,
        **(dict.fromkeys(("looked", "asked", "ended"), forms.empty(Looked)) | more),
    )


def _amends(request: Request, case: Case) -> bool:
    asking = access.who(request)
    return any(areas.covers(case.path, code) for role in duties.AMENDERS for code in asking.areas(role))


async def _new(request: Request, filled: Filled[New], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    offered = await places.offered(book, asking, duties.MEDIATORS, LEVELS)
    return pages.render(
        request,
        "mediation_new.html",
        status_code=status_code,
        filled=places.prefilled(filled, offered),
        places=offered,
        disputes=mediation_words.choices(mediation_words.DISPUTES),
    )


async def _outcome(
    request: Request, case: Case, filled: Filled[Settled], *, status_code: int = 200
) -> Response:
    book, asking = access.book(request), access.who(request)
    community = (case.whole.event.area or "")[:12]
    studios = await teams.under(book, [community, *places.codes(asking, duties.MEDIATORS)])
    return pages.render(
        request,
        "mediation_outcome.html",
        status_code=status_code,
        filled=filled,
        case=case,
        studios=[("", Say(N_("不在调解室")))]
        + [(team.number, team.name) for team in studios if team.kind == "studio"],
        most=MEDIATORS_AT_MOST,
        told=mediation_words,
    )


async def _mediators(book: Book, typed: str) -> list[tuple[str, int | None]]:
    """One in each line: number, phone or card, and after it their percent, which all or none have."""
    found: list[tuple[str, int | None]] = []
    for line in filter(None, (half_width(each).strip() for each in typed.splitlines())):
        share = _SHARE.fullmatch(line)
        who = share[1] if share else line
        people = await lookup.find(book, who)
        if len(people) != 1:
            raise UnknownMember(member=who)
        found.append((people[0].member, int(share[2]) if share else None))
    return found


def _instant(book: Book, day: date, clock: str) -> datetime:
    """An instant from a day and 9:05, 09:05 or 0905."""
    digits = clock.replace("：", ":").replace(":", "").zfill(4)
    return datetime.combine(day, time(int(digits[:2]), int(digits[2:])), tzinfo=book.zone)
