"""Forms come from our own pages: no other site may post here, and every form carries its session's token."""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf"


class ForeignForm(HTTPException):
    """A form that another site sent, or that lost its token: 403, and nothing was done."""

    def __init__(self, detail: str) -> None:
        super().__init__(403, detail)


class Origins:
    """Refuses methods that change something unless the browser says that the request comes from our own origin.

    Sec-Fetch-Site must be same-origin or none; a browser without it must send an Origin equal to the host it asks.
    The token of the form is checked by the door, which has read the body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pure ASGI."""
        if scope["type"] == "http" and scope["method"] not in SAFE and not _is_ours(scope):
            raise ForeignForm("another origin")
        await self.app(scope, receive, send)


def require_token(given: str, expected: str) -> None:
    """Raises `ForeignForm` unless the form's token is the one of this browser."""
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise ForeignForm("token")


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    return headers.get("origin") == f"{scope['scheme']}://{headers.get('host', '')}"
