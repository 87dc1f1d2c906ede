"""What the pages of stock share: whose shops they are, what things are called, and numbers as people type them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ledger.book import Book
from points.market import items, low_stock, shops, stock_rights
from points.market.errors import UnknownShop
from points.market.models import Item, Shop
from points.people import areas
from web import access, places
from web.bodies import Form
from web.forms import half_width
from web.i18n import N_, Say, language

KEEPERS = frozenset(stock_rights.KEEPERS)
READERS = frozenset(stock_rights.READERS)
SECONDS = frozenset(stock_rights.SECONDS)
RECEIVERS = frozenset({"stock_keeper", "counter"})
SEERS = READERS | RECEIVERS
"""Who sees a transfer: who reads stock, and who may receive it."""
SAID = 3
"""So many things that are nearly gone are named at the counter."""
_NUMBER = re.compile("[0-9]{1,7}", re.ASCII)


@dataclass
class Typed:
    """Numbers by item as they were typed: what could be read, and a sentence for each field that could not."""

    values: dict[str, str] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    errors: dict[str, Say] = field(default_factory=dict)


async def theirs(request: Request, roles: Collection[str]) -> list[Shop]:
    """The shops for which the person asking holds one of these roles, by number. Three statements."""
    book = access.book(request)
    every = await shops.all_shops(book)
    found = await areas.many(book, [shop.area for shop in every])
    codes = places.codes(access.who(request), sorted(roles))
    return [
        shop
        for shop in every
        if shop.area in found and any(areas.covers(found[shop.area].path, code) for code in codes)
    ]


async def the_shop(request: Request, roles: Collection[str] = READERS) -> Shop:
    """The shop of the address; 404 for one that the person asking does not answer for."""
    return await of(request, int(request.path_params["shop"]), roles)


async def of(request: Request, number: int, roles: Collection[str] = READERS) -> Shop:
    """The shop of a number; 404 for one that the person asking does not answer for."""
    try:
        shop = await shops.find(access.book(request), number) if number < 2**31 else None
    except UnknownShop:
        shop = None
    if shop is None or not await may(request, shop, roles):
        raise HTTPException(404)
    return shop


async def may(request: Request, shop: Shop, roles: Collection[str]) -> bool:
    """Whether the person asking holds one of these roles at a shop."""
    found = await areas.many(access.book(request), [shop.area])
    path = found[shop.area].path if shop.area in found else ""
    return any(areas.covers(path, code) for code in places.codes(access.who(request), sorted(roles)))


async def things(book: Book) -> dict[int, Item]:
    """Every item by number, in order."""
    return {item.number: item for item in await items.all_items(book)}


def called(item: Item | None, number: int = 0) -> str:
    """What an item is called in the language of the page."""
    if item is None:
        return f"item:{number}"
    return item.name if language() == "zh" else item.name_en


def numbers(form: Form, prefix: str = "item-", *, least: int = 1) -> Typed:
    """What was typed in fields such as `item-7`; an empty field, and a 0 where `least` is 1, says nothing."""
    typed = Typed()
    for name, text in form.pairs:
        number = name.removeprefix(prefix)
        if not name.startswith(prefix) or not _NUMBER.fullmatch(number):
            continue
        plain = half_width(text).replace(",", "")
        typed.values[name] = plain
        if not plain or (least and plain == "0"):
            continue
        if _NUMBER.fullmatch(plain):
            typed.numbers[int(number)] = int(plain)
        else:
            typed.errors[name] = Say(N_("数量要填整数，例如 12。"))
    return typed


def chosen(form: Form, prefix: str) -> dict[int, str]:
    """What was chosen in fields such as `reason-7`."""
    pairs = [(name.removeprefix(prefix), text) for name, text in form.pairs if name.startswith(prefix)]
    return {int(number): text for number, text in pairs if _NUMBER.fullmatch(number) and text}


def cost(quantities: Mapping[int, int], of: Mapping[int, Item]) -> int:
    """What so many of each cost, in fen."""
    return sum(n * of[item].cost_fen for item, n in quantities.items() if item in of)


def yuan(fen: int) -> str:
    """1,234.50 for 123450 fen, with the sign of below zero."""
    sign = "−" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def kept(shelf: Collection[int], of: Mapping[int, Item]) -> Sequence[Item]:
    """The items a shop keeps, by number."""
    return [item for number, item in of.items() if number in shelf]


async def nearly_gone(book: Book, shop: Shop) -> list[tuple[Item, int]]:
    """What is low at a shop, with how many are left: a line at its counter. Five statements at most."""
    low = await low_stock.low(book, [shop])
    of = await things(book) if low else {}
    return [(of[each.item], each.left) for each in low if each.item in of and each.least][:SAID]
