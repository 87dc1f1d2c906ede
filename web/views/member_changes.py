"""What is done on a member's page: something put right, a consent, a PIN, a card lost or renewed, cards printed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import areas, card_acts, cards, clerks, consents, mending
from points.people import erasing as rooms_erasing
from points.people.card_acts import Printed
from points.people.directory import Known
from points.people.errors import UnknownCard
from points.people.twice import merges
from web import access, bodies, erasing, forms, pages, pins, places, qr, register
from web.access import form
from web.bodies import Malformed
from web.forms import FormModel, Line, half_width
from web.i18n import N_, Say
from web.register import Pressed
from web.views import members
from web.views.events import said

PLACES = ("street", "community", "grid")


class Place(FormModel):
    """Whose cards are to be printed."""

    area: Line = Field("", title=N_("哪个镇街、社区或网格"))


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


async def sheet(request: Request) -> Response:
    """GET /members/cards?member=…&member=…: cards to print and cut, ten on a page. Codes find a person, and no more.

    With ?area= all of a place, a hundred at a time; with neither the places to choose from.
    """
    asked, book = bodies.query(request), access.book(request)
    wanted = [number for text in asked.all("member") for number in text.replace(",", " ").split()]
    if not wanted:
        return await _of_place(request)
    mine = register.mine(access.who(request), clerks.PIN_ROLES)
    try:
        found = await card_acts.printed(book, wanted, mine)
    except PointsError:
        raise HTTPException(404) from None
    return _cards(request, found, one=found[0])


async def _of_place(request: Request) -> Response:
    """The cards of one place, those after the last of an earlier page; no place is a form to choose one."""
    asked, book, asking = bodies.query(request), access.book(request), access.who(request)
    filled, mine = forms.read(Place, asked), register.mine(asking, clerks.PIN_ROLES)
    offered = await places.offered(book, asking, clerks.PIN_ROLES, PLACES)
    typed = asked.one("area").strip()
    place = places.read(typed, offered) if typed else None
    if typed and (place is None or not await _is_mine(book, place, mine)):
        filled = filled.failed("area", Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。")))
    if place is None or filled.errors:
        return _cards(request, [], filled=filled, offered=offered)
    numbers = await card_acts.of_place(book, place, after=asked.one("after"), limit=card_acts.A_PAGE + 1)
    page = numbers[: card_acts.A_PAGE]
    try:
        found = await card_acts.printed(book, page, mine)
    except UnknownCard:
        found = []
    area = await areas.find(book, place)
    after = page[-1] if len(numbers) > len(page) else None
    return _cards(request, found, filled=filled, offered=offered, area=area, after=after)


async def _is_mine(book: Any, place: str, mine: Sequence[str | None]) -> bool:
    """Whether a place is one's own, by the code that was typed."""
    found = (await areas.many(book, [place])).get(place)
    return found is not None and any(areas.covers(found.path, code) for code in mine)


def _cards(request: Request, found: Sequence[Printed], **words: Any) -> Response:
    """The cards, drawn, on sheets of ten."""
    drawn = [(one, qr.inline(one.token, label=register.shown_card(one.number))) for one in found]
    sheets = [drawn[at : at + card_acts.SHEET] for at in range(0, len(drawn), card_acts.SHEET)]
    known: dict[str, Any] = {"one": None, "filled": None, "offered": [], "area": None, "after": None}
    wrong = bool(words.get("filled") and words["filled"].errors)
    given = {**known, **words, "sheets": sheets, "cards": len(found), "register": register}
    return pages.render(request, "member_cards.html", status_code=422 if wrong else 200, **given)


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
