"""A member's reservations: choose at home, look once more, show the code, cancel."""

from __future__ import annotations

import contextlib
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import purse
from points.errors import PointsError
from points.market import (
    baskets,
    catalogue,
    holding,
    items,
    pick_up_codes,
    pools,
    reservation_endings,
    reservations,
    reserved,
    shops,
    stations,
)
from points.market.baskets import QUANTITY_AT_MOST, Basket
from points.market.errors import BadQuantity, EmptyBasket, UnknownShop
from points.market.models import Shop
from points.market.reservation_errors import UnknownReservation
from points.market.reserved import Reserved
from web import access, agreeing, bodies, forms, pages, paging, qr, reservation_words
from web.bodies import Malformed
from web.counters import named_parts
from web.forms import Filled, FormModel
from web.i18n import Say
from web.refusals import said


async def index(request: Request) -> Response:
    """GET /reservations: what is kept for the one asking, and how the last ones ended."""
    book = access.book(request)
    found = await reserved.of_member(book, access.who(request).member, paging.turn(request))
    return pages.render(
        request,
        "reservations.html",
        open=[each for each in found if each.is_open],
        ended=[each for each in found if not each.is_open],
        turns=paging.links(request, found),
        most=holding.OPEN_AT_MOST,
        **reservation_words.SPOKEN,
    )


async def choose(request: Request) -> Response:
    """GET /reservations/new?shop=1&item=7: what this shop keeps, one of that item put in already."""
    asked = bodies.query(request)
    shop = await _shop(request, asked.one("shop"))
    typed = {name: text for name, text in asked.pairs if name.startswith("item-")}
    if asked.one("item").isdecimal():
        typed.setdefault(f"item-{int(asked.one('item')[:9])}", "1")
    return await _choose_page(request, shop, typed)


async def check(request: Request) -> Response:
    """GET /reservations/check?shop=1&item-7=1: what it costs and how long it is kept; nothing is written yet."""
    asked = bodies.query(request)
    shop = await _shop(request, asked.one("shop"))
    typed = {name: text for name, text in asked.pairs if name.startswith("item-")}
    try:
        basket = baskets.of(_wanted(typed))
    except PointsError as error:
        return await _choose_page(request, shop, typed, refusal=said(error))
    return await _check_page(request, shop, basket)


async def create(request: Request) -> Response:
    """POST /reservations: once for each key; pressed twice, the code of the first is shown."""
    sent, book = access.form(request), access.book(request)
    shop = await _shop(request, sent.one("shop"))
    basket = baskets.of(_wanted({name: text for name, text in sent.pairs if name.startswith("item-")}))
    points = sent.one("points")
    if not points.isdecimal() or len(points) > 9:
        raise Malformed("points")
    try:
        row, _again = await reservations.reserve(
            book, shop, access.who(request).member, basket,
            points=int(points), key=sent.one("key"), secret=request.app.state.settings.pepper(),
            together=agreeing.read_parts(sent.all("part")),
        )  # fmt: skip
    except PointsError as error:
        return await _check_page(request, shop, basket, refusal=said(error))
    return pages.see(f"/reservations/{row.id}")


async def show(request: Request) -> Response:
    """GET /reservations/{reservation}: the code (⑤), large, and as a slip for those without a phone."""
    found = await the_reservation(request)
    book, words = access.book(request), dict[str, Any](code="", drawing=None)
    if found.is_open:
        words["code"] = await pick_up_codes.of(book, found.row.id, request.app.state.settings.pepper())
        spoken = f"{words['code'][:4]} {words['code'][4:]}"
        words["drawing"] = qr.inline(words["code"], label=spoken)
    words["parts"] = await named_parts(book, await reserved.parts_of(book, found.row.id))
    shop = await shops.find(book, found.row.shop)
    unmanned = await stations.is_unmanned(book, shop)
    words |= reservation_words.SPOKEN
    return pages.render(request, "reservation.html", found=found, shop=shop, unmanned=unmanned, **words)


