"""What was reserved at home and lies at a merchant's: until when, under a masked name; and what nobody came for.

The merchant reads what to keep ready, as at their till: no points, no number, and no whole name.
"""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from points.market import reserved
from web import access, bodies, pages, paging, reservation_words
from web.i18n import N_, Say
from web.views.merchant_till import the_shop

SHOWN = {
    "": N_("全部"),
    "today": N_("留到今天的"),
    "tomorrow": N_("留到明天的"),
    "missed": N_("没来取的"),
}
"""What of the list is asked for by `?show=`; anything else is all of it."""


async def index(request: Request) -> Response:
    """GET /merchant/{merchant}/reservations?show=: the first to lapse first; what was missed, the latest first."""
    shop, book = await the_shop(request), access.book(request)
    show, turn = bodies.query(request).one("show"), paging.turn(request)
    days = {"today": book.today(), "tomorrow": book.today() + timedelta(days=1)}
    if show == "missed":
        found = await reserved.missed_at(book, shop.number, turn)
    else:
        found = await reserved.open_at(book, shop.number, turn, day=days.get(show))
    path = str(request.app.url_path_for("merchant.reservations", merchant=shop.number))
    return pages.render(
        request,
        "merchant_reservations.html",
        shop=shop,
        found=found,
        turns=paging.links(request, found),
        missed=show == "missed",
        shown=[
            (Say(label), f"{path}?show={code}" if code else path, code == (show if show in SHOWN else ""))
            for code, label in SHOWN.items()
        ],
        **reservation_words.SPOKEN,
    )
