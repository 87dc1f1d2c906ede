"""Reconciliation: what a community's people got, spent and still have, what its shops hold, and what it all cost."""

from __future__ import annotations

import re
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.market import reconciliation
from points.market.models import Shop
from points.people import areas
from points.people.models import Area
from web import access, bodies, downloads, pages, places, reconciliation_words, shelves
from web.i18n import gettext as _
from web.i18n import speaking
from web.views import funds

READERS = ("stock_keeper", "fund_keeper", "approver", "admin", "auditor")
MONTHS = 6
"""So many months are offered; others are reached by their address."""
_MONTH = re.compile(r"(19|20)\d{2}-(0[1-9]|1[0-2])", re.ASCII)


async def index(request: Request) -> Response:
    """GET /reconciliation: the communities one answers for, each with its latest months."""
    book, asking = access.book(request), access.who(request)
    return pages.render(
        request,
        "reconciliations.html",
        communities=await places.offered(book, asking, READERS, ("community",)),
        months=_months(book.today()),
        told=reconciliation_words,
    )


async def show(request: Request) -> Response:
    """GET /reconciliation/{area}/{month}?shop=: the whole community, or one of its shops."""
    area, month = await _asked(request)
    book = access.book(request)
    every = await reconciliation.shops_of(book, area.code)
    one = _one(every, bodies.query(request).one("shop"))
    found = await reconciliation.read(book, area.code, month, of=[one] if one else every)
    things = await shelves.things(book)
    return pages.render(
        request,
        "reconciliation.html",
        area=area,
        month=month,
        around=_around(month, book.today()),
        found=found,
        shops={shop.number: shop for shop in every},
        one=one,
        things=things,
        told=reconciliation_words,
        called=shelves.called,
        yuan=shelves.yuan,
        funded=bool(access.who(request).roles & set(funds.READERS)),
        opens=bool(access.who(request).roles & shelves.READERS),
        today=book.today(),
        over=reconciliation.bounds(month)[1] < book.today(),
    )


async def sheet(request: Request) -> Response:
    """GET /reconciliation/{area}/{month}/month.xlsx?shop=: the same as a spreadsheet."""
    area, month = await _asked(request)
    book = access.book(request)
    every = await reconciliation.shops_of(book, area.code)
    one = _one(every, bodies.query(request).one("shop"))
    found = await reconciliation.read(book, area.code, month, of=[one] if one else every)
    things = await shelves.things(book)
    with speaking(pages.language(request)):
        above = [
            f"{area.name} {month}" + (f" {one.name}" if one else ""),
            _("数字都来自账本，可以一笔一笔打开。"),
        ]
        made = reconciliation_words.sheets(found, things, {shop.number: shop for shop in every}, above)
    return await downloads.whole(made, f"jishan-reconciliation-{area.code}-{month}.xlsx")


def _one(every: list[Shop], said: str) -> Shop | None:
    """The shop that was asked for; 404 for one that is not of this community, None when none was."""
    if not said:
        return None
    for shop in every:
        if str(shop.number) == said:
            return shop
    raise HTTPException(404)


async def _asked(request: Request) -> tuple[Area, str]:
    """The community and the month of the address; 404 for what the reader does not answer for and months to come."""
    book, code = access.book(request), str(request.path_params["area"])
    month = str(request.path_params["month"])
    area = (await areas.many(book, [code])).get(code)
    mine = places.codes(access.who(request), READERS)
    if area is None or area.level != "community" or not any(areas.covers(area.path, each) for each in mine):
        raise HTTPException(404)
    if not _MONTH.fullmatch(month) or month > f"{book.today():%Y-%m}":
        raise HTTPException(404)
    return area, month


def _months(today: date) -> list[str]:
    found, first = [], today.replace(day=1)
    for _back in range(MONTHS):
        found.append(f"{first:%Y-%m}")
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def _around(month: str, today: date) -> tuple[str | None, str | None]:
    """The months before and after, as far as there are any."""
    first, last = reconciliation.bounds(month)
    after = f"{last + timedelta(days=1):%Y-%m}"
    before = f"{first - timedelta(days=1):%Y-%m}"
    return (before if _MONTH.fullmatch(before) else None), (after if after <= f"{today:%Y-%m}" else None)
