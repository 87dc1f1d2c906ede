"""A community's year: its statement as the ledger has it, asked to be closed by one, closed by another, and printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards.years import closed, closing
from points.awards.years.closed import Closed
from points.awards.years.closing import ASKERS, CONFIRMERS, Statement
from points.errors import PointsError
from points.market import items
from points.people import areas
from points.people.models import Area
from web import access, downloads, entries, forms, pages, places, words, year_words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say, language
from web.i18n import gettext as _
from web.refusals import said

READERS = (*CONFIRMERS, "auditor")
YEARS = 5
"""So many years are offered; others are reached by their address."""


class Asking(FormModel):
    """A request to close a year."""

    key: Code = Field(title=N_("编号"))


class Confirming(FormModel):
    """The figures that were seen."""

    digest: Line = Field(title=N_("结算单的内容"), max_length=80)


class Refusing(FormModel):
    """The request that was seen, and why it is refused."""

    digest: Line = Field(title=N_("结算单的内容"), max_length=80)
    reason: Literal["figures", "unfinished", "not_now", "other"] = Field(title=N_("为什么退回"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The year of an address, in a community that the reader answers for."""

    area: Area
    year: int


async def index(request: Request) -> Response:
    """GET /years: the communities one answers for, each with the years of its statements."""
    book, asking = access.book(request), access.who(request)
    today = book.today()
    return pages.render(
        request,
        "years.html",
        communities=await places.offered(book, asking, READERS, ("community",)),
        years=[today.year - back for back in range(YEARS)],
    )


async def show(request: Request) -> Response:
    """GET /years/{area}/{year}: what was issued, awarded, spent, expired and is left; and who closes it."""
    return await _page(request, await _asked(request), forms.empty(Asking))


async def ask(request: Request) -> Response:
    """POST /years/{area}/{year}/request: ask that it be closed with the figures of now."""
    asked = await _asked(request, ASKERS)
    filled, by = forms.read(Asking, form(request)), access.who(request).member
    if filled.value is None:
        return await _page(request, asked, filled, status_code=422)
    try:
        await closing.ask(access.book(request), asked.area.code, asked.year, by=by, key=filled.value.key)
    except PointsError as refusal:
        return await _page(request, asked, filled.failed("", said(refusal)), status_code=422)
    return _back(request, asked)


async def confirm(request: Request) -> Response:
    """POST /years/{area}/{year}/closing: close it as it was seen; twice is once."""
    asked = await _asked(request, CONFIRMERS)
    filled, by = forms.read(Confirming, form(request)), access.who(request).member
    if filled.value is None:
        return await _page(request, asked, filled, status_code=422)
    try:
        digest = filled.value.digest
        await closing.confirm(access.book(request), asked.area.code, asked.year, digest=digest, by=by)
    except PointsError as refusal:
        return await _page(request, asked, filled.failed("", said(refusal)), status_code=422)
    return _back(request, asked)


async def refuse(request: Request) -> Response:
    """POST /years/{area}/{year}/refusal: refuse the request with a reason; twice is once."""
    asked = await _asked(request, CONFIRMERS)
    filled, by = forms.read(Refusing, form(request)), access.who(request).member
    if filled.value is None:
        return await _page(request, asked, filled, status_code=422)
    try:
        said_so = {"reason": filled.value.reason, "digest": filled.value.digest, "by": by}
        await closing.refuse(access.book(request), asked.area.code, asked.year, **said_so)
    except PointsError as refusal:
        return await _page(request, asked, filled.failed("", said(refusal)), status_code=422)
    return _back(request, asked)


async def sheet(request: Request) -> Response:
    """GET /years/{area}/{year}/statement.xlsx: the statement, as it was closed or as it stands."""
    asked, book = await _asked(request), access.book(request)
    done = await closed.find(book, asked.area.code, asked.year)
    told = done.figures if done else (await closing.statement(book, asked.area.code, asked.year)).figures
    above = [f"{asked.area.name} {asked.year}", _state(done)]
    made = year_words.sheets(told, await _names(book, told), above)
    return await downloads.whole(made, f"jishan-year-{asked.area.code}-{asked.year}.xlsx")


def _state(done: Closed | None) -> str:
    if done is None:
        return _("还没有结算，数字到现在为止")
    return _("{day} 结算，账本第 {n} 条，核对码 {code}").format(
        day=done.closed_on, n=done.position, code=done.digest[-12:]
    )


def _back(request: Request, asked: Asked) -> Response:
    return pages.see(str(request.app.url_path_for("year", area=asked.area.code, year=asked.year)))


async def _asked(request: Request, roles: tuple[str, ...] = READERS) -> Asked:
    """The community and the year of this address; 404 for those that the reader does not answer for."""
    book, asking = access.book(request), access.who(request)
    code, year = str(request.path_params["area"]), int(request.path_params["year"])
    area = (await areas.many(book, [code])).get(code)
    mine = places.codes(asking, roles)
    if area is None or not any(areas.covers(area.path, each) for each in mine):
        raise HTTPException(404)
    if area.level != "community" or not closing.FIRST <= year <= book.today().year:
        raise HTTPException(404)
    return Asked(area, year)


async def _page(request: Request, asked: Asked, filled: Filled[Any], *, status_code: int = 200) -> Response:
    book, area = access.book(request), asked.area
    done = await closed.find(book, area.code, asked.year)
    now = await closing.statement(book, area.code, asked.year)
    wanted = None if done else await closing.asked(book, now)
    refused = None if done or wanted else await closing.last_refused(book, area.code, asked.year)
    told = done.figures if done else now.figures
    who = [done.asked_by, done.closed_by] if done else [wanted.by if wanted else None]
    who += [refused.by] if refused else []
    return pages.render(
        request,
        "year.html",
        status_code=status_code,
        filled=filled,
        area=area,
        year=asked.year,
        now=now,
        done=done,
        moved_on=bool(done and now.figures != done.figures),
        later=await closed.later(book, done) if done else [],
        wanted=wanted,
        refused=refused,
        reasons=[(code, Say(word)) for code, word in year_words.REASONS.items()],
        over=book.today().year > asked.year,
        staff=await entries.staff_names(book, who),
        rights=await _rights(request, area),
        parts=year_words.parts(told),
        others=year_words.others(told),
        goods=year_words.goods(told, await _names(book, told)),
        told=year_words,
        words=words,
        today=book.today(),
    )


async def _rights(request: Request, area: Area) -> dict[str, bool]:
    asking = access.who(request)

    def there(roles: tuple[str, ...]) -> bool:
        return any(areas.covers(area.path, code) for code in places.codes(asking, roles))

    return {"ask": there(ASKERS), "confirm": there(CONFIRMERS)}


async def _names(book: Any, told: Any) -> dict[int, str]:
    """What the things are called, in the language of the page."""
    goods = await items.named(book, [each.item for each in told.goods])
    return {number: each.name if language() == "zh" else each.name_en for number, each in goods.items()}


__all__ = ["ASKERS", "CONFIRMERS", "READERS", "Statement", "ask", "confirm", "index", "sheet", "show"]
