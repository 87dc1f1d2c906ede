"""What was reserved at home is picked up at a merchant's till: its code, one look, one press.

The merchant reads what to hand over and a masked name: not whose points were set aside, and not what anybody has.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import counter, pick_ups, redemptions, reserved
from points.market.models import Shop
from points.market.reserved import Reserved
from points.people.errors import NotAllowed
from points.people.twice import merges
from web import access, handovers, pages, reservation_words
from web.i18n import N_, Say
from web.refusals import said
from web.views.merchant_till import the_shop


async def check(request: Request) -> Response:
    """GET /merchant/{merchant}/pick-up/{given}: what is to be handed over, and to whom."""
    shop = await the_shop(request)
    _given, found = await handovers.the_given(request, shop)
    if found.redemption:
        entry = await redemptions.find(access.book(request), found.redemption)
        return pages.see(f"/merchant/{shop.number}/redemptions/{entry.position}" if entry else "/merchant")
    return _page(request, shop, found, await _refusal(request, shop, found))


async def create(request: Request) -> Response:
    """POST /merchant/{merchant}/pick-up/{given}: once; pressed twice, the first receipt."""
    shop, book = await the_shop(request), access.book(request)
    given, found = await handovers.the_given(request, shop)
    try:
        done = await pick_ups.hand_over(book, shop, found.row, by=given.by, key=given.key)
    except NotAllowed:
        raise
    except PointsError as refusal:
        return _page(request, shop, await reserved.one(book, found.row.id), said(refusal))
    return pages.see(f"/merchant/{shop.number}/redemptions/{done.receipt.position}")


async def _refusal(request: Request, shop: Shop, found: Reserved) -> Say | None:
    book = access.book(request)
    if not found.is_open:
        return Say(N_("这份预留{state}，不能再取。"), state=Say(reservation_words.STATES[found.state]))
    owner = await merges.stands_for(book, found.row.member)
    try:
        await counter.require_served(book, shop, owner, by=access.who(request).member, on=book.today())
    except NotAllowed:
        raise
    except PointsError as refusal:
        return said(refusal)
    return None


def _page(request: Request, shop: Shop, found: Reserved, refusal: Say | None) -> Response:
    return pages.render(
        request,
        "merchant_pick_up.html",
        status_code=422 if refusal else 200,
        shop=shop,
        found=found,
        refusal=refusal,
        **reservation_words.SPOKEN,
    )
