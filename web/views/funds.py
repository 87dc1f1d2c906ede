"""Funds: what each community was given for a month and what became of it; allocate, ask to go over, approve, pay."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from ledger.errors import ReferenceConflict
from points.awards import fund_flows, fund_months, fund_requests, funds, in_line, line, sponsors
from points.awards.errors import GoesOver
from points.awards.fund_requests import Asked
from points.awards.sponsors import Backing
from points.errors import PointsError
from points.people import areas, members, requests
from points.people.errors import UnknownRequest
from points.people.models import Area
from web import access, bodies, downloads, entries, forms, fund_words, pages, paging, places
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Count, Filled, FormModel, Line, half_width, wrong
from web.i18n import N_, Say
from web.refusals import said

KEEPERS = ("fund_keeper",)
READERS = ("fund_keeper", "approver", "admin", "auditor")
LEVELS = ("district", "street", "community")
A_PAGE = 20
MONTHS = 12
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_YUAN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)


def _fen(text: Any) -> Any:
    found = _YUAN.fullmatch(half_width(text).replace(",", "")) if isinstance(text, str) else None
    if found is None:
        raise wrong(N_("出资要写多少元，最多两位小数，例如 5000。"))
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


Yuan = Annotated[int | None, BeforeValidator(_fen)]
"""So many yuan as somebody wrote them, in fen; None where nothing was said."""


class Given(FormModel):
    """Points for a month, and whose money they are."""

    key: Code = Field(title=N_("编号"))
    under: Line = Field(title=N_("给哪里（下面的每个社区平均分）"))
    month: str = Field(title=N_("哪个月"), pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    points: Count = Field(title=N_("一共多少分"))
    sponsor: Literal["street", "community", "unit", "company"] = Field(title=N_("谁出资"))
    name: Line = Field("", title=N_("出资的叫什么（可不填）"), max_length=sponsors.NAME_AT_MOST)
    yuan: Yuan = Field(None, title=N_("出资多少元（不填就是一分一元）"))
    over: Literal["", "yes"] = Field("", title=N_("超额拨付"))

    @property
    def backing(self) -> Backing:
        """Whose money it is, a yuan for each point when nothing was said."""
        fen = self.points * sponsors.FEN_A_POINT if self.yuan is None else self.yuan
        return Backing(self.sponsor, fen, self.name)


async def index(request: Request) -> Response:
    """GET /funds?month=: this month at first; every community of those one answers for."""
    return await _index(request, forms.empty(Given, month=_month(request), sponsor="street"))


async def waiting(request: Request) -> int:
    """How many requests to go over wait for a second person."""
    mine = places.codes(access.who(request), READERS)
    return len(await fund_requests.waiting(access.book(request), mine, limit=requests.MOST))


async def create(request: Request) -> Response:
    """POST /funds: allocates, or asks for what goes over; twice is once."""
    filled, book = forms.read(Given, form(request)), access.book(request)
    if filled.value is None:
        return await _index(request, filled, status_code=422)
    under = places.read(filled.value.under, await places.offered(book, access.who(request), KEEPERS, LEVELS))
    if under is None:
        return await _index(request, filled.failed("under", Say(NO_PLACE)), status_code=422)
    try:
        return pages.see(await _given(request, filled.value, under))
    except GoesOver as over:
        return await _index(request, filled, said(over), status_code=422)
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, filled.failed("under", said(refusal)), status_code=422)


async def _given(request: Request, value: Given, under: str) -> str:
    """Where what was allocated, or asked for, is to be seen."""
    book, by, site = access.book(request), access.who(request).member, request.app
    wanted: dict[str, Any] = {"under": under, "month": value.month, "points": value.points, "by": by}
    if value.over:
        asked = await fund_requests.ask(book, **wanted, key=value.key, backing=value.backing)
        return str(site.url_path_for("funds.request", request=asked.id))
    done = await funds.allocate(book, **wanted, key=value.key, backing=value.backing, on=book.today())
    if len(done.shares) == 1:
        return str(site.url_path_for("funds.month", area=done.shares[0][0], month=done.month))
    return f"{site.url_path_for('funds')}?month={done.month}"


NO_PLACE = N_("没有找到这个地方。请写区划的名字，同名的写代码。")


async def _index(
    request: Request, filled: Filled[Given], over: Say | None = None, *, status_code: int = 200
) -> Response:
    book, asking = access.book(request), access.who(request)
    month = _month(request, filled)
    mine = places.codes(asking, READERS)
    below = await areas.inside(
        book, None if None in mine else [c for c in mine if c], ["community"], limit=places.MOST
    )
    keys = [(area.code, month) for area in below]
    states = await funds.states(book, keys)
    waiting = await fund_requests.waiting(book, mine, paging.turn(request))
    keeps = bool(asking.roles & set(KEEPERS))
    return pages.render(
        request,
        "funds.html",
        status_code=status_code,
        filled=filled,
        over=over,
        month=month,
        around=_around(book, month),
        rows=[(area, states[area.code, month]) for area in below],
        lines=await in_line.lengths(book, keys),
        waiting=waiting,
        turns=paging.links(request, waiting),
        places=await areas.many(book, [a.under for a in waiting]),
        keeps=keeps,
        offered=await places.offered(book, asking, KEEPERS, LEVELS) if keeps else [],
        told=fund_words,
    )


async def month(request: Request) -> Response:
    """GET /funds/{area}/{month}?after=: one community's fund, what became of it, what moved, and who waits for it."""
    return await _shown(request)


