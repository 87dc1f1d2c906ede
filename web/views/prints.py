"""Receipts on paper (⑥): 80 or 58 mm wide, with a code that leads to the entry; each print is counted."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.market import earlier
from points.market.errors import BadKey
from web import access, bodies, pages, printing, tills
from web.access import form
from web.pages import local
from web.views.home_public import YEAR
from web.views.redemptions import receipt, the_redemption


async def create(request: Request) -> Response:
    """POST /counter/{shop}/redemptions/{position}/prints: counted, and then the paper; once for each press."""
    shop, entry = await the_redemption(request)
    try:
        key = earlier.checked_key(form(request).one("key"))
    except BadKey:
        raise HTTPException(400) from None
    by, now = access.who(request).member, request.app.state.now()
    number = await printing.note(access.book(request), entry.position, by=by, key=key, now=now)
    return pages.see(f"/counter/{shop.number}/redemptions/{entry.position}/prints/{number}?now=1")


async def show(request: Request) -> Response:
    """GET /counter/{shop}/redemptions/{position}/prints/{print}: the paper as it comes out; `now=1` prints it."""
    shop, entry = await the_redemption(request)
    number = request.path_params["print"]
    if not 1 <= number <= await printing.count(access.book(request), entry.position):
        raise HTTPException(404)
    words = await receipt(request, shop, entry) | {
        "reprint": number - 1,
        "now": bodies.query(request).one("now") == "1",
        "paper": tills.paper(request),
        "papers": tills.PAPERS,
    }
    return pages.render(request, "redemption_paper.html", **words)


async def choose_paper(request: Request) -> Response:
    """POST /till/paper: how wide the roll of this till is, remembered for a year."""
    response = pages.see(local(form(request).one("next", "/")))
    chosen = form(request).one("paper")
    if chosen in tills.PAPERS:
        secure = not request.app.state.settings.insecure_cookie
        response.set_cookie("paper", chosen, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    return response
