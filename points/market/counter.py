"""The counter: points and goods change hands in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, RowConflict
from ledger.transactions import Draft, Posting, Receipt
from points import chart
from points.awards import purse
from points.evidence import snapshots
from points.market import earlier, items, pools, prices, redemptions, shops
from points.market.baskets import Basket
from points.market.errors import (
    HouseholdRedemption,
    MarketError,
    NoPrice,
    NotEnough,
    OutOfStock,
    OwnRedemption,
    PartsChanged,
    ShopNotOpen,
    SoldOut,
    UnknownCustomer,
    UnknownItem,
)
from points.market.models import Item, Price, Redemption, RedemptionLine, RedemptionPart, Shop
from points.market.pools import Drawn, Parts, Pool
from points.market.redemptions import Line, Redeemed
from points.people import households, roles
from points.people.models import Member
from points.people.twice import merges

FOUND_BY = ("card", "phone", "code", "number", "manual")
ATTEMPTS = 20
"""Each attempt that fails means that another spend of the same purse was written meanwhile."""


@dataclass(frozen=True, slots=True)
class _Order:
    """All that was asked, with the prices of the day. `price_ids` go with `lines`."""

    shop: Shop
    member: str
    lines: tuple[Line, ...]
    price_ids: tuple[str, ...]
    by: str
    key: str
    on: date
    found_by: str
    together: Parts = ()

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def reference(self) -> str:
        return f"redeem/{self.shop.number}/{self.key}"

    @property
    def request(self) -> str:
        """The digest of what was asked: member, shop, items and quantities, the version of each price, and what each of
        the household was to give."""
        wanted = [
            [line.item, line.quantity, price] for line, price in zip(self.lines, self.price_ids, strict=True)
        ]
        asked = {"items": wanted, "member": self.member, "shop": self.shop.number}
        return encoding.digest_of(asked | _parts_said(self.together))


async def redeem(
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
) -> Redeemed:
    """Hand a basket over to a member, for their points at the prices of the day; the earliest expiry is spent first.

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
    lines, price_ids = await _priced(book, basket, on)
    order = _Order(shop, member, lines, price_ids, by, key, on, found_by, together)
    receipt = await earlier.receipt(book, order.reference, order.request)
    if receipt is None:
        receipt = await _once(book, order)
    return await redemptions.answer(book, receipt)


async def require_served(book: Book, shop: Shop, member: str, *, by: str, on: date) -> None:
    """Raise unless `by` may serve this member, here and on this day: NotAllowed, OwnRedemption, UnknownCustomer,
    MergedInto, HouseholdRedemption, ShopNotOpen. `redeem` asks it too; a counter asks it before anything is chosen."""
    await roles.require(book, by, "counter", shop.area, on)
    if member == by:
        raise OwnRedemption
    if not await Member.filter(number=member).using_db(book.reader).exists():
        raise UnknownCustomer(member=member)
    await merges.require_open(book, member)
    homes = await households.of(book, [by, member])
    if households.same_side(by, member, homes):
        raise HouseholdRedemption
    if on.isoformat() < shop.opened_on:
        raise ShopNotOpen(shop=shop.name, opened_on=shop.opened_on)


async def _priced(book: Book, basket: Basket, on: date) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """What is wanted at the prices of the day, and the row of each price."""
    catalogue = {item.number: item for item in await items.all_items(book)}
    priced = await prices.on_day(book, on, basket.items)
    lines = tuple(_line(item, quantity, catalogue, priced, on) for item, quantity in basket.wanted)
    return lines, tuple(priced[line.item].id for line in lines)


def _line(item: int, quantity: int, catalogue: dict[int, Item], priced: dict[int, Price], on: date) -> Line:
    if item not in catalogue:
        raise UnknownItem(name=str(item))
    if item not in priced:
        raise NoPrice(item=catalogue[item].name, on=on.isoformat())
    return Line(item, catalogue[item].name, quantity, priced[item].points)


async def _once(book: Book, order: _Order) -> Receipt:
    try:
        await require_served(book, order.shop, order.member, by=order.by, on=order.on)
        return await _hand_over(book, order)
    except MarketError:
        # The same request may have been written between our look and now, and have emptied the purse itself.
        receipt = await earlier.receipt(book, order.reference, order.request)
        if receipt is None:
            raise
        return receipt


