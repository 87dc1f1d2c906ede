"""A trial at the counter: does a restored book still serve people? Only for a copy that nobody uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards import purse
from points.errors import PointsError
from points.keys import new_key
from points.market import baskets, catalogue, counter, shops
from points.market.catalogue import Offer
from points.market.models import Redemption, Shop

LOOKED_AT = 50
"""So many of the newest redemptions are looked at for somebody who can be served once more."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One item was handed over: what the member could spend and what stood on the shelf, before and after."""

    member: str
    item: str
    points: int
    position: int
    spendable: tuple[int, int]
    stock: tuple[int, int]

    @property
    def adds_up(self) -> bool:
        """The purse fell by the price and the shelf by one."""
        return (self.spendable[0] - self.spendable[1], self.stock[0] - self.stock[1]) == (self.points, 1)


async def redeem_once(book: Book, *, on: date) -> Trial | None:
    """Serve somebody who was served before once more, at the same shop and by the same person.

    None when nobody can be: nothing was ever redeemed, the shelves or the purses are empty, or the staff has changed.
    """
    newest = Redemption.all().using_db(book.reader).order_by("-redeemed_at").limit(LOOKED_AT)
    for row in await newest:
        shop = await shops.find(book, row.shop)
        trial = await _try(book, shop, row.member, by=row.served_by, on=on)
        if trial is not None:
            return trial
    return None


async def _try(book: Book, shop: Shop, member: str, *, by: str, on: date) -> Trial | None:
    before = await _spendable(book, member, on)
    offer = _cheapest(await catalogue.of_shop(book, shop, on, spendable=before))
    if offer is None:
        return None
    basket = baskets.of({offer.item: 1})
    try:
        done = await counter.redeem(
            book, shop, member, basket, by=by, key=new_key(), on=on, found_by="number"
        )
    except PointsError:
        return None
    left = (await shops.stock(book, shop))[offer.item]
    after = await _spendable(book, member, on)
    return Trial(member, offer.name, offer.points, done.receipt.position, (before, after), (offer.left, left))


def _cheapest(offers: Sequence[Offer]) -> Offer | None:
    """What costs points rather than what is free, so that a purse is tried too."""
    possible = [offer for offer in offers if offer.can_be_had]
    return min(possible, key=lambda offer: (offer.points == 0, offer.points), default=None)


async def _spendable(book: Book, member: str, on: date) -> int:
    return sum(amount for _, amount in await purse.spendable(book, member, on))
