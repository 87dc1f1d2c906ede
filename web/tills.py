"""A till: the browser at a counter, known by a cookie of its own; its paper, and the second screens beside it."""

from __future__ import annotations

import secrets
from datetime import timedelta

from starlette.requests import Request

from web import sessions

YEAR = timedelta(days=365)
PAPERS = ("80", "58")
"""How wide the roll is, in millimetres; the first where nobody chose."""


def of(request: Request) -> str | None:
    """What tells this till from others (64 hex digits); None for a browser that has not been one yet."""
    token = request.scope["state"]["jar"].read(request, "till")
    return sessions.digest(f"till: {token}") if token else None


def begin(request: Request) -> str:
    """The same; a browser that has not been a till becomes one, for a year."""
    if known := of(request):
        return known
    token = secrets.token_urlsafe(32)
    state = request.scope["state"]
    state["cookies"].append(state["jar"].write("till", token, int(YEAR.total_seconds())))
    return sessions.digest(f"till: {token}")


def paper(request: Request) -> str:
    """How wide the paper of this till is: 80 or 58 millimetres."""
    chosen = request.cookies.get("paper", "")
    return chosen if chosen in PAPERS else PAPERS[0]
