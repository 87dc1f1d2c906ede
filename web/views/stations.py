"""Unmanned stations: the short page that a poster opens, what to put into which locker, and the day reckoned up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.keys import new_key
from points.market import pick_up_codes, pick_ups, reserved, shops, stations
from points.market.errors import UnknownShop
from points.market.models import Shop
from points.market.reservation_errors import TooManyGuesses, UnknownReservation
from points.market.reserved import Reserved
from points.people.errors import NotAllowed
from web import access, entries, forms, handovers, limits, pages, paging, qr, reservation_words
from web.counters import the_shop
from web.forms import Filled, FormModel
from web.handovers import Given
from web.i18n import N_, Say
from web.refusals import said
from web.views.pick_ups import Shown

BACK = 1
"""A day may be signed on itself and on the next."""


class Count(FormModel):
    """What was counted; each item has fields of its own."""

    key: forms.Code = Field(title=N_("编号"))


async def show(request: Request) -> Response:
    """GET /stations/{shop}: a field for the code, without signing in; 404 where somebody serves."""
    return _station_page(request, await _station(request), forms.empty(Shown))


async def look(request: Request) -> Response:
    """POST /stations/{shop}: five wrong codes from one place lock it for a quarter of an hour."""
    shop, filled = await _station(request), forms.read(Shown, access.form(request))
    if filled.value is None:
        return _station_page(request, shop, filled, status_code=422)
    where = limits.address(request)
    try:
        row = await handovers.recognise(request, shop, filled.value.code, where)
    except PointsError as error:
        status = 429 if isinstance(error, TooManyGuesses) else 422
        return _station_page(request, shop, filled.failed("code", said(error)), status_code=status)
    now = int(request.app.state.now().timestamp())
    given = Given(shop.number, "", row.id, new_key(), now)
    return pages.see(f"/stations/{shop.number}/{handovers.seal(given, _secret(request))}")


async def check(request: Request) -> Response:
    """GET /stations/{shop}/{given}: what lies in which locker; once it is taken out, that it is."""
    shop, _, found = await _given(request)
    return await _check_page(request, shop, found)


async def create(request: Request) -> Response:
    """POST /stations/{shop}/{given}: “拿到了”, once."""
    shop, given, found = await _given(request)
    try:
        await pick_ups.take_out(access.book(request), shop, found.row, key=given.key)
    except PointsError as error:
        return await _check_page(request, shop, found, refusal=said(error))
    return pages.see(request.url.path)


async def lockers(request: Request) -> Response:
    """GET /counter/{shop}/lockers: what to put where, to print and take along."""
    return await _lockers_page(request, await _mine(request))


async def fill(request: Request) -> Response:
    """POST /counter/{shop}/lockers: one reservation lies in one locker."""
    shop, book, sent = await _mine(request), access.book(request), access.form(request)
    try:
        found = await reserved.one(book, sent.one("reservation"))
        locker = forms.half_width(sent.one("locker"))
        by, key = access.who(request).member, sent.one("key")
        await stations.fill(book, shop, found.row, locker, by=by, key=key)
    except UnknownReservation:
        raise HTTPException(404) from None
    except NotAllowed:
        raise
    except PointsError as error:
        return await _lockers_page(request, shop, refusal=said(error))
    return pages.see(f"/counter/{shop.number}/lockers")


async def poster(request: Request) -> Response:
    """GET /counter/{shop}/lockers/poster: a sheet of A4 to hang beside the lockers."""
    shop = await _mine(request)
    where = str(request.url_for("station", shop=shop.number))
    drawing = qr.inline(where, label=str(Say(N_("取好了，扫一扫"))))
    return pages.render(request, "station_poster.html", shop=shop, where=where, drawing=drawing)


async def day(request: Request) -> Response:
    """GET /counter/{shop}/lockers/days/{day}: filled, taken out, over, put back, counted."""
    shop = await _mine(request)
    return await _day_page(request, shop, _day(request), {})


async def sign(request: Request) -> Response:
    """POST /counter/{shop}/lockers/days/{day}: what was counted, signed by the one asking."""
    shop, on, sent = await _mine(request), _day(request), access.form(request)
    typed = dict(sent.pairs)
    counted, shown = _numbers(typed, "count-"), _numbers(typed, "shown-")
    whys = {
        int(name[4:13]): text for name, text in typed.items() if name[:4] == "why-" and name[4:].isdecimal()
    }
    try:
        await stations.sign(
            access.book(request), shop, on, counted, whys,
            shown=shown, by=access.who(request).member, key=sent.one("key"),
        )  # fmt: skip
    except NotAllowed:
        raise
    except PointsError as error:
        return await _day_page(request, shop, on, typed, refusal=said(error))
    return pages.see(f"/counter/{shop.number}/lockers/days/{on.isoformat()}")


def _numbers(typed: Mapping[str, str], begins: str) -> dict[int, int]:
    """Whole numbers by item out of fields; what is none is left out, and asked for again."""
    found = {}
    for name, text in typed.items():
        item, digits = name.removeprefix(begins), forms.half_width(text)
        if name.startswith(begins) and item.isdecimal() and digits.isdecimal() and len(digits) <= 9:
            found[int(item[:9])] = int(digits)
    return found


def _day(request: Request) -> date:
    try:
        return date.fromisoformat(request.path_params["day"])
    except ValueError:
        raise HTTPException(404) from None


async def _mine(request: Request) -> Shop:
    """The station of this address, if the person asking works there; 404 for a shop where somebody serves."""
    shop = await the_shop(request)
    if not await stations.is_unmanned(access.book(request), shop):
        raise HTTPException(404)
    return shop


async def _station(request: Request) -> Shop:
    book = access.book(request)
    try:
        shop = await shops.find(book, request.path_params["shop"])
    except UnknownShop:
        raise HTTPException(404) from None
    if not await stations.is_unmanned(book, shop):
        raise HTTPException(404)
    return shop


async def _given(request: Request) -> tuple[Shop, Given, Reserved]:
    shop = await _station(request)
    given = handovers.unseal(request.path_params["given"], _secret(request))
    if given is None or (given.shop, given.by) != (shop.number, ""):
        raise HTTPException(404)
    if not given.counts(request.app.state.now()):
        raise HTTPException(403)
    return shop, given, await reserved.one(access.book(request), given.reservation)


def _secret(request: Request) -> bytes:
    secret: bytes = request.app.state.settings.pepper()
    return secret


def _station_page(request: Request, shop: Shop, filled: Filled[Shown], *, status_code: int = 200) -> Response:
    return pages.render(request, "station.html", status_code=status_code, shop=shop, filled=filled)


async def _check_page(
    request: Request, shop: Shop, found: Reserved, *, refusal: Say | None = None
) -> Response:
    words = dict(reservation_words.SPOKEN)
    return pages.render(
        request,
        "station_check.html",
        status_code=422 if refusal else 200,
        shop=shop,
        found=found,
        refusal=refusal,
        **words,
    )


async def _lockers_page(request: Request, shop: Shop, *, refusal: Say | None = None) -> Response:
    book = access.book(request)
    waiting = await reserved.open_at(book, shop.number, paging.turn(request))
    codes = await pick_up_codes.of_many(book, [each.row.id for each in waiting], _secret(request))
    words: dict[str, Any] = {
        "shop": shop,
        "turns": paging.links(request, waiting),
        "waiting": [each for each in waiting if not each.locker],
        "lying": [each for each in waiting if each.locker],
        "tails": {reservation: code[4:] for reservation, code in codes.items()},
        "today": book.today().isoformat(),
        "refusal": refusal,
    }
    words |= reservation_words.SPOKEN
    return pages.render(request, "lockers.html", status_code=422 if refusal else 200, **words)


async def _day_page(
    request: Request, shop: Shop, on: date, typed: Mapping[str, str], *, refusal: Say | None = None
) -> Response:
    book, today = access.book(request), access.book(request).today()
    there = await stations.day(book, shop, on)
    signed = there.signed
    by = (await entries.staff_names(book, [signed.signed_by]))[signed.signed_by] if signed else ""
    words: dict[str, Any] = {
        "shop": shop,
        "it": there,
        "typed": typed,
        "why": [(code, Say(sentence)) for code, sentence in reservation_words.WHYS.items()],
        "whys": reservation_words.WHYS,
        "counted": {each.item: each for each in await stations.counted(book, shop, on)} if signed else {},
        "by": by,
        "may_sign": signed is None and today - timedelta(days=BACK) <= on <= today,
        "before": (on - timedelta(days=1)).isoformat(),
        "after": (on + timedelta(days=1)).isoformat() if on < today else "",
        "refusal": refusal,
    }
    words |= reservation_words.SPOKEN
    return pages.render(request, "station_day.html", status_code=422 if refusal else 200, **words)
