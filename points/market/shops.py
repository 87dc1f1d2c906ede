"""The shops and stations of the communities: open one, find those near an area, see what stands on the shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ledger import selecting, statements
from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict, RowsLost
from ledger.models import LedgerAccount
from ledger.transactions import Draft
from points import chart
from points.evidence import acts
from points.keys import new_key
from points.market import alliances, contracts, shop_changes
from points.market.catalogue_files import NAME_AT_MOST, is_name
from points.market.catalogue_records import ShopChange
from points.market.errors import BadName, BadShop, NameTaken, UnknownShop
from points.market.models import Shop
from points.market.shop_changes import KINDS, Standing
from points.people import areas, roles

ATTEMPTS = 20
AT_ONCE = 100


async def open_shop(
    book: Book, name: str, *, area: str, hours: str, by: str, on: date, kind: str = "supermarket"
) -> Shop:
    """Open a shop in an area, under the next number; one of that name, place, hours and kind is returned as it is.

    After a book was restored from its texts alone, a shop asked for in the very words of the first time has its number
    again, and with it what stands there: the entry that opened it proves that it is the same. Otherwise numbers the
    ledger knows are not given twice: see `put_back`.
    Raises UnknownArea, NotAllowed unless `by` is admin of the area, BadName, BadShop, NameTaken when another has it.
    """
    await areas.find(book, area)
    await roles.require(book, by, "admin", area, on)
    _check(name, hours, kind)
    for _ in range(ATTEMPTS):
        if name in (taken := await names(book)):
            return await _same(book, await find(book, taken[name]), area, hours, kind)
        for number in await _unregistered(book, set(taken.values())):
            shop = Shop(number=number, name=name, area=area, hours=hours, opened_on=on.isoformat())
            if await _opened(book, shop, kind, by=by, on=on):
                break
    raise Busy


async def put_back(
    book: Book, number: int, name: str, *, area: str, hours: str, by: str, on: date, kind: str = "supermarket"
) -> Shop:
    """Register a shop anew whose entry stands and whose row was lost, by paper, under its number.

    Raises NotAllowed unless `by` is admin of the area, UnknownArea, BadName, BadShop, NameTaken, and UnknownShop for a
    number that no shop was ever opened under.
    """
    await areas.find(book, area)
    await roles.require(book, by, "admin", area, on)
    _check(name, hours, kind)
    there = await Shop.get_or_none(number=number, using_db=book.reader)
    if there is not None:
        return await _same(book, (await _today(book, [there]))[0], area, hours, kind)
    if not await acts.known(book, f"shop/{number}"):
        raise UnknownShop(shop=number)
    if name in (taken := await names(book)):
        raise NameTaken(name=name, number=taken[name])
    row = Shop(number=number, name=name, area=area, hours=hours, opened_on=on.isoformat())
    await _again(book, row, kind, by=by, on=on)
    return await find(book, number)


async def find(book: Book, number: int) -> Shop:
    """The shop of a number, as it is today. Raises UnknownShop."""
    found = await named(book, [number])
    if number not in found:
        raise UnknownShop(shop=number)
    return found[number]


async def named(book: Book, numbers: Iterable[int]) -> dict[int, Shop]:
    """Shops as they are today, by number. Two statements."""
    rows = await selecting.among(book.reader, Shop, "number", numbers)
    return {shop.number: shop for shop in await _today(book, rows)}


async def all_shops(book: Book) -> list[Shop]:
    """Every shop as it is today, by number; closed ones too."""
    return await _today(book, await selecting.every(book.reader, Shop, order="number"))


async def open_shops(book: Book) -> list[Shop]:
    """Every shop that is not closed for good, by number."""
    every = await selecting.every(book.reader, Shop, order="number")
    return shop_changes.open_ones(every, await _standing(book, every))


async def names(book: Book) -> dict[str, int]:
    """Every name that a shop has or was opened under, with its number."""
    every = await Shop.all().using_db(book.reader)
    found = {shop.name: shop.number for shop in every}
    return {**found, **{each.name: n for n, each in (await _standing(book, every)).items()}}


async def standing(book: Book, shop: Shop) -> Standing:
    """What a shop is today: its kind, its hours, whether it is closed. One statement."""
    return (await _standing(book, [shop]))[shop.number]


async def near(book: Book, area: str) -> list[Shop]:
    """The shops for people of an area: those in it, below it, and above it up to the district, and those of the
    alliances their community is in; without those closed for good, and merchants without a contract today. Eleven
    statements at most."""
    every = await open_shops(book)
    places = await areas.many(book, [area, *(shop.area for shop in every)])
    home = places[area].path if area in places else ""
    allied = await alliances.shops_for(book, home, book.today())
    over = await contracts.closed(book, book.today())
    return [
        shop
        for shop in every
        if shop.number not in over
        and (
            areas.covers(home, shop.area)
            or areas.covers(places[shop.area].path, area)
            or shop.number in allied
        )
    ]


async def stock(book: Book, shop: Shop) -> dict[int, int]:
    """How many of each item stand on a shop's shelf, by item number; what ran out is 0, what never came is absent."""
    return (await stocks(book, [shop]))[shop.number]


