"""Redemptions (⑦): the member agrees with their PIN, both look once more, and the points move; then the receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ledger import statements
from points.errors import PointsError
from points.market import baskets, counter, redemptions
from points.market.models import Shop
from points.market.redemptions import Entry
from points.people.errors import NotAllowed
from web import access, agreeing, bodies, forms, pages, paging, printing, qr, screens, tills
from web.access import Doorkeeper
from web.agreeing import Agreement
from web.counters import day_of, named_parts, sealed, the_order, the_order_at, the_shop
from web.forms import Filled
from web.i18n import N_, Say
from web.orders import Order
from web.refusals import said


async def check(request: Request) -> Response:
    """GET /counter/{shop}/orders/{order}: first the PIN, here or on a second screen; once it was given, before − cost →
    after. With `view=resident` the PIN in large type, for the one screen that is turned round."""
    shop, order = await the_order(request)
    if order.is_agreed(request.app.state.now()):
        return await _check_page(request, shop, order)
    if agreed := await _agreed_on_a_screen(request, shop, order):
        return pages.see(agreed)
    return await _pin_page(request, shop, order, forms.empty(Agreement))


async def agreement(request: Request) -> Response:
    """GET /counter/{shop}/orders/{order}/agreement: where to go on once the PIN was given on a screen; 204 before."""
    shop, order = await the_order(request)
    where = await _agreed_on_a_screen(request, shop, order)
    return PlainTextResponse(where) if where else Response(status_code=204)


async def agree(request: Request) -> Response:
    """POST /counter/{shop}/orders/{order}: the PIN, which is neither kept nor written back; five wrong ones lock it."""
    shop, order = await the_order(request)
    filled = forms.read(Agreement, access.form(request))
    if wrong := await agreeing.proven(request, order.member, filled):
        return await _pin_page(request, shop, order, wrong[0], status_code=wrong[1])
    return pages.see(_address(request, shop, order.agreed(request.app.state.now())))


async def create(request: Request) -> Response:
    """POST /counter/{shop}/orders/{order}/redemption: once for each key; what was done before is shown again."""
    there, order = await the_order_at(request)
    shop = there.shop
    if not order.is_agreed(request.app.state.now()):
        return pages.see(f"/counter/{shop.number}/orders/{request.path_params['order']}")
    book, basket = access.book(request), baskets.of(dict(order.items))
    try:
        receipt = await counter.hand_over(
            book, shop, order.member, basket,
            by=order.by, key=order.key, on=order.on, found_by=order.found_by, together=order.together,
            premises=there,
        )  # fmt: skip
    except NotAllowed:
        raise
    except PointsError as error:
        return await _check_page(request, shop, order, refusal=said(error), status_code=422)
    now, position = request.app.state.now(), receipt.position
    await screens.turn(book, tills.of(request), now=now, shop=shop.number, position=position)
    again = "?again=1" if receipt.repeated else ""
    return pages.see(f"/counter/{shop.number}/redemptions/{position}{again}")


async def index(request: Request) -> Response:
    """GET /counter/{shop}/redemptions?day=2026-11-22: what was handed over on a day, the latest first."""
    shop, book = await the_shop(request), access.book(request)
    today = book.today()
    on = _day(bodies.query(request).one("day"), today)
    found = await redemptions.of_day(book, shop, on, paging.turn(request))
    count, points = await redemptions.sum_of_day(book, shop, on)
    return pages.render(
        request,
        "redemptions.html",
        shop=shop,
        on=on,
        today=today,
        found=found,
        turns=paging.links(request, found),
        count=count,
        sum=points,
        before=(on - timedelta(days=1)).isoformat(),
        after=(on + timedelta(days=1)).isoformat() if on < today else None,
    )


async def show(request: Request) -> Response:
    """GET /counter/{shop}/redemptions/{position}: what was handed over, and what can be done about it."""
    shop, entry = await the_redemption(request)
    words = await receipt(request, shop, entry) | {
        "again": bodies.query(request).one("again") == "1",
        "day": await day_of(access.book(request), shop),
        "prints": await printing.count(access.book(request), entry.position),
    }
    return pages.render(request, "redemption.html", **words)


def _day(text: str, today: date) -> date:
    try:
        return max(date(2000, 1, 1), min(date.fromisoformat(text), today))
    except ValueError:
        return today


async def the_redemption(request: Request) -> tuple[Shop, Entry]:
    """The shop and the redemption of this address; 404 unless both are theirs."""
    shop, book = await the_shop(request), access.book(request)
    entry = await redemptions.numbered(book, min(request.path_params["position"], 2**53))
    if entry is None or entry.shop != shop.number:
        raise HTTPException(404)
    return shop, entry


async def receipt(request: Request, shop: Shop, entry: Entry) -> dict[str, Any]:
    """What a receipt says, on the page and on paper."""
    book = access.book(request)
    found = (await statements.known(book.reader, [entry.reference]))[entry.reference]
    done = await redemptions.answer(book, found)
    proof = str(request.url_for("ledger.entry", position=entry.position))
    return {
        "shop": shop,
        "entry": entry,
        "done": done,
        "parts": await named_parts(book, done.parts),
        "staff": await _name_of(request, entry.served_by),
        "proof": proof,
        "code": qr.inline(proof, label=str(Say(N_("查这一笔的二维码")))),
    }


async def _agreed_on_a_screen(request: Request, shop: Shop, order: Order) -> str | None:
    """Where the till goes on when the PIN was given on its second screen for this very order."""
    at = await screens.agreed_at(
        access.book(request), tills.of(request), request.path_params["order"], now=request.app.state.now()
    )
    return _address(request, shop, order.agreed(at)) if at else None


async def _pin_page(
    request: Request, shop: Shop, order: Order, filled: Filled[Agreement], *, status_code: int = 200
) -> Response:
    turned = bodies.query(request).one("view") == "resident"
    words = await _ordered(request, shop, order) | {"filled": filled}
    if not turned:
        words["screens"] = await screens.beside(access.book(request), tills.of(request))
    template = "redemption_resident.html" if turned else "redemption_pin.html"
    return pages.render(request, template, status_code=status_code, **words)


async def _check_page(
    request: Request, shop: Shop, order: Order, *, refusal: Say | None = None, status_code: int = 200
) -> Response:
    words = await _ordered(request, shop, order)
    return pages.render(request, "redemption_check.html", status_code=status_code, refusal=refusal, **words)


async def _ordered(request: Request, shop: Shop, order: Order) -> dict[str, Any]:
    """What the pages of an order say of it; `change` leads back to the choice, with what was chosen."""
    book = access.book(request)
    found = replace(order, key="", points=0, agreed_at=0, together=())
    return {
        "shop": shop,
        "asked": await agreeing.asked(book, order),
        "change": f"/counter/{shop.number}/for/{sealed(request, found)}",
    }


def _address(request: Request, shop: Shop, order: Order) -> str:
    return f"/counter/{shop.number}/orders/{sealed(request, order)}"


async def _name_of(request: Request, number: str) -> str:
    keeper: Doorkeeper = request.app.state.doorkeeper
    person = await keeper.person(access.book(request), number)
    return person.name if person and person.name else number
