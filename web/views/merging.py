"""Two numbers made one: what would move, said in figures before it does; and a merge taken back."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people.twice import looks, merges, merging, seconds, undoing
from points.people.twice.errors import MergeNeedsOther
from web import access, pages, register, sessions
from web.access import form
from web.i18n import N_, Say
from web.refusals import said
from web.register import Pressed
from web.views import members
from web.views.duplicates import both, key_of

REASONS = {"twice": N_("登记了两次"), "phone": N_("换了手机又登记"), "list": N_("名单里写了两遍")}


async def show(request: Request) -> Response:
    """GET /members/{member}/merging/{closed}: what stays, what moves, what stops."""
    return await _shown(request)


async def create(request: Request) -> Response:
    """POST /members/{member}/merging/{closed}: merges, or asks for the second person; then the kept one's page."""
    kept, closed = await _both(request)
    book, by, key = access.book(request), access.who(request).member, key_of(request)
    reason = form(request).one("reason")
    try:
        await merging.merge(book, kept, closed, by=by, reason=reason, key=key)
    except MergeNeedsOther:
        await merging.ask(book, kept, closed, by=by, key=key)
        return pages.see(f"/members/{kept}/merging/{closed}")
    except PointsError as refusal:
        return await _shown(request, said(refusal))
    await sessions.end_all(book, closed)
    return pages.see(f"/members/{kept}")


async def undo(request: Request) -> Response:
    """POST /members/{member}/merges/{merge}/undo: everything goes back, or the page says why it cannot."""
    known = await register.the_member(request, looks.ROLES)
    book, number, merge = access.book(request), known.member.number, request.path_params["merge"]
    if not any(one.id == merge for one in await _ever(book, number, merge)):
        raise HTTPException(404)
    try:
        await undoing.undo(book, merge, by=access.who(request).member, key=key_of(request))
    except PointsError as refusal:
        return await members.shown(request, Pressed("merge", said(refusal)))
    return pages.see(f"/members/{number}")


async def _ever(book: Any, number: str, merge: str) -> list[merges.Merged]:
    """The merges of a number, those that were taken back among them: pressed twice is pressed once."""
    before = await merging.known(book, merge)
    return [before] if before and number in (before.kept, before.gone) else []


async def _both(request: Request) -> tuple[str, str]:
    one, two = request.path_params["member"], request.path_params["closed"]
    known = await both(request, one, two, looks.ROLES)
    return known[0].member.number, known[1].member.number


async def _shown(request: Request, refused: Say | None = None) -> Response:
    kept, closed = await _both(request)
    book, by = access.book(request), access.who(request).member
    look, status = None, 422 if refused else 200
    try:
        look = await looks.look(book, kept, closed, by=by)
    except PointsError as refusal:
        refused = refused or said(refusal)
    shown: dict[str, Any] = {
        "kept": kept,
        "closed": closed,
        "look": look,
        "finishes": bool(look and look.may_finish(by)),
        "mine": bool(look and look.request and look.request.by == by),
        "reasons": [(value, Say(label)) for value, label in REASONS.items()],
        "alone": seconds.ALONE_AT_MOST,
        "refused": refused,
    }
    return pages.render(request, "merging.html", status_code=status, **shown)
