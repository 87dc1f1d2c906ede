"""Premises: a shop as whoever hands over there must know it, read once and handed on.

How it stands today, where it lies today, and whether it is a merchant's: without the last two nobody can tell who may
serve there. It holds for the request that read it, never longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger import selecting
from ledger.book import Book
from points.market import contracts, shop_changes
from points.market.errors import UnknownShop
from points.market.models import Shop
from points.market.shop_changes import Standing
from points.people import areas


@dataclass(frozen=True, slots=True)
class Premises:
    """A shop, how it stands, the path of its area (empty where that is not known), and whether it is a merchant's."""

    shop: Shop
    standing: Standing
    path: str
    merchant: bool

    def within(self, codes: Sequence[str | None]) -> bool:
        """Whether it lies in one of these areas; None is the whole book."""
        return any(areas.covers(self.path, code) for code in codes)


async def every(book: Book) -> list[Premises]:
    """All of them by number, closed ones too. Five statements."""
    return await _read(book, await selecting.every(book.reader, Shop, order="number"))


async def find(book: Book, number: int) -> Premises:
    """One by its number. Five statements. Raises UnknownShop."""
    found = await _read(book, await selecting.among(book.reader, Shop, "number", [number]))
    if not found:
        raise UnknownShop(shop=number)
    return found[0]


async def of(book: Book, shop: Shop) -> Premises:
    """Those of a shop that was read before. Four statements."""
    return (await _read(book, [shop]))[0]


async def _read(book: Book, shops: Sequence[Shop]) -> list[Premises]:
    standing = await shop_changes.read(book, shops)
    places = await areas.many(book, {shop.area for shop in shops})
    signed = await contracts.numbers(book, [shop.number for shop in shops])
    return [
        Premises(
            shop=standing[shop.number].applied(shop),
            standing=standing[shop.number],
            path=places[shop.area].path if shop.area in places else "",
            merchant=standing[shop.number].kind == "merchant" or shop.number in signed,
        )
        for shop in shops
    ]
