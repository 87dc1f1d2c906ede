"""Pick-up at a counter: the code, one look, one press. And what is still to be picked up at a shop."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import (
    counter,
    pick_up_days,
    pick_ups,
    redemptions,
    reservation_endings,
    reserved,
    stations,
)
from points.market.models import Shop
from points.market.reservation_errors import TooManyGuesses, UnknownReservation
from points.market.reserved import Reserved
from points.people.errors import NotAllowed
from points.people.twice import merges
from web import access, forms, handovers, pages, paging, reservation_words
from web.counters import the_shop
from web.forms import Code, Filled, FormModel, Line
from web.handovers import Given
from web.i18n import N_, Say
from web.refusals import said

ENDED = "ended-"
"""Begins the fields that turn the second list of a shop's page."""


class Shown(FormModel):
    """The code that somebody brought."""

    code: Line = Field(title=N_("8 位兑换码"))


class Why(FormModel):
    """Why staff cancels a reservation."""

    reason: Literal["asked", "gone", "closed", "mistake"] = Field(title=N_("为什么取消"))


class Days(FormModel):
    """On which weekdays what was reserved is handed over."""

    key: Code = Field(title=N_("编号"))
    days: list[Literal["1", "2", "3", "4", "5", "6", "7"]] = Field([], title=N_("哪几天取"))


async def ask(request: Request) -> Response:
    """GET /counter/{shop}/pick-up: a field for the code."""
    return await _ask_page(request, await the_shop(request), forms.empty(Shown))


async def look(request: Request) -> Response:
    """POST /counter/{shop}/pick-up: five wrong codes lock this till for a quarter of an hour. Nothing is written."""
    shop, filled = await the_shop(request), forms.read(Shown, access.form(request))
    if filled.value is None:
        return await _ask_page(request, shop, filled, status_code=422)
    try:
        row = await handovers.recognise(request, shop, filled.value.code, access.who(request).member)
    except PointsError as error:
        status = 429 if isinstance(error, TooManyGuesses) else 422
        return await _ask_page(request, shop, filled.failed("code", said(error)), status_code=status)
    return pages.see(handovers.address(request, "counter", shop, row))


async def check(request: Request) -> Response:
    """GET /counter/{shop}/pick-up/{given}: who reserved what, and whether this clerk may hand it over."""
    shop, given, found = await _given(request)
    if found.redemption:
        entry = await redemptions.find(access.book(request), found.redemption)
        return pages.see(f"/counter/{shop.number}/redemptions/{entry.position}?again=1" if entry else "/")
    return await _check_page(request, shop, given, found)


async def create(request: Request) -> Response:
    """POST /counter/{shop}/pick-up/{given}: once; pressed twice, the first receipt."""
    shop, given, found = await _given(request)
    try:
        done = await pick_ups.hand_over(access.book(request), shop, found.row, by=given.by, key=given.key)
    except NotAllowed:
        raise
    except PointsError as error:
        found = await reserved.one(access.book(request), found.row.id)
        return await _check_page(request, shop, given, found, refusal=said(error))
    again = "?again=1" if done.repeated else ""
    return pages.see(f"/counter/{shop.number}/redemptions/{done.receipt.position}{again}")


async def index(request: Request) -> Response:
    """GET /counter/{shop}/reservations: what is still to be picked up here, and what ended today."""
    return await _index_page(request, await the_shop(request))


async def choose_days(request: Request) -> Response:
    """POST /counter/{shop}/pick-up-days: for what is reserved from now on."""
    shop, filled = await the_shop(request), forms.read(Days, access.form(request))
    if filled.value is None:
        return await _index_page(request, shop, refusal=Say(N_("请再选一次取货的日子，什么都没有改。")))
    days = [int(day) for day in filled.value.days]
    try:
        await pick_up_days.choose(
            access.book(request), shop, days, by=access.who(request).member, key=filled.value.key
        )
    except NotAllowed:
        raise
    except PointsError as error:
        return await _index_page(request, shop, refusal=said(error))
    return pages.see(f"/counter/{shop.number}/reservations")