async def stocks(book: Book, of: Sequence[Shop]) -> dict[int, dict[int, int]]:
    """The stock of several shops, by shop and item number, as `stock` of each. Two statements."""
    shelves = {chart.stock(shop.number): shop.number for shop in of}
    opened = await selecting.among(book.reader, LedgerAccount, "address", shelves)
    left = await statements.balances_of(book.reader, [(each.address, each.unit) for each in opened])
    found: dict[int, dict[int, int]] = {shop.number: {} for shop in of}
    for (address, unit), quantity in left.items():
        found[shelves[address]][item_of(unit)] = quantity
    return found


def item_of(unit: str) -> int:
    """The item number in a unit of goods, `item:17`."""
    return int(unit.removeprefix("item:"))


async def _standing(book: Book, rows: Sequence[Shop]) -> dict[int, Standing]:
    """How shops stand; the rows are brought to today."""
    found = await shop_changes.read(book, rows)
    for shop in rows:
        found[shop.number].applied(shop)
    return found


async def _today(book: Book, rows: list[Shop]) -> list[Shop]:
    await _standing(book, rows)
    return rows


def _check(name: str, hours: str, kind: str) -> None:
    if not is_name(name) or len(hours) > 80:
        raise BadName(most=NAME_AT_MOST)
    if kind not in KINDS:
        raise BadShop(problem=kind)


async def _same(book: Book, shop: Shop, area: str, hours: str, kind: str) -> Shop:
    is_so = (shop.area, shop.hours, (await standing(book, shop)).kind) == (area, hours, kind)
    if not is_so:
        raise NameTaken(name=shop.name, number=shop.number)
    return shop


async def _opened(book: Book, shop: Shop, kind: str, *, by: str, on: date) -> bool:
    """Whether a shop could be opened under its number; not when that is lost and another shop's, or was just taken."""
    try:
        await book.journal.post(_draft(book, shop, kind, by=by, on=on))
    except RowsLost:
        await _again(book, shop, kind, by=by, on=book.today())
    except ReferenceConflict:
        return False
    return True


async def _unregistered(book: Book, registered: set[int]) -> list[int]:
    """The numbers that shops were opened under whose rows were lost, and then the first that nobody had. One statement,
    and one more for each hundred shops."""
    lost: list[int] = []
    first = 1
    while True:
        these = range(first, first + AT_ONCE)
        known = await statements.known(book.reader, [f"shop/{n}" for n in these])
        for n in these:
            if n not in registered and f"shop/{n}" not in known:
                return [*lost, n]
            if n not in registered:
                lost.append(n)
        first += AT_ONCE


async def _again(book: Book, shop: Shop, kind: str, *, by: str, on: date) -> None:
    """Write the row of a shop again whose entry stands without it."""
    facts = {
        "area": shop.area,
        "by": by,
        "hours": shop.hours,
        "kind": kind,
        "name": shop.name,
        "number": shop.number,
    }
    reference = f"shop-again/{shop.number}"
    rows = [shop, *_of_kind(shop, kind, by=by, on=on, reference=reference)]
    await acts.post(book, reference, ("shop-again", str(shop.number)), facts, rows, on=on)


def _of_kind(shop: Shop, kind: str, *, by: str, on: date, reference: str) -> list[ShopChange]:
    """What says of which kind a new shop is; a supermarket needs no word."""
    if kind == "supermarket":
        return []
    return [
        ShopChange(
            id=new_key(),
            shop=shop.number,
            what="kind",
            value=kind,
            changed_on=on.isoformat(),
            changed_by=by,
            reference=reference,
        )
    ]


def _draft(book: Book, shop: Shop, kind: str, *, by: str, on: date) -> Draft:
    """The act that opens a shop. Its reference is its number, so that a number is given once."""
    value = {
        "area": shop.area,
        "by": by,
        "hours": shop.hours,
        "name": shop.name,
        "number": shop.number,
        "on": on.isoformat(),
        **({"kind": kind} if kind != "supermarket" else {}),
    }
    reference = f"shop/{shop.number}"
    rows = [shop, *_of_kind(shop, kind, by=by, on=on, reference=reference)]
    return acts.draft(book, reference, ("shop", str(shop.number)), value, rows, on=on)
