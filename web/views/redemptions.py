"""Redemptions (⑦): the member agrees with their PIN, both look once more, and the points move; then the receipt."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from ledger.book import Book
from points.errors import PointsError
from points.market import baskets, counter, items, pools, redemptions
from points.market.models import Shop
from points.people.errors import NotAllowed
from web import access, bodies, forms, limits, pages, qr
from web.access import Doorkeeper
from web.counters import named_parts, said, sealed, served, the_order, the_shop
from web.forms import Filled, FormModel
from web.i18n import N_, Say
from web.orders import Order
from web.views.signin import Pin


class Agreement(FormModel):
    """The member agrees to what stands beside the field."""

    secret: Pin = Field(title=N_("本人的 6 位密码"))


async def check(request: Request) -> Response:
    """GET /counter/{shop}/orders/{order}: first the PIN; once it was given, before − cost → after."""
    shop, order = await the_order(request)
    if order.is_agreed(request.app.state.now()):
        return await _check_page(request, shop, order)
    return await _pin_page(request, shop, order, forms.empty(Agreement))


async def agree(request: Request) -> Response:
    """POST /counter/{shop}/orders/{order}: the PIN, which is neither kept nor written back; five wrong ones lock it."""
    shop, order = await the_order(request)
    filled = forms.read(Agreement, access.form(request))
    if filled.value is None:
        return await _pin_page(request, shop, order, filled, status_code=422)
    book, now = access.book(request), request.app.state.now()
    # Counted apart from signing in: whoever guesses at home must not lock an old neighbour out of the shop.
    tried = await limits.attempt(book, f"counter {order.member}", now=now)
    if tried.locked_until is not None:
        return await _pin_page(
            request, shop, order, filled.failed("secret", _locked(tried, now)), status_code=429
        )
    keeper: Doorkeeper = request.app.state.doorkeeper
    if await keeper.by_pin(book, order.member, filled.value.secret) != order.member:
        return await _pin_page(request, shop, order, filled.failed("secret", _wrong(tried)), status_code=422)
    await limits.forgive(book, tried)
    return pages.see(f"/counter/{shop.number}/orders/{sealed(request, order.agreed(now))}")


async def create(request: Request) -> Response:
    """POST /counter/{shop}/orders/{order}/redemption: once for each key; what was done before is shown again."""
    shop, order = await the_order(request)
    if not order.is_agreed(request.app.state.now()):
        return pages.see(f"/counter/{shop.number}/orders/{request.path_params['order']}")
    basket = baskets.of(dict(order.items))
    try:
        done = await counter.redeem(
            access.book(request), shop, order.member, basket,
            by=order.by, key=order.key, on=order.on, found_by=order.found_by, together=order.together,
        )  # fmt: skip
    except NotAllowed:
        raise
    except PointsError as error:
        return await _check_page(request, shop, order, refusal=said(error), status_code=422)
    again = "?again=1" if done.repeated else ""
    return pages.see(f"/counter/{shop.number}/redemptions/{done.receipt.position}{again}")


async def show(request: Request) -> Response:
    """GET /counter/{shop}/redemptions/{position}: the receipt, to look at and to print."""
    shop, book = await the_shop(request), access.book(request)
    entry = await redemptions.numbered(book, min(request.path_params["position"], 2**53))
    if entry is None or entry.shop != shop.number:
        raise HTTPException(404)
    receipt = (await statements.known(book.reader, [entry.reference]))[entry.reference]
    proof = str(request.url_for("ledger.entry", position=entry.position))
    done = await redemptions.answer(book, receipt)
    words: dict[str, Any] = {
        "shop": shop,
        "entry": entry,
        "done": done,
        "parts": await named_parts(book, done.parts),
        "staff": await _name_of(request, entry.served_by),
        "again": bodies.query(request).one("again") == "1",
        "proof": proof,
        "code": qr.inline(proof, label=str(Say(N_("查这一笔的二维码")))),
    }
    return pages.render(request, "redemption.html", **words)


async def _pin_page(
    request: Request, shop: Shop, order: Order, filled: Filled[Agreement], *, status_code: int = 200
) -> Response:
    words = await _ordered(request, shop, order)
    return pages.render(request, "redemption_pin.html", status_code=status_code, filled=filled, **words)


async def _check_page(
    request: Request, shop: Shop, order: Order, *, refusal: Say | None = None, status_code: int = 200
) -> Response:
    words = await _ordered(request, shop, order)
    return pages.render(request, "redemption_check.html", status_code=status_code, refusal=refusal, **words)


async def _ordered(request: Request, shop: Shop, order: Order) -> dict[str, Any]:
    """What both pages say of an order; `change` leads back to the choice."""
    book = access.book(request)
    found = Order(order.shop, order.by, order.member, order.found_by, order.on)
    change = f"/counter/{shop.number}/for/{sealed(request, found)}"
    person = await served(book, order)
    words: dict[str, Any] = {"shop": shop, "order": order, "served": person, "change": change}
    parts = await named_parts(book, order.together)
    return words | {"lines": await _lines(book, order), "parts": parts, "cost": _own_part(order)}


def _own_part(order: Order) -> int:
    """What the member themselves gives."""
    return dict(order.together).get(pools.owner_of(order.member), order.points)


async def _lines(book: Book, order: Order) -> list[tuple[str, str, int]]:
    names = {item.number: (item.name, item.name_en) for item in await items.all_items(book)}
    return [(*names.get(item, (str(item), str(item))), quantity) for item, quantity in order.items]


async def _name_of(request: Request, number: str) -> str:
    keeper: Doorkeeper = request.app.state.doorkeeper
    person = await keeper.person(access.book(request), number)
    return person.name if person and person.name else number


def _wrong(tried: limits.Attempt) -> Say:
    if tried.left:
        return Say(N_("密码不对，还可以试 {left} 次。忘了？到窗口重设。积分没有扣。"), left=tried.left)
    return Say(N_("密码不对。为了安全，请等 15 分钟再试。忘了？到窗口重设。积分没有扣。"))


def _locked(tried: limits.Attempt, now: Any) -> Say:
    if tried.for_good or tried.locked_until is None:
        return Say(N_("试错太多，密码已经锁住。请本人带证件重设。积分没有扣。"))
    minutes = -(-max(1, int((tried.locked_until - now).total_seconds())) // 60)
    return Say(N_("试错太多，还要等 {minutes} 分钟。忘了？到窗口重设。积分没有扣。"), minutes=minutes)
