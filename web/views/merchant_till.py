"""A merchant's till: a card or a code, the listed things, the member's own PIN, the receipt; or a pick-up code.

A merchant reads of a member what they need to hand over to the right one: a masked name. Not what they have, what
others of their household have, what they did or will do; and looks nobody up by a name, a telephone or a number. What a
household would pay together is the business of a community's own shop: at this till everybody pays from their own
points. What was reserved at home is handed over by its code, whoever's points were set aside (`merchant_pick_ups`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import baskets, catalogue, contracts, counter, items, redemptions
from points.market.errors import EmptyBasket, MerchantLooksUp
from points.market.models import Shop
from points.market.reservation_errors import TooManyGuesses
from points.market.reservation_records import Reservation
from points.market.undoing import requests, undone
from points.openness import masking
from points.people import cards, identity_codes, lookup, members, scans, short_codes
from points.people.errors import NotAllowed
from web import access, agreeing, allied, choosing, finding, forms, handovers, orders, pages, qr
from web.agreeing import Agreement
from web.counters import is_recent, sealed
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.orders import Order
from web.refusals import said

BY_CODE = ("card", "code")


class Scan(FormModel):
    """What was scanned or typed."""

    who: Line = Field(title=N_("扫积分卡，或输 8 位出示码、兑换码"))


class Chosen(FormModel):
    """The key of what was chosen, and the day it was drawn on."""

    key: Code = Field(title=N_("编号"))
    on: date = Field(title=N_("哪一天"))


async def till(request: Request) -> Response:
    """GET /merchant/{merchant}/till"""
    return await _till(request, await the_shop(request), forms.empty(Scan))


async def look(request: Request) -> Response:
    """POST /merchant/{merchant}/till: a card or an identity code finds a person, and nothing else does."""
    shop, filled = await the_shop(request), forms.read(Scan, access.form(request))
    if filled.value is None:
        return await _till(request, shop, filled, status_code=422)
    try:
        if (row := await reserved_for(request, shop, filled.value.who)) is not None:
            return pages.see(handovers.address(request, "merchant", shop, row))
        return pages.see(await _found(request, shop, filled.value.who))
    except PointsError as refusal:
        locked = isinstance(refusal, TooManyGuesses) or finding.is_locked(refusal)
        status = 429 if locked else 422
        return await _till(request, shop, filled.failed("who", said(refusal)), status_code=status)


async def choose(request: Request) -> Response:
    """GET /merchant/{merchant}/for/{order}: what stands here at its price, with a key drawn for this page."""
    return await _choose(request, *await _the_order(request), {})


async def order(request: Request) -> Response:
    """POST /merchant/{merchant}/for/{order}: what was chosen goes on to the PIN."""
    shop, found = await _the_order(request)
    sent, filled = access.form(request), forms.read(Chosen, access.form(request))
    typed = {name: text for name, text in sent.pairs if name.startswith("item-")}
    if filled.value is None or not is_recent(filled.value.on, access.book(request).today()):
        again = Say(N_("这一页的编号不对，什么都没有记。请退回上一页，重新打开再办。"))
        return await _choose(request, shop, found, typed, refusal=again)
    try:
        chosen = await _priced(request, shop, found, typed)
    except PointsError as refusal:
        return await _choose(request, shop, found, typed, refusal=said(refusal))
    asked = replace(chosen, key=filled.value.key, on=filled.value.on)
    return pages.see(f"/merchant/{shop.number}/orders/{sealed(request, asked)}")


async def check(request: Request) -> Response:
    """GET /merchant/{merchant}/orders/{order}: what and for how much, and a field for the member's own PIN."""
    return await _check(request, *await _the_order(request), forms.empty(Agreement))


async def create(request: Request) -> Response:
    """POST /merchant/{merchant}/orders/{order}: the PIN pays for just this, once for each key."""
    shop, asked = await _the_order(request)
    filled = forms.read(Agreement, access.form(request))
    if wrong := await agreeing.proven(request, asked.member, filled):
        return await _check(request, shop, asked, wrong[0], status_code=wrong[1])
    try:
        done = await counter.redeem(
            access.book(request), shop, asked.member, baskets.of(dict(asked.items)),
            by=asked.by, key=asked.key, on=asked.on, found_by=asked.found_by,
        )  # fmt: skip
    except NotAllowed:
        raise
    except PointsError as refusal:
        return await _check(request, shop, asked, filled.failed("", said(refusal)), status_code=422)
    return _receipt(shop, done)


async def show(request: Request) -> Response:
    """GET /merchant/{merchant}/redemptions/{position}: the receipt, without a name and without what they have left."""
    shop, book = await the_shop(request), access.book(request)
    entry = await the_redemption(request, shop)
    done = (await undone.of(book, [entry.reference])).get(entry.reference)
    proof = str(request.url_for("ledger.entry", position=entry.position))
    return pages.render(
        request,
        "merchant_receipt.html",
        shop=shop,
        entry=entry,
        names=await _names(request),
        done=done,
        asked=[] if done else await requests.about(book, entry.reference),
        code=qr.inline(proof, label=str(Say(N_("查这一笔的二维码")))),
    )