async def sheet(request: Request) -> Response:
    """GET /funds/{area}/{month}/fund.xlsx: the same as a spreadsheet."""
    area, named = await _community(request)
    book = access.book(request)
    chain, given = await fund_months.chain(book, area.code, named)
    flows = await fund_flows.read(book, area.code, named)
    made = fund_words.sheets(area.name, named, chain, given, flows)
    return await downloads.whole(made, f"jishan-fund-{area.code}-{named}.xlsx")


async def pay(request: Request) -> Response:
    """POST /funds/{area}/{month}/payments: pays the line as far as the fund reaches; twice is once."""
    area, named = await _community(request, KEEPERS)
    book = access.book(request)
    await line.pay(book, [(area.code, named)], on=book.today())
    return pages.see(str(request.app.url_path_for("funds.month", area=area.code, month=named)))


async def _shown(request: Request) -> Response:
    area, named = await _community(request)
    book, fund = access.book(request), (area.code, named)
    after = bodies.query(request).one("after")
    chain, given = await fund_months.chain(book, *fund)
    stand = await in_line.first(book, fund, after=after, limit=A_PAGE + 1)
    accounts = await statements.balances(book.reader, f"fund/{area.code}/")
    money = sum(one.fen for one in given)
    staff = {number for one in given for number in (one.decided_by, one.second) if number}
    return pages.render(
        request,
        "fund.html",
        area=area,
        month=named,
        around=_around(book, named),
        months=sorted((one.address.rpartition("/")[2] for one in accounts), reverse=True)[:MONTHS],
        chain=chain,
        given=given,
        money=money,
        cost=money * (chain.awarded - chain.corrected) // chain.allocated if chain.allocated else 0,
        flows=await fund_flows.read(book, *fund),
        standing=await fund_flows.standing(book, area.code),
        length=(await in_line.lengths(book, [fund])).get(fund, 0),
        stand=stand[:A_PAGE],
        more=stand[A_PAGE - 1].id if len(stand) > A_PAGE else None,
        paged=bool(after),
        whats=await fund_words.whats(book, [place.event for place in stand]),
        names=await entries.staff_names(book, [*staff, *(place.verifier for place in stand)]),
        pays=_keeps(request, area),
        told=fund_words,
    )


def _keeps(request: Request, area: Area) -> bool:
    mine = access.who(request).areas("fund_keeper")
    return any(areas.covers(area.path, code) for code in mine)


async def show_request(request: Request) -> Response:
    """GET /funds/requests/{request}: what is asked, as both people see it."""
    return await _request(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /funds/requests/{request}: approve or refuse what was seen; twice is once."""
    asked = await _find(request)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _request(request, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    approved = filled.value.approved
    try:
        await fund_requests.decide(book, asked.id, approved=approved, digest=filled.value.digest, by=by)
    except (PointsError, ReferenceConflict) as refusal:
        return await _request(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("funds.request", request=asked.id)))


async def _request(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    asked, book = await _find(request), access.book(request)
    people = await members.many(book, [n for n in (asked.asked_by, asked.decided_by) if n])
    codes = [code for code, _ in asked.shares]
    states = await funds.states(book, [(code, asked.month) for code in codes])
    return pages.render(
        request,
        "fund_request.html",
        status_code=status_code,
        filled=filled,
        asked=asked,
        why=await why_not(fund_requests.require_second(book, asked, by=access.who(request).member)),
        names={number: who.name or number for number, who in people.items()},
        places=await areas.many(book, [asked.under, *codes]),
        states={code: states[code, asked.month] for code in codes},
        told=fund_words,
    )


async def _find(request: Request) -> Asked:
    book = access.book(request)
    try:
        asked = await fund_requests.find(book, str(request.path_params["request"]))
    except UnknownRequest:
        raise HTTPException(404) from None
    if not await _may_see(book, asked, places.codes(access.who(request), READERS)):
        raise HTTPException(404)
    return asked


async def _may_see(book: Any, asked: Asked, mine: tuple[str | None, ...]) -> bool:
    path = await areas.path(book, asked.under)
    return any(areas.covers(path, code) for code in mine)


async def _community(request: Request, roles: tuple[str, ...] = READERS) -> tuple[Area, str]:
    """The community and month of the address; another's, or a month that is none, is not there."""
    named, code = str(request.path_params["month"]), str(request.path_params["area"])
    found = (await areas.many(access.book(request), [code])).get(code)
    mine = places.codes(access.who(request), roles)
    if found is None or found.level != "community" or not _MONTH.fullmatch(named):
        raise HTTPException(404)
    if not any(areas.covers(found.path, one) for one in mine):
        raise HTTPException(404)
    return found, named


def _month(request: Request, filled: Filled[Given] | None = None) -> str:
    """The month asked for, by the form or the query; this one otherwise."""
    named = (filled.values.get("month", "") if filled else "") or bodies.query(request).one("month")
    return named if _MONTH.fullmatch(named) else f"{access.book(request).today():%Y-%m}"


def _around(book: Any, month: str) -> tuple[str, str, str]:
    """This month, the one before, and the one after the one shown."""
    first = date.fromisoformat(f"{month}-01")
    before, after = first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    return f"{book.today():%Y-%m}", f"{before:%Y-%m}", f"{after:%Y-%m}"
