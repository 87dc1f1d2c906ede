"""How many of an item one may have in a period, and who may have it at all."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import terms
from points.market.terms import MOST_AT_MOST, OLDEST, PERS, Audience
from points.people import areas, kinds
from web import access, forms, market_words, pages, places
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views import items as its


class NewLimit(FormModel):
    """How many each may have; 0 is any number."""

    key: Code = Field(title=N_("编号"))
    of: Literal["member", "household"] = Field(title=N_("每人还是每户"))
    per: Literal["day", "week", "month", "year"] = Field(title=N_("多久"))
    most: int = Field(title=N_("最多几份（0 是不限）"), ge=0, le=MOST_AT_MOST)


class Who(FormModel):
    """Who may have it; nothing chosen is everybody."""

    key: Code = Field(title=N_("编号"))
    kinds: list[str] = Field(title=N_("哪几类成员"))
    areas: Line = Field("", title=N_("哪些地方的成员"), max_length=200)
    least: int | None = Field(None, title=N_("几岁起"), ge=0, le=OLDEST)
    oldest: int | None = Field(None, title=N_("到几岁"), ge=0, le=OLDEST)


async def limit(request: Request) -> Response:
    """GET /items/{item}/terms: how many one may have, and who."""
    return await _terms(request, {})


async def set_limit(request: Request) -> Response:
    """POST /items/{item}/terms/limit"""
    its.require_keeper(request)
    item, _ = await its.find(request)
    filled = forms.read(NewLimit, form(request))
    value, book = filled.value, access.book(request)
    if value is not None:
        try:
            await terms.set_limit(
                book,
                item,
                of=value.of,
                per=value.per,
                most=value.most or None,
                by=access.who(request).member,
                on=book.today(),
                key=value.key,
            )
        except (PointsError, ReferenceConflict) as refusal:
            filled = filled.failed("most", said(refusal))
    if filled.errors:
        return await _terms(request, {NewLimit: filled}, status_code=422)
    return its.seen(request, item)


async def set_audience(request: Request) -> Response:
    """POST /items/{item}/terms/audience"""
    its.require_keeper(request)
    item, _ = await its.find(request)
    filled = forms.read(Who, form(request))
    value, book = filled.value, access.book(request)
    if value is not None:
        try:
            codes = await _codes(request, value.areas)
            who = Audience(tuple(value.kinds), codes, value.least, value.oldest)
            await terms.set_audience(
                book, item, who, by=access.who(request).member, on=book.today(), key=value.key
            )
        except (PointsError, ReferenceConflict) as refusal:
            filled = filled.failed("areas", said(refusal))
    if filled.errors:
        return await _terms(request, {Who: filled}, status_code=422)
    return its.seen(request, item)


async def _codes(request: Request, text: str) -> tuple[str, ...]:
    """The codes of the areas that were typed, by code or by name, with 、 or spaces between them."""
    book = access.book(request)
    every = await areas.inside(book, None, ("district", "street", "community"), limit=places.MOST)
    typed = [each for each in text.replace("、", " ").replace("，", " ").split() if each]
    return tuple(dict.fromkeys(places.read(each, every) or each for each in typed))


async def _terms(
    request: Request, tried: dict[type[Any], Filled[Any]], *, status_code: int = 200
) -> Response:
    its.require_keeper(request)
    item, _ = await its.find(request)
    book = access.book(request)
    now = (await terms.on_day(book, book.today(), [item.number])).get(item.number, terms.Terms())
    least, oldest = (str(age) if age is not None else "" for age in (now.least, now.oldest))
    who = Filled(
        Who,
        {"areas": "、".join(now.areas), "least": least, "oldest": oldest},
        {"kinds": sorted(now.kinds)},
    )
    limit_form = forms.empty(NewLimit, of="member", per="month")
    return pages.render(
        request,
        "item_terms.html",
        status_code=status_code,
        wrong=next(iter(tried.values()), limit_form),
        limit=tried.get(NewLimit, limit_form),
        who=tried.get(Who, who),
        item=item,
        now=now,
        kinds=[(kind, Say(label)) for kind, label in kinds.NAMES.items()],
        of=[(of, Say(label)) for of, label in (("member", N_("每人")), ("household", N_("每户")))],
        pers=[(per, Say(label)) for per, label in PERS.items()],
        history=await terms.history(book, item.number),
        told=market_words,
    )
