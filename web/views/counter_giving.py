"""Giving at the counter, for somebody without a phone: the counter found them, they look and give their PIN."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import counter
from points.market.giving import gifts
from points.market.models import Shop
from web import access, agreeing, bodies, forms, pages
from web.access import form
from web.agreeing import Agreement
from web.counters import served, the_order
from web.forms import Filled
from web.orders import Order
from web.refusals import said
from web.views.giving import Wanted, choices, field, looked


async def show(request: Request) -> Response:
    """GET /counter/{shop}/giving/{order}?to=&points=: first to whom and how much; once that is said, the PIN."""
    shop, order = await the_order(request)
    query = bodies.query(request)
    if not query.one("points") and not query.one("to"):
        return await _choose(request, shop, order, forms.empty(Wanted))
    filled = forms.read(Wanted, query)
    if filled.value is None:
        return await _choose(request, shop, order, filled)
    return await _look(request, shop, order, filled, forms.empty(Agreement))


async def create(request: Request) -> Response:
    """POST /counter/{shop}/giving/{order}: the PIN, which is neither kept nor written back, and the gift with it."""
    shop, order = await the_order(request)
    filled, book = forms.read(Wanted, form(request)), access.book(request)
    if filled.value is None or not filled.value.key:
        return await _choose(request, shop, order, filled)
    value, agreement = filled.value, forms.read(Agreement, form(request))
    try:
        await counter.require_served(book, shop, order.member, by=order.by, on=book.today())
    except PointsError as refusal:
        return await _choose(request, shop, order, filled.failed("to", said(refusal)))
    if wrong := await agreeing.proven(request, order.member, agreement):
        return await _look(request, shop, order, filled, wrong[0], status_code=wrong[1])
    try:
        done = await gifts.give(
            book, order.member, to=value.receiver, points=value.points, by=order.by, key=value.key,
            found_by=order.found_by, named=value.named == "yes",
        )  # fmt: skip
    except (PointsError, ReferenceConflict) as refusal:
        return await _choose(request, shop, order, filled.failed(field(refusal), said(refusal)))
    return pages.see(request.app.url_path_for("gift", gift=done.gift.id))


async def _choose(request: Request, shop: Shop, order: Order, filled: Filled[Wanted]) -> Response:
    found = await choices(access.book(request), order.member)
    words = await _words(request, shop, order)
    status = 422 if filled.errors else 200
    return pages.render(request, "counter_giving.html", status_code=status, filled=filled, **words, **found)


async def _look(
    request: Request,
    shop: Shop,
    order: Order,
    filled: Filled[Wanted],
    agreement: Filled[Agreement],
    *,
    status_code: int = 200,
) -> Response:
    assert filled.value is not None, "what is looked at was read"
    try:
        shown = await looked(request, order.member, filled.value)
    except PointsError as refusal:
        return await _choose(request, shop, order, filled.failed(field(refusal), said(refusal)))
    words = await _words(request, shop, order)
    return pages.render(
        request,
        "counter_giving_look.html",
        status_code=status_code,
        filled=agreement,
        wanted=filled.value,
        **words,
        **shown,
    )


async def _words(request: Request, shop: Shop, order: Order) -> dict[str, Any]:
    return {"shop": shop, "served": await served(access.book(request), order)}
