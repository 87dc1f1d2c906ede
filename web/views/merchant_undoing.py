"""Undoing at a merchant's own till: alone within a quarter of an hour, else as a request to the community.

As at the till the merchant reads what was handed over and what it cost, and of the person nothing at all.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market.models import Shop
from points.market.redemptions import Entry
from points.people.errors import NotAllowed
from web import access, pages, undo_form
from web.undo_form import Typed
from web.views.merchant_till import the_redemption, the_shop


async def new(request: Request) -> Response:
    """GET /merchant/{merchant}/redemptions/{position}/undo: how many of each come back, and why."""
    return await _new(request, *await _the_entry(request), undo_form.empty())


async def create(request: Request) -> Response:
    """POST /merchant/{merchant}/redemptions/{position}/undo: done at once where one may alone, else asked for; once."""
    shop, entry = await _the_entry(request)
    typed = undo_form.read(access.form(request), entry)
    if typed.filled.value is None:
        return await _new(request, shop, entry, typed, status_code=422)
    try:
        await undo_form.carry_out(access.book(request), entry, typed, by=access.who(request).member)
    except NotAllowed:
        raise
    except PointsError as refusal:
        return await _new(request, shop, entry, typed.refused(refusal), status_code=422)
    return pages.see(f"/merchant/{shop.number}/redemptions/{entry.position}")


async def _the_entry(request: Request) -> tuple[Shop, Entry]:
    shop = await the_shop(request)
    return shop, await the_redemption(request, shop)


async def _new(
    request: Request, shop: Shop, entry: Entry, typed: Typed, *, status_code: int = 200
) -> Response:
    words = await undo_form.words(access.book(request), entry, typed, by=access.who(request).member)
    return pages.render(request, "merchant_undo.html", status_code=status_code, shop=shop, **words)