async def _hand_over(book: Book, order: _Order) -> Receipt:
    """Plan from fresh balances and post; when another spend came first, plan again."""
    for _ in range(ATTEMPTS):
        pool = await _pool(book, order)
        try:
            return await book.journal.post(_draft(book, order, pool))
        except BelowFloor as refusal:
            if refusal.facts["address"] == chart.stock(order.shop.number):
                raise _out_of_stock(order, refusal) from None
        except RowConflict:
            if not order.together:
                raise
            continue  # one of them took their consent back, or moved out, while this was planned
    raise Busy


async def _pool(book: Book, order: _Order) -> Pool:
    """What may pay for this: the shopper's own purse, or the household's where that was shown and agreed."""
    if order.together:
        pool = await pools.of(book, order.member, order.on)
        if pool is None:
            raise PartsChanged
        return pool
    owner = pools.owner_of(order.member)
    own = await purse.spendable(book, order.member, order.on)
    return Pool("", order.member, tuple(Drawn(owner, day, points) for day, points in own))


def _out_of_stock(order: _Order, refusal: BelowFloor) -> OutOfStock:
    item, left = shops.item_of(refusal.facts["unit"]), refusal.facts["available"]
    line = next(line for line in order.lines if line.item == item)
    kind = OutOfStock if left else SoldOut
    return kind(item=line.name, left=left, wanted=line.quantity)


def _draft(book: Book, order: _Order, pool: Pool) -> Draft:
    """Goods first, so that what ran out is said whatever the purse holds. Honours cost nothing: goods alone move."""
    missing = order.points - pool.total
    if missing > 0:
        raise NotEnough(missing=missing)
    drawn = pool.draw(order.points)
    if order.together and pool.parts(drawn) != order.together:
        raise PartsChanged
    evidence, texts = snapshots.take(
        "basket", f"{order.shop.number}/{order.key}", _snapshot(order), at=book.now()
    )
    return Draft(
        reference=order.reference,
        kind="redemption",
        evidence=evidence,
        effective_on=order.on,
        request=order.request,
        postings=(*_goods(order), *_points(order, drawn)),
        rows=(*texts, *_rows(book, order), *_parts(order, pool)),
    )


def _goods(order: _Order) -> list[Posting]:
    shelf = chart.stock(order.shop.number)
    return [Posting(shelf, chart.HANDED_OUT, line.quantity, chart.item(line.item)) for line in order.lines]


def _points(order: _Order, drawn: Sequence[Drawn]) -> list[Posting]:
    till = chart.taken(order.shop.number)
    return [Posting(each.account, till, each.points, chart.POINTS) for each in drawn]


def _parts(order: _Order, pool: Pool) -> list[RedemptionPart]:
    return [
        RedemptionPart(
            id=f"{order.reference}#{owner}",
            redemption=order.reference,
            household=pool.household,
            owner=owner,
            points=points,
        )
        for owner, points in order.together
    ]


def _parts_said(together: Parts) -> dict[str, list[list[object]]]:
    """The parts as evidence and request name them; nothing where one purse pays."""
    return {"together": [[owner, points] for owner, points in together]} if together else {}


def _rows(book: Book, order: _Order) -> list[Redemption | RedemptionLine]:
    redemption = Redemption(
        reference=order.reference,
        shop=order.shop.number,
        member=order.member,
        served_by=order.by,
        found_by=order.found_by,
        points=order.points,
        redeemed_on=order.on.isoformat(),
        redeemed_at=book.now(),
    )
    return [redemption, *(_row(order, line) for line in order.lines)]


def _row(order: _Order, line: Line) -> RedemptionLine:
    return RedemptionLine(
        id=f"{order.reference}#{line.item}",
        redemption=order.reference,
        item=line.item,
        quantity=line.quantity,
        price=line.price,
    )


def _snapshot(order: _Order) -> dict[str, object]:
    """What was in the basket, frozen: the evidence that the transaction cites."""
    return {
        "by": order.by,
        "found_by": order.found_by,
        "items": [
            {
                "item": line.item,
                "name": line.name,
                "price": line.price,
                "price_id": price,
                "quantity": line.quantity,
            }
            for line, price in zip(order.lines, order.price_ids, strict=True)
        ],
        "member": order.member,
        "on": order.on.isoformat(),
        "points": order.points,
        "shop": order.shop.number,
        **_parts_said(order.together),
    }
