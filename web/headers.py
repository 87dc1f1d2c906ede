"""The headers of every answer: a strict content policy, no framing, no caching of personal pages, a request number."""

from __future__ import annotations

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = 31_536_000


class Headers:
    """Adds the headers and `scope["state"]["request_id"]`; a view's own Cache-Control wins over no-store."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.fixed = dict(ALWAYS)
        if secure:
            self.fixed["Strict-Transport-Security"] = f"max-age={ONE_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pure ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = secrets.token_hex(5)
        scope.setdefault("state", {})["request_id"] = number

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.fixed)
                headers["X-Request-ID"] = number
                headers.setdefault("Cache-Control", _caching(scope))
            await send(message)

        await self.app(scope, receive, with_headers)


def _caching(scope: Scope) -> str:
    """Files are named with their content's digest (?v=…), so those may be kept; pages are personal, so never."""
    if not scope["path"].startswith("/static/"):
        return "no-store"
    return f"public, max-age={ONE_YEAR}, immutable" if scope["query_string"].startswith(b"v=") else "no-cache"