async def ask_cancel(request: Request) -> Response:
    """GET /counter/{shop}/reservations/{reservation}/cancellation"""
    shop, found = await the_reservation(request)
    return await _cancel_page(request, shop, found, forms.empty(Why))


async def cancel(request: Request) -> Response:
    """POST /counter/{shop}/reservations/{reservation}/cancellation: with a reason, which the member reads."""
    shop, found = await the_reservation(request)
    filled = forms.read(Why, access.form(request))
    if filled.value is None:
        return await _cancel_page(request, shop, found, filled, status_code=422)
    try:
        await reservation_endings.cancel(
            access.book(request), found.row, by=access.who(request).member, reason=filled.value.reason
        )
    except NotAllowed:
        raise
    except PointsError as error:
        failed = filled.failed("", said(error))
        return await _cancel_page(request, shop, found, failed, status_code=422)
    return pages.see(f"/counter/{shop.number}/reservations")


async def the_reservation(request: Request) -> tuple[Shop, Reserved]:
    """The reservation of this address at a shop of the person asking; 404 otherwise."""
    shop = await the_shop(request)
    try:
        found = await reserved.one(access.book(request), request.path_params["reservation"])
    except UnknownReservation:
        raise HTTPException(404) from None
    if found.row.shop != shop.number:
        raise HTTPException(404)
    return shop, found


async def _given(request: Request) -> tuple[Shop, Given, Reserved]:
    """The proof in this address, if it was given to this clerk here; back to the field where it is too old."""
    shop = await the_shop(request)
    return shop, *await handovers.the_given(request, shop)


async def _ask_page(
    request: Request, shop: Shop, filled: Filled[Shown], *, status_code: int = 200
) -> Response:
    return pages.render(request, "pick_up.html", status_code=status_code, shop=shop, filled=filled)


async def _check_page(
    request: Request, shop: Shop, given: Given, found: Reserved, *, refusal: Say | None = None
) -> Response:
    if refusal is None:
        refusal = await _refusal(request, shop, given, found)
    words: dict[str, Any] = {"shop": shop, "found": found, "refusal": refusal}
    words |= reservation_words.SPOKEN
    return pages.render(request, "pick_up_check.html", status_code=422 if refusal else 200, **words)


async def _refusal(request: Request, shop: Shop, given: Given, found: Reserved) -> Say | None:
    book = access.book(request)
    if not found.is_open:
        return Say(N_("这份预留{state}，不能再取。"), state=Say(reservation_words.STATES[found.state]))
    owner = await merges.stands_for(book, found.row.member)
    try:
        await counter.require_served(book, shop, owner, by=given.by, on=book.today())
    except NotAllowed:
        raise
    except PointsError as error:
        return said(error)
    return None


async def _index_page(request: Request, shop: Shop, *, refusal: Say | None = None) -> Response:
    book = access.book(request)
    days = await pick_up_days.of(book, shop.number)
    waiting = await reserved.open_at(book, shop.number, paging.turn(request))
    today = book.today().isoformat()
    ended = await reserved.ended_on(book, shop.number, today, paging.turn(request, ENDED))
    words: dict[str, Any] = {
        "shop": shop,
        "open": waiting,
        "turns": paging.links(request, waiting),
        "ended": ended,
        "ended_turns": paging.links(request, ended, ENDED),
        "days": reservation_words.weekdays(days),
        "filled": Filled(Days, {}, {"days": [str(day) for day in days]}),
        "week": [(str(number), Say(name)) for number, name in enumerate(reservation_words.WEEK, 1)],
        "unmanned": await stations.is_unmanned(book, shop),
        "refusal": refusal,
    }
    words |= reservation_words.SPOKEN
    return pages.render(request, "shop_reservations.html", status_code=422 if refusal else 200, **words)


async def _cancel_page(
    request: Request, shop: Shop, found: Reserved, filled: Filled[Why], *, status_code: int = 200
) -> Response:
    words = dict(reservation_words.SPOKEN)
    reasons = [(code, Say(reservation_words.REASONS[code])) for code in reservation_endings.REASONS]
    return pages.render(
        request,
        "shop_reservation_cancel.html",
        status_code=status_code,
        shop=shop,
        found=found,
        filled=filled,
        why=reasons,
        **words,
    )
