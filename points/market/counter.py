"""The counter: points and goods change hands in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy
from ledger.transactions import Draft, Posting, Receipt
from points import chart
from points.awards import purse
from points.evidence import snapshots
from points.market import earlier, items, prices, redemptions, shops
from points.market.baskets import Basket
from points.market.errors import (
    HouseholdRedemption,
    MarketError,
    NoPrice,
    NotEnough,
    OutOfStock,
    OwnRedemption,
    ShopNotOpen,
    SoldOut,
    UnknownCustomer,
    UnknownItem,
)
from points.market.models import Item, Price, Redemption, RedemptionLine, Shop
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

    @property
    def points(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def reference(self) -> str:
        return f"redeem/{self.shop.number}/{self.key}"

    @property
    def request(self) -> str:
        """The digest of what was asked: member, shop, items and quantities, and the version of each price."""
        wanted = [
            [line.item, line.quantity, price] for line, price in zip(self.lines, self.price_ids, strict=True)
        ]
        return encoding.digest_of({"items": wanted, "member": self.member, "shop": self.shop.number})


async def redeem(
    book: Book, shop: Shop, member: str, basket: Basket, *, by: str, key: str, on: date, found_by: str
) -> Redeemed:
    """Hand a basket over to a member, for their points at the prices of the day; the earliest expiry is spent first.

    The same key with the same request gives the first answer, whatever has happened since. Otherwise nothing is
    moved and it raises: ReferenceConflict (the key was used for another basket or member), NotAllowed (`by` is not
    counter staff of the shop's area), OwnRedemption, HouseholdRedemption, UnknownCustomer, ShopNotOpen, UnknownItem,
    NoPrice, OutOfStock or SoldOut, NotEnough (`missing` points), BadKey, Busy.

    A key redeems once, on whatever day it is asked again. Whether the member agreed, by PIN or code, is the caller's
    to ask.
    """
    assert found_by in FOUND_BY, found_by
    key = earlier.checked_key(key)
    order = await _order(book, shop, member, basket, by=by, key=key, on=on, found_by=found_by)
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


async def _order(
    book: Book, shop: Shop, member: str, basket: Basket, *, by: str, key: str, on: date, found_by: str
) -> _Order:
    catalogue = {item.number: item for item in await items.all_items(book)}
    priced = await prices.on_day(book, on, basket.items)
    lines = tuple(_line(item, quantity, catalogue, priced, on) for item, quantity in basket.wanted)
    price_ids = tuple(priced[line.item].id for line in lines)
    return _Order(shop, member, lines, price_ids, by, key, on, found_by)


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
        draft = _draft(book, order, await purse.spendable(book, order.member, order.on))
        try:
            return await book.journal.post(draft)
        except BelowFloor as refusal:
            if refusal.facts["address"] == chart.stock(order.shop.number):
                raise _out_of_stock(order, refusal) from None
    raise Busy


def _out_of_stock(order: _Order, refusal: BelowFloor) -> OutOfStock:
    item, left = shops.item_of(refusal.facts["unit"]), refusal.facts["available"]
    line = next(line for line in order.lines if line.item == item)
    kind = OutOfStock if left else SoldOut
    return kind(item=line.name, left=left, wanted=line.quantity)


def _draft(book: Book, order: _Order, spendable: Sequence[tuple[date, int]]) -> Draft:
    """Goods first, so that what ran out is said whatever the purse holds. Honours cost nothing: goods alone move."""
    missing = order.points - sum(amount for _, amount in spendable)
    if missing > 0:
        raise NotEnough(missing=missing)
    evidence, texts = snapshots.take(
        "basket", f"{order.shop.number}/{order.key}", _snapshot(order), at=book.now()
    )
    return Draft(
        reference=order.reference,
        kind="redemption",
        evidence=evidence,
        effective_on=order.on,
        request=order.request,
        postings=(*_goods(order), *_points(order, spendable)),
        rows=(*texts, *_rows(book, order)),
    )


def _goods(order: _Order) -> list[Posting]:
    shelf = chart.stock(order.shop.number)
    return [Posting(shelf, chart.HANDED_OUT, line.quantity, chart.item(line.item)) for line in order.lines]


def _points(order: _Order, spendable: Sequence[tuple[date, int]]) -> list[Posting]:
    if not order.points:
        return []
    till = chart.taken(order.shop.number)
    return [
        Posting(chart.until(order.member, day), till, amount, chart.POINTS)
        for day, amount in purse.draw(spendable, order.points)
    ]


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
    }
