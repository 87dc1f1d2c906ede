"""A request about stock, as both people see it, and the second one's word."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from ledger.models import LedgerTransaction
from points.errors import PointsError
from points.market import stock_counts, stock_decisions, stock_requests
from points.market.errors import UnknownStockRequest
from points.market.models import Shop
from points.market.stock_requests import Asked
from web import access, entries, forms, pages, shelves, stock_words
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Filled
from web.refusals import said


async def show(request: Request) -> Response:
    """GET /stock/requests/{request}"""
    shop, asked = await _find(request)
    return await _show(request, shop, asked, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /stock/requests/{request}: approve or refuse what was seen; twice is once."""
    shop, asked = await _find(request, shelves.SECONDS)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _show(request, shop, asked, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    approved, digest = filled.value.approved, filled.value.digest
    try:
        await stock_decisions.decide(book, asked.id, approved=approved, digest=digest, by=by)
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(request, shop, asked, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("stock.request", request=asked.id)))


async def _find(request: Request, roles: frozenset[str] = shelves.READERS) -> tuple[Shop, Asked]:
    try:
        asked = await stock_requests.find(access.book(request), str(request.path_params["request"]))
    except UnknownStockRequest:
        raise HTTPException(404) from None
    return await shelves.of(request, asked.shop, roles), asked


async def _show(
    request: Request, shop: Shop, asked: Asked, filled: Filled[Decision], *, status_code: int = 200
) -> Response:
    book, by = access.book(request), access.who(request).member
    things = await shelves.things(book)
    count = await stock_counts.find(book, asked.subject) if asked.kind == "count" else None
    delivery = None
    if asked.kind == "delivery":
        delivery = await LedgerTransaction.get(reference=asked.subject, using_db=book.reader)
    return pages.render(
        request,
        "stock_request.html",
        status_code=status_code,
        shop=shop,
        asked=asked,
        filled=filled,
        why=await why_not(stock_requests.require_second(book, shop, asked, by=by)),
        counted={line.item: line for line in count.lines} if count else {},
        delivery=delivery.position if delivery else None,
        things=things,
        called=shelves.called,
        yuan=shelves.yuan,
        fen=sum(abs(n) * things[item].cost_fen for item, n, _ in asked.lines if item in things),
        staff=await entries.staff_names(book, {asked.asked_by, asked.decided_by}),
        told=stock_words,
    )
