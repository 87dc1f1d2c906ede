"""What is done on a member's page: something put right, a consent, a PIN, a card lost or renewed, cards printed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import card_acts, cards, clerks, consents, mending
from points.people import erasing as rooms_erasing
from points.people.directory import Known
from points.people.twice import merges
from web import access, erasing, pages, pins, register
from web.access import form
from web.bodies import Malformed
from web.forms import half_width
from web.refusals import said
from web.register import Pressed
from web.views import members

Work = Callable[[Any, Known, str, str], Awaitable[None]]
"""Does something for a member: the book, the member, who does it, the key of the page."""


async def mend(request: Request) -> Response:
    """POST /members/{member}/mendings: one field."""
    field, value = form(request).one("field"), half_width(form(request).one("value"))

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        await mending.mend(book, known.member.number, field, value, by=by, key=key)

    return await _done(request, work, field=field)


async def consent(request: Request) -> Response:
    """POST /members/{member}/consents: one is given or withdrawn."""
    what, agrees = form(request).one("what"), form(request).one("agrees") == "yes"

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        verb = consents.give if agrees else consents.withdraw
        await verb(book, known.member.number, what, by=by, key=key)

    return await _done(request, work, field="consent")


async def pin(request: Request) -> Response:
    """POST /members/{member}/pin: set or reset; sessions end and locks open."""
    typed, pepper = half_width(form(request).one("pin")), request.app.state.settings.pepper()

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        await pins.set_anew(book, known.member.number, typed, by=by, key=key, pepper=pepper)

    return await _done(request, work, field="pin", roles=clerks.PIN_ROLES)


async def card(request: Request) -> Response:
    """POST /members/{member}/cards: a new one, and the old one finds nobody."""

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        await card_acts.renew(book, known.member.number, by=by, key=key)

    return await _done(request, work, field="card", roles=clerks.PIN_ROLES)


async def lost(request: Request) -> Response:
    """POST /members/{member}/lost-cards: finds nobody from now on."""
    number = form(request).one("card")

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        if (await cards.named(book, number)).member != known.member.number:
            raise HTTPException(404)
        await card_acts.lost(book, number, by=by, key=key)

    return await _done(request, work, field="card")


async def ask_erasure(request: Request) -> Response:
    """POST /members/{member}/erasure-requests: written down, for somebody else to approve."""
    reason = form(request).one("reason")

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        await rooms_erasing.ask(book, known.member.number, reason, by=by, key=key)

    return await _done(request, work, field="erasure")


async def erase(request: Request) -> Response:
    """POST /members/{member}/erasure: approved by another, and done."""
    settings = request.app.state.settings

    async def work(book: Any, known: Known, by: str, key: str) -> None:
        await erasing.approve(book, settings, known.member.number, by=by, key=key)

    return await _done(request, work, field="erasure", roles=rooms_erasing.APPROVERS)


async def _done(
    request: Request, work: Work, *, field: str, roles: tuple[str, ...] = clerks.ROLES
) -> Response:
    known, key = await register.the_member(request, roles), form(request).one("key")
    if not key.isalnum() or not key.isascii() or len(key) > 40:
        raise Malformed("key")
    try:
        await merges.require_open(access.book(request), known.member.number)
        await work(access.book(request), known, access.who(request).member, key)
    except PointsError as refusal:
        return await members.shown(request, Pressed(field, said(refusal)))
    return pages.see(f"/members/{known.member.number}")
