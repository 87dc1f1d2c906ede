"""The counter: points and goods change hands in one transaction."""

from __future__ import annotations

from datetime import date
from typing import NotRequired, TypedDict, Unpack

from ledger.book import Book
from ledger.errors import BelowFloor, Busy, Moved, RowConflict
from ledger.transactions import Draft, Receipt
from points.market import (
    earlier,
    handing_over,
    merchants,
    orders,
    pools,
    redemptions,
    shifts,
)
from points.market import premises as premises_room
from points.market.baskets import Basket
from points.market.errors import (
    HouseholdRedemption,
    MarketError,
    NotEnough,
    OwnRedemption,
    ShopClosed,
    ShopNotOpen,
    UnknownCustomer,
)
from points.market.limits import Uses
from points.market.models import Shop
from points.market.orders import FOUND_BY, Order
from points.market.pools import Drawn, Parts, Pool
from points.market.premises import Premises
from points.market.redemptions import Redeemed
from points.market.shifts import Turn
from points.people import roles, sides
from points.people.errors import UnknownMember
from points.people.twice import merges

__all__ = ["ATTEMPTS", "FOUND_BY", "carry_out", "hand_over", "redeem", "require_served"]
ATTEMPTS = 20
"""Each attempt that fails means that another spend of the same purse was written meanwhile."""


class Asked(TypedDict):
    """Who serves, the key of the effect, the day, and how the member was found."""

    by: str
    key: str
    on: date
    found_by: str
    together: NotRequired[Parts]
    premises: NotRequired[Premises]


async def redeem(book: Book, shop: Shop, member: str, basket: Basket, **asked: Unpack[Asked]) -> Redeemed:
    """Hand a basket over, as `hand_over` does and with its errors; the answer is all that stands on the receipt."""
    receipt = await hand_over(book, shop, member, basket, **asked)
    return await redemptions.answer(book, receipt)


async def hand_over(
    book: Book,
    shop: Shop,
    member: str,
    basket: Basket,
    *,
    by: str,
    key: str,
    on: date,
    found_by: str,
    together: Parts = (),
    premises: Premises | None = None,
) -> Receipt:
    """Hand a basket over to a member, for their points at the prices of the day; the earliest expiry is spent first.

    `premises` is what was read of the shop a moment ago; who has not read it leaves it out.
    `together` is what each purse of their household gives, as it was shown to the member (`pools.of`): then it is done
    so or not at all.

    The same key with the same request gives the first answer, whatever has happened since. Otherwise nothing is
    moved and it raises: ReferenceConflict (the key was used for another basket or member), NotAllowed (`by` is not
    counter staff of the shop's area), OwnRedemption, HouseholdRedemption, UnknownCustomer, ShopNotOpen, UnknownItem,
    NoPrice, OutOfStock or SoldOut, NotEnough (`missing` points), PartsChanged (of what was shown), BadKey, Busy.

    A key redeems once, on whatever day it is asked again. Whether the member agreed, by PIN or code, is the caller's
    to ask.
    """
    assert found_by in FOUND_BY, found_by
    key = earlier.checked_key(key)
    lines, price_ids = await orders.priced(book, basket, on)
    order = Order(shop, member, lines, price_ids, by, key, on, found_by, together)
    receipt = await earlier.receipt(book, order.reference, order.request)
    return receipt if receipt is not None else await carry_out(book, order, premises=premises)


async def require_served(
    book: Book,
    shop: Shop,
    member: str,
    *,
    by: str,
    on: date,
    role: str = "counter",
    premises: Premises | None = None,
) -> None:
    """Raise unless `by` may serve this member, here and on this day: NotAllowed, OwnRedemption, UnknownCustomer,
    MergedInto, HouseholdRedemption, ShopNotOpen, ShopClosed. `redeem` asks it too; a counter asks it before anything is
    chosen. `premises` as in `hand_over`. The rights of whoever serves are read here, whatever was read before."""
    there = premises or await premises_room.of(book, shop)
    if there.merchant:
        await merchants.require_served(book, shop, member, by=by, on=on)
    else:
        await roles.require(book, by, role, there.path or shop.area, on)
    if member == by:
        raise OwnRedemption
    await _require_customer(book, member)
    if await sides.shares(book, by, [member]):
        raise HouseholdRedemption
    if on.isoformat() < shop.opened_on:
        raise ShopNotOpen(shop=shop.name, opened_on=shop.opened_on)
    closed_on = there.standing.closed_on
    if closed_on is not None and on.isoformat() >= closed_on:
        raise ShopClosed(shop=shop.name)


async def _require_customer(book: Book, member: str) -> None:
    try:
        await merges.require_member(book, member)
    except UnknownMember:
        raise UnknownCustomer(member=member) from None


async def carry_out(book: Book, order: Order, *, premises: Premises | None = None) -> Receipt:
    """Hand over an order that was not known before; raises as `hand_over` does."""
    try:
        await require_served(book, order.shop, order.member, by=order.by, on=order.on, premises=premises)
        return await _hand_over(book, order)
    except MarketError:
        # The same request may have been written between our look and now, and have emptied the purse itself.
        receipt = await earlier.receipt(book, order.reference, order.request)
        if receipt is None:
            raise
        return receipt


async def _hand_over(book: Book, order: Order) -> Receipt:
    """Plan from fresh balances and post; when another spend came first, plan again."""
    for _ in range(ATTEMPTS):
        turn = await shifts.turn(book, order.shop, order.by, order.reference)
        limits = await handing_over.limited(book, order)
        pool, drawn = await _paid(book, order)
        try:
            return await book.journal.post(_draft(book, order, pool, drawn, limits, turn))
        except BelowFloor as refusal:
            if said := handing_over.refused(order, refusal):
                raise said from None
        except (Moved, RowConflict):
            # While this was planned the shift began or ended, one of a household took their consent back, or somebody
            # who lives together with one who moved drew on the same limit.
            continue
    raise Busy


async def _paid(book: Book, order: Order) -> tuple[Pool, tuple[Drawn, ...]]:
    """What pays for this: the shopper's own purse, or the household's or team's where that was shown and agreed."""
    if not order.group:
        return await pools.as_shown(book, order.member, order.points, order.on, order.together)
    pool = await pools.of_group(book, order.group, order.on)
    if (missing := order.points - pool.total) > 0:
        raise NotEnough(missing=missing)
    return pool, pool.draw(order.points)


def _draft(book: Book, order: Order, pool: Pool, drawn: tuple[Drawn, ...], limits: Uses, turn: Turn) -> Draft:
    return handing_over.draft(book, order, drawn, limits=limits, household=pool.household, turn=turn)
