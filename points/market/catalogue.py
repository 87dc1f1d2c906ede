"""What a member can have now at the shops of their area, what is a few points away, and what ran out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards import purse
from points.market import item_changes, items, limits, listings, low_stock, prices, shops, terms
from points.market.errors import UnknownCustomer
from points.market.item_changes import Photo
from points.market.limits import Left
from points.market.models import Shop
from points.market.terms import PERS
from points.people.models import Member


@dataclass(frozen=True, slots=True)
class Stand:
    """A shop that carries an item, and how many are left there; 0 when it ran out, `next_on` when more should come."""

    shop: int
    name: str
    left: int
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An item with its price today, the points still missing for one, and the shops that carry it.

    `limits` says what is left of each for the one who asks; `why` they may not have it at all, empty when they may.
    """

    item: int
    name: str
    name_en: str
    kind: str
    points: int
    missing: int
    stands: tuple[Stand, ...]
    about: str = ""
    about_en: str = ""
    photo: Photo | None = None
    limits: tuple[Left, ...] = ()
    why: str = ""

    @property
    def left(self) -> int:
        """How many there are at all these shops together."""
        return sum(stand.left for stand in self.stands)

    @property
    def next_on(self) -> date | None:
        """The next day on which more should come to one of them; None when nobody said."""
        return min((stand.next_on for stand in self.stands if stand.next_on), default=None)

    @property
    def spent(self) -> Left | None:
        """The limit that is used up, if one is: the one that is longest so."""
        order = list(PERS)
        used = [each for each in self.limits if each.left <= 0]
        return max(used, key=lambda each: order.index(each.limit.per), default=None)

    @property
    def allowed(self) -> bool:
        """Whether the one who asks may have one more, points and shelves aside."""
        return not self.why and self.spent is None

    @property
    def most(self) -> int:
        """As many as there are and the one who asks may have, points aside."""
        return 0 if self.why else max(min([self.left, *(each.left for each in self.limits)]), 0)

    @property
    def can_be_had(self) -> bool:
        """Whether the member could have one now."""
        return self.left > 0 and self.missing == 0 and self.allowed


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
        beyond = [offer for offer in self.offers if offer.missing and offer.left and offer.allowed]
        return min(beyond, key=lambda offer: offer.missing, default=None)


async def for_member(book: Book, member: str, on: date) -> Catalogue:
    """The catalogue of a member's area on a day: every item that a shop near them keeps and that has a price.

    A constant number of statements. Raises UnknownCustomer.
    """
    row = await Member.get_or_none(number=member, using_db=book.reader)
    if row is None:
        raise UnknownCustomer(member=member)
    spendable = sum(amount for _, amount in await purse.spendable(book, member, on))
    near = await shops.near(book, row.area)
    return Catalogue(spendable, await _at(book, near, spendable, on, member=member))


async def for_visitor(book: Book, on: date, *, shop: Shop | None = None) -> Catalogue:
    """What a stranger sees: the offers of one shop or of all that are open, to somebody without points."""
    stands = [shop] if shop else await shops.open_shops(book)
    return Catalogue(0, await _at(book, stands, 0, on))


async def of_shop(book: Book, shop: Shop, on: date, *, spendable: int = 0, member: str = "") -> list[Offer]:
    """What one shop carries, for somebody who has so many points: the choice at its counter.

    With a member it says what is left of their limits, and what is not for them.
    """
    return list(await _at(book, [shop], spendable, on, member=member))


async def _at(
    book: Book, near: list[Shop], spendable: int, on: date, *, member: str = ""
) -> tuple[Offer, ...]:
    stocks, listed = await shops.stocks(book, near), await listings.said(book, near)
    coming = await low_stock.next_deliveries(book, near)
    carried = {shop.number: listings.carried(stocks[shop.number], listed[shop.number]) for shop in near}
    priced = await prices.on_day(book, on)
    every = [
        (item, standing)
        for item, standing in await items.today(book)
        if standing.out_on is None and item.number in priced
    ]
    found = [(item, standing, _stands(near, carried, coming, item.number)) for item, standing in every]
    found = [each for each in found if each[2]]
    photos = await item_changes.photos(book, {item.number: standing for item, standing, _ in found})
    left, whys = await _allowed(book, member, [item.number for item, _, _ in found], on)
    offers = [
        Offer(
            item=item.number,
            name=item.name,
            name_en=item.name_en,
            kind=item.kind,
            points=priced[item.number].points,
            missing=max(priced[item.number].points - spendable, 0),
            stands=stands,
            about=standing.about,
            about_en=standing.about_en,
            photo=photos.get(item.number),
            limits=left.get(item.number, ()),
            why=whys.get(item.number, ""),
        )
        for item, standing, stands in found
    ]
    return tuple(sorted(offers, key=lambda offer: (offer.points, offer.item)))


def _stands(
    near: list[Shop],
    carried: Mapping[int, Mapping[int, int]],
    coming: Mapping[tuple[int, int], date],
    item: int,
) -> tuple[Stand, ...]:
    return tuple(
        Stand(shop.number, shop.name, carried[shop.number][item], coming.get((shop.number, item)))
        for shop in near
        if item in carried[shop.number]
    )


async def _allowed(
    book: Book, member: str, wanted: Sequence[int], on: date
) -> tuple[dict[int, tuple[Left, ...]], dict[int, str]]:
    """What is left of the limits of these items, and why some are not for a member; for a stranger the limits whole."""
    found = await terms.on_day(book, on, wanted)
    every = [limit for each in found.values() for limit in each.limits]
    told = (
        await limits.standing(book, member, every, on)
        if member
        else [Left(limit, limit.most) for limit in every]
    )
    left: dict[int, tuple[Left, ...]] = {}
    for each in told:
        left[each.limit.item] = (*left.get(each.limit.item, ()), each)
    return left, await limits.not_for(book, member, found, on) if member else {}
