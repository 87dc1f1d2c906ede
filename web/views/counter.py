"""The counter (⑦): find the person, choose the things. What has been agreed so far is sealed in the address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.awards import purse
from points.errors import PointsError
from points.market import baskets, catalogue, counter, limits, pools, redemptions
from points.market.errors import BadKey, MarketError, NotEnough
from points.market.models import Shop
from points.market.pools import Parts
from points.market.premises import Premises
from points.market.reservation_errors import TooManyGuesses
from points.openness import masking
from points.people.errors import NotAllowed
from points.people.lookup import Candidate
from web import (
    access,
    choosing,
    finding,
    forms,
    handovers,
    market_words,
    pages,
    recognising,
    screens,
    shelves,
    tills,
)
from web.bodies import Form
from web.counters import day_of, of_address, sealed, served, shops_of, the_order_at
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.orders import Order
from web.recognising import People, PickUp, Receipt, Recognised
from web.refusals import said
from web.views import teams

_TEAM = re.compile("[TD]-[0-9]{4,9}")


class Look(FormModel):
    """What was scanned, typed or said to find somebody."""

    who: Line = Field(title=N_("扫码、刷卡，或输入号码"))


async def choose_shop(request: Request) -> Response:
    """GET /counter: the one shop of the person asking, or a choice among theirs."""
    mine = await shops_of(request)
    if len(mine) == 1:
        return pages.see(f"/counter/{mine[0].number}")
    return pages.render(request, "counter_shops.html", shops=mine)


async def find(request: Request) -> Response:
    """GET /counter/{shop}"""
    return await _find_page(request, await shops_of(request), forms.empty(Look))


async def look(request: Request) -> Response:
    """POST /counter/{shop}: whatever was scanned. One person found is served at once, of several one is chosen; a code
    that a person showed is used up, a receipt is opened."""
    mine = await shops_of(request)
    shop, filled = of_address(request, mine), forms.read(Look, access.form(request))
    if filled.value is None:
        return await _find_page(request, mine, filled, status_code=422)
    try:
        if number := _team(filled.value.who):
            team = (await teams.numbered(request, number)).number
            return pages.see(str(request.app.url_path_for("team.spending", shop=shop.number, team=team)))
        scanned = await recognising.recognised(request, shop, filled.value.who)
    except PointsError as error:
        locked = finding.is_locked(error) or isinstance(error, TooManyGuesses)
        status = 429 if locked else 422
        return await _find_page(request, mine, filled.failed("who", said(error)), status_code=status)
    if isinstance(scanned, People) and not scanned.found:
        nobody = Say(N_("没有找到。请再看一下号码，或问手机尾号、姓和生日，如：5678 王 03-12。"))
        return await _find_page(request, mine, filled.failed("who", nobody), status_code=422)
    if isinstance(scanned, People) and len(scanned.found) > 1:
        return await _find_page(request, mine, filled, found=scanned.found)
    return pages.see(_address(request, shop, scanned))


def _team(text: str) -> str:
    """The number of a team or studio where somebody typed one; empty for anything else."""
    number = forms.half_width(text).strip().upper()
    return number if _TEAM.fullmatch(number) else ""


async def choose(request: Request) -> Response:
    """GET /counter/{shop}/for/{order}: what this person can have, with a key drawn for this very page; what had been
    chosen before stands there again."""
    there, order = await the_order_at(request)
    typed = {f"item-{item}": str(quantity) for item, quantity in order.items}
    return await _choose_page(request, there, order, typed)


async def order(request: Request) -> Response:
    """POST /counter/{shop}/for/{order}: what was chosen goes on to the PIN; what cannot be had is said, and kept."""
    there, found = await the_order_at(request)
    shop, sent = there.shop, access.form(request)
    typed = {name: text for name, text in sent.pairs if name.startswith("item-")}
    try:
        asked = await _asked(access.book(request), there, found, sent, typed)
    except choosing.Unreadable as wrong:
        return await _choose_page(request, there, found, typed, error=(wrong.field, wrong.sentence))
    except MarketError as error:
        return await _choose_page(request, there, found, typed, error=("", said(error)))
    wanted, now = sealed(request, asked), request.app.state.now()
    await screens.turn(access.book(request), tills.of(request), now=now, shop=shop.number, sealed=wanted)
    return pages.see(f"/counter/{shop.number}/orders/{wanted}")


def _address(request: Request, shop: Shop, scanned: Recognised) -> str:
    """Where it goes on with the one thing that was meant."""
    if isinstance(scanned, Receipt):
        return f"/counter/{shop.number}/redemptions/{scanned.position}"
    if isinstance(scanned, PickUp):
        return handovers.address(request, "counter", shop, scanned.row)
    return _serving(request, shop, scanned.found[0])


def _serving(request: Request, shop: Shop, one: Candidate) -> str:
    today = access.book(request).today()
    found = Order(shop.number, access.who(request).member, one.member, one.found_by, today)
    return f"/counter/{shop.number}/for/{sealed(request, found)}"


async def _find_page(
    request: Request,
    mine: Sequence[Shop],
    filled: Filled[Look],
    *,
    found: Sequence[Candidate] = (),
    status_code: int = 200,
) -> Response:
    book, shop = access.book(request), of_address(request, mine)
    names = masking.mask_list({one.member: one.name for one in found})
    candidates = [(names[one.member], one, _serving(request, shop, one)) for one in found]
    words: dict[str, Any] = {
        "shop": shop,
        "several": len(mine) > 1,
        "filled": filled,
        "candidates": candidates,
        "day": await day_of(book, shop),
        "screens": await screens.beside(book, tills.of(request)),
        "low": [(shelves.called(item), left) for item, left in await shelves.nearly_gone(book, shop)],
    }
    return pages.render(request, "counter.html", status_code=status_code, **words)


async def _choose_page(
    request: Request,
    there: Premises,
    order: Order,
    typed: Mapping[str, str],
    *,
    error: tuple[str, Say] | None = None,
) -> Response:
    book, shop = access.book(request), there.shop
    person, refusal = await served(book, order), await _refusal(book, there, order)
    offers = await catalogue.of_shop(book, shop, book.today(), spendable=person.together, member=order.member)
    key, on = _drawn(book, access.form(request)) if error else ("", book.today())
    filled = Filled(Look, typed, errors={error[0]: error[1]} if error else {})
    words: dict[str, Any] = {
        "shop": shop,
        "served": person,
        "first": await purse.spendable(book, order.member, book.today()),
        "refusal": refusal,
        "filled": filled,
        "offers": sorted(offers, key=lambda offer: not offer.can_be_had),
        "most": {offer.item: choosing.most(offer, person.together) for offer in offers},
        "day": await day_of(book, shop),
        "told": market_words,
        "closed": _closed(book, there),
        "today": book.today(),
        "key": key,
        "on": on.isoformat(),
    }
    return pages.render(request, "counter_choose.html", status_code=422 if error or refusal else 200, **words)


def _closed(book: Book, there: Premises) -> Say | None:
    """That it is not the shop's hours: said before anything is chosen, and nothing is forbidden by it."""
    at = book.now().astimezone(book.zone)
    state = there.standing.state(at)
    return market_words.state(state, at) if state is not None and not state.open else None


