"""A member's identity code (⑤): shown full screen for ten minutes, with its QR and 8 digits to read aloud."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from points.people import identity_codes, scans
from web import access, pages, qr


async def show(request: Request) -> Response:
    """GET /code: the code as it is; used, over or not yet drawn, it says so, and asking for one is a press."""
    book, pepper = access.book(request), request.app.state.settings.pepper()
    code = await identity_codes.of(book, access.who(request).member, pepper=pepper)
    now = book.now()
    live = code is not None and code.is_live(now)
    words: dict[str, Any] = {"code": code, "live": live, "zone": book.zone, "drawing": None, "left": 0}
    if code is not None and live:
        words["drawing"] = qr.inline(scans.written(code.token), label=f"{code.digits[:4]} {code.digits[4:]}")
        words["left"] = int((code.until - now).total_seconds())
    return pages.render(request, "code.html", **words)


async def create(request: Request) -> Response:
    """POST /code: draw one, unless one lives; pressed twice it is one."""
    pepper = request.app.state.settings.pepper()
    await identity_codes.show(access.book(request), access.who(request).member, pepper=pepper)
    return pages.see("/code")


async def renew(request: Request) -> Response:
    """POST /code/renewal: ten minutes from now."""
    pepper = request.app.state.settings.pepper()
    await identity_codes.renew(access.book(request), access.who(request).member, pepper=pepper)
    return pages.see("/code")


async def close(request: Request) -> Response:
    """POST /code/end: it finds nobody from this moment."""
    await identity_codes.close(access.book(request), access.who(request).member)
    return pages.see("/points")
