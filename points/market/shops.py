"""The shops and stations of the communities: open one, find those near an area, see what stands on the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger import statements
from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict
from ledger.models import LedgerAccount
from ledger.transactions import Draft
from points import chart
from points.evidence import acts
from points.market.catalogue_files import NAME_AT_MOST, is_name
from points.market.errors import BadName, NameTaken, UnknownShop
from points.market.models import Shop
from points.people import areas, roles

ATTEMPTS = 20


async def open_shop(book: Book, name: str, *, area: str, hours: str, by: str, on: date) -> Shop:
    """Open a shop in an area, under the next number; one of that name, place and hours is returned as it is.

    Raises UnknownArea, NotAllowed unless `by` is admin of the area, BadName, and NameTaken when another shop has it.
    """
    await areas.find(book, area)
    await roles.require(book, by, "admin", area, on)
    if not is_name(name) or len(hours) > 80:
        raise BadName(most=NAME_AT_MOST)
    for _ in range(ATTEMPTS):
        there = await Shop.all().using_db(book.reader)
        for shop in there:
            if shop.name == name:
                return _same(shop, area, hours)
        number = max((shop.number for shop in there), default=0) + 1
        shop = Shop(number=number, name=name, area=area, hours=hours, opened_on=on.isoformat())
        try:
            await book.journal.post(_draft(book, shop, by=by, on=on))
        except ReferenceConflict:
            # Somebody else took this number a moment ago: look again.
            continue
    raise Busy


async def find(book: Book, number: int) -> Shop:
    """The shop of a number. Raises UnknownShop."""
    shop = await Shop.get_or_none(number=number, using_db=book.reader)
    if shop is None:
        raise UnknownShop(shop=number)
    return shop


async def all_shops(book: Book) -> list[Shop]:
    """Every shop, by number."""
    return await Shop.all().using_db(book.reader).order_by("number")


async def near(book: Book, area: str) -> list[Shop]:
    """The shops for people of an area: those in it, below it, and above it up to the district. Three statements."""
    every = await all_shops(book)
    places = await areas.many(book, [area, *(shop.area for shop in every)])
    home = places[area].path if area in places else ""
    return [s for s in every if areas.covers(home, s.area) or areas.covers(places[s.area].path, area)]


async def stock(book: Book, shop: Shop) -> dict[int, int]:
    """How many of each item stand on a shop's shelf, by item number; what ran out is 0, what never came is absent."""
    return (await stocks(book, [shop]))[shop.number]


async def stocks(book: Book, of: Sequence[Shop]) -> dict[int, dict[int, int]]:
    """The stock of several shops, by shop and item number, as `stock` of each. Two statements."""
    shelves = {chart.stock(shop.number): shop.number for shop in of}
    opened = LedgerAccount.filter(address__in=list(shelves)).using_db(book.reader)
    left = await statements.balances_of(book.reader, await opened.values_list("address", "unit"))
    found: dict[int, dict[int, int]] = {shop.number: {} for shop in of}
    for (address, unit), quantity in left.items():
        found[shelves[address]][item_of(unit)] = quantity
    return found


def item_of(unit: str) -> int:
    """The item number in a unit of goods, `item:17`."""
    return int(unit.removeprefix("item:"))


def _same(shop: Shop, area: str, hours: str) -> Shop:
    if (shop.area, shop.hours) != (area, hours):
        raise NameTaken(name=shop.name, number=shop.number)
    return shop


def _draft(book: Book, shop: Shop, *, by: str, on: date) -> Draft:
    """The act that opens a shop. Its reference is its number, so that a number is given once."""
    value = {
        "area": shop.area,
        "by": by,
        "hours": shop.hours,
        "name": shop.name,
        "number": shop.number,
        "on": on.isoformat(),
    }
    return acts.draft(book, f"shop/{shop.number}", ("shop", str(shop.number)), value, [shop], on=on)
