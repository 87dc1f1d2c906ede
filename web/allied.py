"""What every page of alliances and merchants asks first: which shop, and who may look at it."""

from __future__ import annotations

from collections.abc import Collection

from starlette.exceptions import HTTPException
from starlette.requests import Request

from points.market import contracts, merchants, shops
from points.market.models import Shop
from points.people import areas
from web import access, places

READERS = ("admin", "fund_keeper", "approver", "auditor")
MERCHANT = merchants.ROLE


async def own(request: Request) -> set[int]:
    """The merchants' shops at whose till the person asking works. Two statements, none for others."""
    book, asking = access.book(request), access.who(request)
    return await merchants.works_at(book, asking.member, book.today()) if MERCHANT in asking.roles else set()


def holds(request: Request, needed: Collection[str], path: str) -> bool:
    """Whether the person asking has one of these roles where this path leads."""
    return any(areas.covers(path, code) for code in places.codes(access.who(request), needed))


async def merchants_of(request: Request) -> list[Shop]:
    """The merchants in the areas that the person asking answers for, by number."""
    book, mine = access.book(request), places.codes(access.who(request), READERS)
    every = await shops.all_shops(book)
    found = await areas.many(book, {shop.area for shop in every})
    theirs = await contracts.merchants(book, every)
    return [
        shop
        for shop in every
        if shop.number in theirs and any(areas.covers(found[shop.area].path, code) for code in mine)
    ]


async def the_merchant(request: Request, number: int, *, merchant: bool = False) -> Shop:
    """The merchant's shop of an address: of one's area, or where `merchant` one's own; 404 otherwise."""
    book = access.book(request)
    shop = next((each for each in await shops.all_shops(book) if each.number == number), None)
    if shop is None or not await contracts.is_merchant(book, shop):
        raise HTTPException(404)
    if merchant and shop.number in await own(request):
        return shop
    if not holds(request, READERS, await areas.path(book, shop.area)):
        raise HTTPException(404)
    return shop
