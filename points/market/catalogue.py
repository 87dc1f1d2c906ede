"""What a member can have now at the shops of their area, what is a few points away, and what ran out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards import purse
from points.market import items, prices, shops
from points.market.errors import UnknownCustomer
from points.market.models import Item, Shop
from points.people.models import Member


@dataclass(frozen=True, slots=True)
class Stand:
    """A shop that keeps an item, and how many are left there; 0 when it ran out."""

    shop: int
    name: str
    left: int


@dataclass(frozen=True, slots=True)
class Offer:
    """An item with its price today, the points still missing for one, and the shops that keep it."""

    item: int
    name: str
    name_en: str
    kind: str
    points: int
    missing: int
    stands: tuple[Stand, ...]

    @property
    def left(self) -> int:
        """How many there are at all these shops together."""
        return sum(stand.left for stand in self.stands)

    @property
    def can_be_had(self) -> bool:
        """Whether the member could have one now."""
        return self.left > 0 and self.missing == 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a member sees: their points and the offers, the cheapest first."""

    spendable: int
    offers: tuple[Offer, ...]

    @property
    def now(self) -> list[Offer]:
        """What can be had now."""
        return [offer for offer in self.offers if offer.can_be_had]

    @property
    def next(self) -> Offer | None:
        """The nearest reward that is in stock and not yet within reach; None when everything is."""
        beyond = [offer for offer in self.offers if offer.missing and offer.left]
        return min(beyond, key=lambda offer: offer.missing, default=None)


async def for_member(book: Book, member: str, on: date) -> Catalogue:
    """The catalogue of a member's area on a day: every item that a shop near them keeps and that has a price.

    A constant number of statements. Raises UnknownCustomer.
    """
    row = await Member.get_or_none(number=member, using_db=book.reader)
    if row is None:
        raise UnknownCustomer(member=member)
    spendable = sum(amount for _, amount in await purse.spendable(book, member, on))
    return Catalogue(spendable, await _offers(book, row.area, spendable, on))


async def for_visitor(book: Book, on: date, *, shop: Shop | None = None) -> Catalogue:
    """What a stranger sees: the offers of one shop or of all of them, to somebody without points. Five statements."""
    stands = [shop] if shop else await shops.all_shops(book)
    return Catalogue(0, await _at(book, stands, 0, on))


async def of_shop(book: Book, shop: Shop, on: date, *, spendable: int = 0) -> list[Offer]:
    """What one shop keeps, for somebody who has so many points: the choice at its counter. Three statements."""
    return list(await _at(book, [shop], spendable, on))


async def _offers(book: Book, area: str, spendable: int, on: date) -> tuple[Offer, ...]:
    return await _at(book, await shops.near(book, area), spendable, on)


async def _at(book: Book, near: list[Shop], spendable: int, on: date) -> tuple[Offer, ...]:
    stocks = await shops.stocks(book, near)
    priced = await prices.on_day(book, on)
    offers = []
    for item in await items.all_items(book):
        stands = tuple(
            Stand(shop.number, shop.name, stocks[shop.number][item.number])
            for shop in near
            if item.number in stocks[shop.number]
        )
        if stands and item.number in priced:
            offers.append(_offer(item, priced[item.number].points, spendable, stands))
    return tuple(sorted(offers, key=lambda offer: (offer.points, offer.item)))


def _offer(item: Item, points: int, spendable: int, stands: tuple[Stand, ...]) -> Offer:
    missing = max(points - spendable, 0)
    return Offer(item.number, item.name, item.name_en, item.kind, points, missing, stands)