async def the_redemption(request: Request, shop: Shop) -> redemptions.Entry:
    """The redemption of this address, if it was handed over here; 404 otherwise."""
    found = await redemptions.numbered(access.book(request), min(request.path_params["position"], 2**53))
    if found is None or found.shop != shop.number:
        raise HTTPException(404)
    return found


async def reserved_for(request: Request, shop: Shop, text: str) -> Reservation | None:
    """The reservation of this shop whose pick-up code this is; None for anything else that is scanned. Wrong codes are
    counted: raises UnknownPickUpCode and TooManyGuesses."""
    digits = cards.number_in(scans.read(text))
    book = access.book(request)
    if not digits or not short_codes.is_pick_up(digits) or await short_codes.is_card(book.reader, digits):
        return None
    return await handovers.recognise(request, shop, digits, access.who(request).member)


async def the_shop(request: Request) -> Shop:
    """The merchant's shop of this address where the person asking works; 404 otherwise."""
    shop = await allied.the_merchant(request, request.path_params["merchant"], merchant=True)
    if shop.number not in await allied.own(request):
        raise HTTPException(404)
    return shop


async def _the_order(request: Request) -> tuple[Shop, Order]:
    """The shop and the order of this address. 404 unless both are theirs, 403 once the page has become too old."""
    shop, book = await the_shop(request), access.book(request)
    found = orders.unseal(request.path_params["order"], request.app.state.settings.pepper())
    if found is None or (found.shop, found.by) != (shop.number, access.who(request).member):
        raise HTTPException(404)
    if found.found_by not in BY_CODE:
        raise HTTPException(404)
    if not is_recent(found.on, book.today()):
        raise HTTPException(403)
    return shop, found


async def _found(request: Request, shop: Shop, text: str) -> str:
    """Where whoever was scanned is served. Raises MerchantLooksUp for anything but a card or a code, before anybody is
    looked up."""
    read = scans.read(text)
    if not (cards.number_in(read) or lookup.TOKEN.fullmatch(read) or identity_codes.is_code(read)):
        raise MerchantLooksUp
    found = await finding.find(request, text)
    if len(found) != 1 or found[0].found_by not in BY_CODE:
        raise MerchantLooksUp
    by, today = access.who(request).member, access.book(request).today()
    order = Order(shop.number, by, found[0].member, found[0].found_by, today)
    return f"/merchant/{shop.number}/for/{sealed(request, order)}"


async def _priced(request: Request, shop: Shop, found: Order, typed: dict[str, str]) -> Order:
    """The order as it was chosen, if it can be had now. Whether the points suffice is said once the PIN is given."""
    book = access.book(request)
    await counter.require_served(book, shop, found.member, by=found.by, on=book.today())
    offers = {offer.item: offer for offer in await catalogue.of_shop(book, shop, book.today())}
    wanted = {}
    for name, text in typed.items():
        digits = forms.half_width(text)
        if digits.strip("0") and digits.isascii() and digits.isdigit() and name[5:].isdigit():
            wanted[int(name[5:])] = int(digits[:6])
    if not wanted:
        raise EmptyBasket
    basket = baskets.of(wanted)
    return replace(found, items=basket.wanted, points=choosing.price(basket, offers))


def _receipt(shop: Shop, done: redemptions.Redeemed) -> Response:
    return pages.see(f"/merchant/{shop.number}/redemptions/{done.receipt.position}")


async def _named(request: Request, member: str) -> str:
    person = (await members.many(access.book(request), [member])).get(member)
    return masking.mask(person.name) if person and person.name else member


async def _names(request: Request) -> dict[int, tuple[str, str]]:
    return {item.number: (item.name, item.name_en) for item in await items.all_items(access.book(request))}


async def _till(request: Request, shop: Shop, filled: Filled[Scan], *, status_code: int = 200) -> Response:
    book = access.book(request)
    agreed = [one for one in await contracts.of_shop(book, shop) if one.holds(book.today())]
    return pages.render(
        request, "merchant_till.html", status_code=status_code, shop=shop, filled=filled, agreed=agreed
    )


async def _choose(
    request: Request, shop: Shop, found: Order, typed: dict[str, str], *, refusal: Say | None = None
) -> Response:
    book = access.book(request)
    closed = None
    try:
        await counter.require_served(book, shop, found.member, by=found.by, on=book.today())
    except NotAllowed:
        raise
    except PointsError as error:
        closed = said(error)
    words: dict[str, Any] = {
        "shop": shop,
        "name": await _named(request, found.member),
        "offers": await catalogue.of_shop(book, shop, book.today()),
        "values": typed,
        "refusal": closed or refusal,
        "closed": closed is not None,
        "on": book.today().isoformat(),
    }
    return pages.render(
        request, "merchant_choose.html", status_code=422 if words["refusal"] else 200, **words
    )


async def _check(
    request: Request, shop: Shop, asked: Order, filled: Filled[Agreement], *, status_code: int = 200
) -> Response:
    names = await _names(request)
    back = replace(asked, key="", items=(), points=0)
    return pages.render(
        request,
        "merchant_check.html",
        status_code=status_code,
        shop=shop,
        name=await _named(request, asked.member),
        lines=[(*names.get(item, (str(item), str(item))), n) for item, n in asked.items],
        points=asked.points,
        change=f"/merchant/{shop.number}/for/{sealed(request, back)}",
        filled=filled,
    )
