"""Entering paper slips: a stack of them in a row, by keyboard; each is what stands on the paper and no more."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.errors import PointsError
from points.market import baskets, items
from points.market.models import Shop
from points.market.slips import entering, slips
from points.market.slips.slips import Slip
from points.people import lookup
from points.people.errors import UnknownMember
from web import access, bodies, forms, pages
from web.access import form
from web.counters import the_shop
from web.forms import Filled, FormModel, Line
from web.i18n import N_
from web.refusals import said
from web.views.slips import lines_of, masked


class Typed(FormModel):
    """What stands on a slip."""

    number: Line = Field(title=N_("离线单编号"), max_length=20)
    who: Line = Field("", title=N_("成员号或卡号"), max_length=40)
    nobody: Literal["", "yes"] = Field("", title=N_("查不到是谁"))
    on: date = Field(title=N_("单上的日期"))
    things: Line = Field(title=N_("物品和数量"))
    served_by: Line = Field(title=N_("单上的经办人（工号）"), max_length=20)


async def enter(request: Request) -> Response:
    """GET /counter/{shop}/slips/entry?last=&on=: an empty form for the next slip of the stack."""
    query, me = bodies.query(request), access.who(request).member
    on = query.one("on") if re.fullmatch(r"\d{4}-\d{2}-\d{2}", query.one("on")) else ""
    return await _entry(request, forms.empty(Typed, on=on, served_by=query.one("by")[:20] or me))


async def create_entry(request: Request) -> Response:
    """POST /counter/{shop}/slips/entry: what was typed; the same again is once, and the next can be typed."""
    shop, filled, book = await the_shop(request), forms.read(Typed, form(request)), access.book(request)
    if filled.value is None:
        return await _entry(request, filled, status_code=422)
    value = filled.value
    try:
        member = await _member(book, value)
        basket = baskets.parse(_things(value.things), await items.all_items(book))
        slip = await entering.enter(
            book, shop, value.number, member=member, on=value.on, basket=basket,
            served_by=value.served_by.upper(), by=access.who(request).member,
        )  # fmt: skip
    except PointsError as refusal:
        return await _entry(request, filled.failed(_field(refusal), said(refusal)), status_code=422)
    at = f"/counter/{shop.number}/slips/entry"
    return pages.see(f"{at}?last={slip.number.shown}&on={value.on}&by={value.served_by}")


async def _entry(request: Request, filled: Filled[Typed], *, status_code: int = 200) -> Response:
    shop, book = await the_shop(request), access.book(request)
    last = await _last(book, shop, bodies.query(request).one("last")) if status_code == 200 else None
    names = await masked(book, [last.content.member]) if last and last.content else {}
    today = book.today().isoformat()
    if not filled.values.get("on"):
        filled = Filled(filled.model, {**filled.values, "on": today}, filled.chosen, filled.errors)
    return pages.render(
        request,
        "slip_entry.html",
        status_code=status_code,
        shop=shop,
        filled=filled,
        last=last,
        names=names,
        things=await lines_of(book, last) if last else [],
        catalogue=await items.all_items(book),
    )


async def _last(book: Book, shop: Shop, text: str) -> Slip | None:
    """The slip that was typed before this one, to be read once more."""
    try:
        return await slips.find(book, shop, text) if text else None
    except PointsError:
        return None


async def _member(book: Book, value: Typed) -> str:
    """Who is meant: found by number or card, or said to be nobody who can be found."""
    if value.nobody:
        return ""
    found = await lookup.find(book, value.who) if value.who else []
    if len(found) != 1:
        raise UnknownMember(member=value.who)
    return found[0].member


def _things(text: str) -> list[str]:
    """香皂x2，大米 → two entries."""
    return [part.strip() for part in re.split(r"[,，、;；\n]+", text) if part.strip()]


def _field(refusal: PointsError) -> str:
    """Beside which field a refusal stands."""
    name = type(refusal).__name__
    if name.startswith(("BadQuantity", "EmptyBasket", "FullBasket", "UnknownItem", "MistakenItem")):
        return "things"
    if name in ("UnknownMember", "AskMore", "CardStopped", "BadCardNumber", "OwnSlip"):
        return "who"
    return {"BadSlipDay": "on", "NotAllowed": "served_by", "NobodyToAllow": "served_by"}.get(name, "number")
