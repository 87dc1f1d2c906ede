"""The second screen itself: a tablet at the counter that is signed in to nothing and shows what one till shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from points.market import redemptions
from web import access, agreeing, forms, limits, orders, pages, screens
from web.access import form
from web.agreeing import Agreement
from web.forms import Filled
from web.models import Screen
from web.orders import AGREED_FOR, Order

MOST, PER = 20, timedelta(minutes=15)
"""So many codes may be asked for from one address in that time."""


async def show(request: Request) -> Response:
    """GET /screen"""
    return await _page(request, await screens.mine(request), forms.empty(Agreement))


async def begin(request: Request) -> Response:
    """POST /screen: this browser becomes a second screen, with a code to be typed at the till."""
    book, now = access.book(request), request.app.state.now()
    here = f"screen {limits.address(request)}"
    await limits.require(book, here, most=MOST, now=now)
    await limits.count(book, here, per=PER, now=now)
    await screens.begin(request)
    return pages.see("/screen")


async def end(request: Request) -> Response:
    """POST /screen/end: this browser is a second screen no more."""
    await screens.end(request)
    return pages.see("/screen")


async def agree(request: Request) -> Response:
    """POST /screen/agreement: the PIN for what this screen shows; the till goes on by itself. Where the till shows
    something else by now, that is shown, and no PIN was looked at."""
    screen, filled = await screens.mine(request), forms.read(Agreement, form(request))
    order = _order(request, screen)
    if screen is None or order is None or form(request).one("order") != screens.digest(screen.sealed):
        return pages.see("/screen")
    if wrong := await agreeing.proven(request, order.member, filled):
        return await _page(request, screen, wrong[0], status_code=wrong[1])
    await screens.agree(access.book(request), screen, now=request.app.state.now())
    return pages.see("/screen")


async def _page(
    request: Request, screen: Screen | None, filled: Filled[Agreement], *, status_code: int = 200
) -> Response:
    words: dict[str, Any] = {"screen": screen, "filled": filled, "asked": None, "done": None, "order": ""}
    words["state"] = "none" if screen is None else "waiting" if screen.till is None else "idle"
    if screen and (order := _order(request, screen)):
        asked = await agreeing.asked(access.book(request), order)
        words |= {"asked": asked, "order": screens.digest(screen.sealed)}
        words["state"] = "agreed" if screen.agreed_at else "order"
    elif screen and screen.position and request.app.state.now() - screen.turned_at <= screens.STAYS:
        words |= {"state": "done", "done": await _done(request, screen.position)}
    words["version"] = f"{words['state']}-{screen.turned_at.timestamp():.6f}" if screen else "none"
    return pages.render(request, "screen.html", status_code=status_code, **words)


def _order(request: Request, screen: Screen | None) -> Order | None:
    """What the till shows here now and is not over."""
    if screen is None or not screen.sealed or request.app.state.now() - screen.turned_at > AGREED_FOR:
        return None
    return orders.unseal(screen.sealed, request.app.state.settings.pepper())


async def _done(request: Request, position: int) -> Any:
    book = access.book(request)
    entry = await redemptions.numbered(book, position)
    if entry is None:
        return None
    found = (await statements.known(book.reader, [entry.reference]))[entry.reference]
    return await redemptions.answer(book, found)