async def ask_cancel(request: Request) -> Response:
    """GET /reservations/{reservation}/cancellation: what comes back."""
    found = await the_reservation(request)
    if not found.is_open:
        return pages.see(f"/reservations/{found.row.id}")
    words = dict(reservation_words.SPOKEN)
    return pages.render(request, "reservation_cancel.html", found=found, **words)


async def cancel(request: Request) -> Response:
    """POST /reservations/{reservation}/cancellation: points and goods go back; twice is once."""
    found = await the_reservation(request)
    with contextlib.suppress(PointsError):  # the page of the reservation says how it ended
        await reservation_endings.cancel(access.book(request), found.row, by=access.who(request).member)
    return pages.see(f"/reservations/{found.row.id}")


async def the_reservation(request: Request) -> Reserved:
    """The reservation of this address, if it is the asker's; 404 otherwise."""
    book = access.book(request)
    try:
        found = await reserved.one(book, request.path_params["reservation"])
    except UnknownReservation:
        raise HTTPException(404) from None
    if not await reserved.is_theirs(book, found.row, access.who(request).member):
        raise HTTPException(404)
    return found


async def _shop(request: Request, number: str) -> Shop:
    if not number.isdecimal() or len(number) > 9:
        raise HTTPException(404)
    try:
        return await shops.find(access.book(request), int(number))
    except UnknownShop:
        raise HTTPException(404) from None


def _wanted(typed: dict[str, str]) -> dict[int, int]:
    """Item numbers and quantities out of the fields; what is empty or 0 is not wanted. Raises BadQuantity."""
    wanted = {}
    for name, text in typed.items():
        digits, item = forms.half_width(text), name.removeprefix("item-")
        if digits.strip("0") == "":
            continue
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 6 and item.isdecimal()):
            raise BadQuantity(entry=digits[:20], most=QUANTITY_AT_MOST)
        wanted[int(item[:9])] = int(digits)
    return wanted


async def _choose_page(
    request: Request, shop: Shop, typed: dict[str, str], *, refusal: Say | None = None
) -> Response:
    book, member = access.book(request), access.who(request).member
    spendable = sum(amount for _, amount in await purse.spendable(book, member, book.today()))
    shared = await pools.spendable(book, member, book.today())
    together = spendable + shared
    offers = await catalogue.of_shop(book, shop, book.today(), spendable=together, member=member)
    first = [each for each in offers if typed.get(f"item-{each.item}")]
    others = [each for each in offers if each.can_be_had and each not in first]
    return pages.render(
        request,
        "reservation_new.html",
        status_code=422 if refusal else 200,
        shop=shop,
        spendable=spendable,
        shared=shared,
        filled=Filled(FormModel, typed, errors={"": refusal} if refusal else {}),
        first=first,
        others=others,
        most={each.item: _most(each.points, each.left, together) for each in offers},
    )


def _most(points: int, left: int, spendable: int) -> int:
    return min(left, spendable // points if points else QUANTITY_AT_MOST, QUANTITY_AT_MOST)


async def _check_page(
    request: Request, shop: Shop, basket: Basket, *, refusal: Say | None = None
) -> Response:
    book, member = access.book(request), access.who(request).member
    planned = None
    try:
        planned = await reservations.plan(book, shop, member, basket)
    except EmptyBasket:
        raise Malformed("items") from None
    except PointsError as error:
        refusal = refusal or said(error)
    named = {item.number: item for item in await items.all_items(book)}
    words: dict[str, Any] = {
        "shop": shop,
        "planned": planned,
        "parts": await named_parts(book, planned.parts) if planned else [],
        "lines": [(named[item], quantity) for item, quantity in basket.wanted if item in named],
        "wanted": basket.wanted,
        "spendable": sum(amount for _, amount in await purse.spendable(book, member, book.today())),
        "unmanned": await stations.is_unmanned(book, shop),
        "until": reservation_words.until,
        "refusal": refusal,
    }
    return pages.render(request, "reservation_check.html", status_code=422 if refusal else 200, **words)
