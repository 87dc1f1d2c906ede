"""What an item costs: a form for a price from a later day, and the cuts that take two people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import items, price_requests, prices
from points.market.catalogue_files import POINTS_AT_MOST
from points.market.errors import TwoForCut
from points.market.price_requests import Asked
from points.people.errors import UnknownRequest
from web import access, entries, forms, market_words, pages
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Filled, FormModel
from web.i18n import N_
from web.refusals import said
from web.views import items as its

SECONDS = price_requests.APPROVERS


class NewPrice(FormModel):
    """What it is to cost, and from when."""

    key: Code = Field(title=N_("编号"))
    points: int = Field(title=N_("价格（积分）"), ge=0, le=POINTS_AT_MOST)
    from_on: date = Field(title=N_("从哪天起"))


async def price(request: Request) -> Response:
    """GET /items/{item}/price: what it costs, and a form for what it is to cost."""
    tomorrow = (access.book(request).today() + timedelta(days=1)).isoformat()
    return await _price(request, forms.empty(NewPrice, from_on=tomorrow))


async def set_price(request: Request) -> Response:
    """POST /items/{item}/price: sets it; a cut by more than half is asked for, and waits for a second person."""
    its.require_keeper(request)
    item, _ = await its.find(request)
    filled = forms.read(NewPrice, form(request))
    value, book, by = filled.value, access.book(request), access.who(request).member
    if value is None:
        return await _price(request, filled, status_code=422)
    try:
        await prices.set_price(
            book, item, value.points, from_on=value.from_on, by=by, on=book.today(), key=value.key
        )
    except TwoForCut:
        asked = await price_requests.ask(
            book, item, value.points, from_on=value.from_on, by=by, key=value.key
        )
        return pages.see(str(request.app.url_path_for("items.price_request", request=asked.id)))
    except (PointsError, ReferenceConflict) as refusal:
        return await _price(request, filled.failed("from_on", said(refusal)), status_code=422)
    return its.seen(request, item)


async def show_request(request: Request) -> Response:
    """GET /items/price-requests/{request}: what is asked, as both people see it."""
    return await _request(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /items/price-requests/{request}: approve or refuse what was seen; twice is once."""
    asked = await _asked(request)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _request(request, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    approved = filled.value.approved
    try:
        await price_requests.decide(book, asked.id, approved=approved, digest=filled.value.digest, by=by)
    except (PointsError, ReferenceConflict) as refusal:
        return await _request(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("items.price_request", request=asked.id)))


async def _asked(request: Request) -> Asked:
    try:
        return await price_requests.find(access.book(request), str(request.path_params["request"]))
    except UnknownRequest:
        raise HTTPException(404) from None


async def _price(request: Request, filled: Filled[Any], *, status_code: int = 200) -> Response:
    its.require_keeper(request)
    item, _ = await its.find(request)
    book = access.book(request)
    return pages.render(
        request,
        "item_price.html",
        status_code=status_code,
        filled=filled,
        item=item,
        prices=await prices.history(book, item.number),
        today=book.today(),
    )


async def _request(request: Request, filled: Filled[Any], *, status_code: int = 200) -> Response:
    asked, book = await _asked(request), access.book(request)
    return pages.render(
        request,
        "price_request.html",
        status_code=status_code,
        filled=filled,
        asked=asked,
        why=await why_not(price_requests.require_second(book, asked, by=access.who(request).member)),
        names=await entries.staff_names(book, [asked.asked_by, asked.decided_by]),
        item=(await items.numbered(book, asked.item))[0],
        told=market_words,
    )