async def _refusal(book: Book, there: Premises, order: Order) -> Say | None:
    try:
        await counter.require_served(
            book, there.shop, order.member, by=order.by, on=book.today(), premises=there
        )
    except NotAllowed:
        raise
    except PointsError as error:
        return said(error)
    return None


async def _asked(book: Book, there: Premises, found: Order, sent: Form, typed: Mapping[str, str]) -> Order:
    """The order as it was chosen, if it can be had now; raises what the counter would refuse."""
    shop, (key, on) = there.shop, choosing.key_and_day(book, sent)
    await counter.require_served(book, shop, found.member, by=found.by, on=on, premises=there)
    basket = baskets.of(choosing.wanted(typed))
    spendable = sum(amount for _, amount in await purse.spendable(book, found.member, on))
    offers = {offer.item: offer for offer in await catalogue.of_shop(book, shop, on, spendable=spendable)}
    points = choosing.price(basket, offers)
    chosen = [(offers[item], quantity) for item, quantity in basket.wanted]
    lines = [redemptions.Line(o.item, o.name, n, o.points, o.name_en) for o, n in chosen]
    await limits.require(book, found.member, lines, on)
    together = await _together(book, found.member, points, spendable, on)
    order = Order(shop.number, found.by, found.member, found.found_by, on, key, basket.wanted, points)
    return replace(order, together=together)


async def _together(book: Book, member: str, points: int, spendable: int, on: date) -> Parts:
    """What each of the household gives where one's own is not enough; () where it is. Raises NotEnough."""
    if points <= spendable:
        return ()
    pool = await pools.of(book, member, on)
    if pool is None or pool.total < points:
        raise NotEnough(missing=points - (pool.total if pool else spendable))
    return pool.parts(pool.draw(points))


def _drawn(book: Book, sent: Form) -> tuple[str, date]:
    """The key and day that the page was drawn with; new ones where they cannot be used any more."""
    try:
        return choosing.key_and_day(book, sent)
    except BadKey:
        return "", book.today()
