"""The first page: what this is, and the way in; whoever has signed in goes on to their own first page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from web import access, pages
from web.access import form
from web.i18n import LANGUAGES

YEAR = 31_536_000


async def show(request: Request) -> Response:
    """GET /"""
    if access.visitor(request) and (places := access.menu(request)):
        return pages.see(places[0][1])
    return pages.render(request, "home_public.html")


async def speak(request: Request) -> Response:
    """POST /language: remembers the language for a year."""
    return _remember(request, "language", LANGUAGES)


async def resize(request: Request) -> Response:
    """POST /size: remembers the text size, 1 to 4."""
    return _remember(request, "size", tuple(str(size) for size in pages.SIZES))


async def contrast(request: Request) -> Response:
    """POST /contrast: remembers normal or high contrast."""
    return _remember(request, "contrast", pages.CONTRASTS)


def _remember(request: Request, name: str, allowed: tuple[str, ...]) -> Response:
    """Back to where they were; a value that is not offered changes nothing."""
    response = pages.see(form(request).one("next", "/"))
    chosen = form(request).one(name)
    if chosen in allowed:
        secure = not request.app.state.settings.insecure_cookie
        response.set_cookie(name, chosen, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    return response
