"""Points cards on paper: chosen by place or by member, printed with a trace, ten on a page, and as a PDF."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.openness import masking
from points.people import areas, card_acts, card_printings, clerks, members, scans
from points.people.card_printings import WHICH, Sheet
from points.people.errors import UnknownCard
from web import access, bodies, forms, pages, pdf, places, qr, register
from web.access import form
from web.bodies import Form
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

PLACES = ("street", "community", "grid")


class Place(FormModel):
    """Whose cards are to be printed."""

    area: Line = Field("", title=N_("哪个镇街、社区或网格"))


async def choose(request: Request) -> Response:
    """GET /members/cards?area=…&after=… or ?member=…&member=…: what would be printed; printing it is a press."""
    asked = bodies.query(request)
    wanted = _numbers(asked)
    if not wanted:
        return await _choose_page(request, asked)
    try:
        mine = register.mine(access.who(request), clerks.PIN_ROLES)
        found = await card_acts.printed(access.book(request), wanted, mine)
    except PointsError:
        raise HTTPException(404) from None
    return pages.render(request, "member_cards.html", **_words(members=[one.member for one in found]))


async def create(request: Request) -> Response:
    """POST /card-printings: written down as printed, then the sheets; pressed twice it is one."""
    sent, book, by = form(request), access.book(request), access.who(request).member
    wanted, area = _numbers(sent), sent.one("area")
    mine = register.mine(access.who(request), clerks.PIN_ROLES)
    try:
        if wanted:
            await card_acts.printed(book, wanted, mine)
            number = await card_printings.of_members(book, wanted, by=by, key=sent.one("key"))
        elif sent.one("which") in WHICH and await _is_mine(request, area):
            which, after = sent.one("which"), sent.one("after")
            number = await card_printings.of_place(
                book, area, which=which, by=by, key=sent.one("key"), after=after
            )
        else:
            raise HTTPException(404)
    except UnknownCard:
        if wanted:
            raise HTTPException(404) from None
        return await _choose_page(request, Form([("area", area)]), nothing=True)
    except PointsError as refusal:
        return await _choose_page(request, Form([("area", area)]), refusal=said(refusal))
    return pages.see(f"/card-printings/{number}")


async def show(request: Request) -> Response:
    """GET /card-printings/{printing}: its sheets, of cards that still work."""
    sheet = await _the_sheet(request)
    words = await _sheets(request, sheet)
    return pages.render(request, "card_printing.html", pdf=pdf.available(), sheet=sheet, **words)


async def as_pdf(request: Request) -> Response:
    """GET /card-printings/{printing}/cards.pdf: the same sheets as a file; 404 where no PDF can be written."""
    sheet = await _the_sheet(request)
    if not pdf.available() or not sheet.cards:
        raise HTTPException(404)
    page = pages.render(request, "card_pdf.html", **await _sheets(request, sheet))
    content = await pdf.write(bytes(page.body).decode(), "cards.css")
    name = f'attachment; filename="cards-{sheet.printed_at:%Y%m%d-%H%M}.pdf"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})


async def _the_sheet(request: Request) -> Sheet:
    mine = register.mine(access.who(request), clerks.PIN_ROLES)
    try:
        return await card_printings.find(access.book(request), request.path_params["printing"], mine)
    except UnknownCard:
        raise HTTPException(404) from None


async def _sheets(request: Request, sheet: Sheet) -> dict[str, Any]:
    """Ten on a page, names masked: a card is found on the street more often than a person is."""
    drawn = [
        (
            masking.mask(one.name) if one.name else one.member,
            one,
            qr.inline(scans.written(one.token), label=register.shown_card(one.number)),
        )
        for one in sheet.cards
    ]
    by = (await members.many(access.book(request), [sheet.printed_by])).get(sheet.printed_by)
    return {
        "sheets": [drawn[at : at + card_acts.SHEET] for at in range(0, len(drawn), card_acts.SHEET)],
        "printed_by": by.name if by and by.name else sheet.printed_by,
        "register": register,
    }


async def _choose_page(
    request: Request, asked: Form, *, nothing: bool = False, refusal: Say | None = None
) -> Response:
    """The places to choose from; of a chosen one, how many cards wait to be printed and how many are in use."""
    book, asking = access.book(request), access.who(request)
    filled: Filled[Place] = forms.read(Place, asked)
    offered = await places.offered(book, asking, clerks.PIN_ROLES, PLACES)
    typed = asked.one("area").strip()
    place = places.read(typed, offered) if typed else None
    if typed and (place is None or not await _is_mine(request, place)):
        filled = filled.failed("area", Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。")))
    words = _words(filled=filled, offered=offered, nothing=nothing, refusal=refusal)
    if place is not None and not filled.errors:
        limit, after = card_acts.A_PAGE, asked.one("after")
        in_use = await card_acts.of_place(book, place, after=after, limit=limit + 1)
        words |= {
            "area": await areas.find(book, place),
            "waiting": len(await card_printings.waiting(book, place)),
            "in_use": len(in_use[:limit]),
            "after": after,
            "next": in_use[limit - 1] if len(in_use) > limit else None,
        }
    wrong = filled.errors or refusal
    return pages.render(request, "member_cards.html", status_code=422 if wrong else 200, **words)


async def _is_mine(request: Request, place: str) -> bool:
    """Whether cards are handed out there by the person asking."""
    mine = register.mine(access.who(request), clerks.PIN_ROLES)
    found = (await areas.many(access.book(request), [place])).get(place)
    return found is not None and any(areas.covers(found.path, code) for code in mine)


def _numbers(asked: Form) -> list[str]:
    return [number for text in asked.all("member") for number in text.replace(",", " ").split()]


def _words(**known: Any) -> dict[str, Any]:
    nothing: dict[str, Any] = {"members": [], "filled": None, "offered": [], "area": None, "refusal": None}
    return nothing | {"waiting": 0, "in_use": 0, "after": "", "next": None, "nothing": False} | known
