"""A basket: which items and how many of each; read from what people type, "洗衣液x2"."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from points.market.errors import BadQuantity, EmptyBasket, FullBasket, MistakenItem, UnknownItem

QUANTITY_AT_MOST = 99
ITEMS_AT_MOST = 30

_WITH_QUANTITY = re.compile(r"(?P<name>.+)[x×*✕✖](?P<quantity>[^x×*✕✖]*)")
"""After `folded`: capitals and full-width letters and digits are plain, spaces are gone."""


class Named(Protocol):
    """Of an item, what it takes to recognise it; a row of the catalogue is one."""

    number: int
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Basket:
    """`wanted` holds (item number, quantity) once for each item, in the order of the numbers."""

    wanted: tuple[tuple[int, int], ...]

    @property
    def items(self) -> list[int]:
        """The numbers of its items."""
        return [item for item, _ in self.wanted]


def parse(entries: Iterable[str], catalogue: Sequence[Named], *, most: int = QUANTITY_AT_MOST) -> Basket:
    """Read entries such as `洗衣液`, `洗衣液x2`, `洗衣液×2`, `7 x 2`: an item's name (zh, en) or number, and how many.

    Spaces, capitals and full-width letters make no difference; one item named twice is added up. `most` is the
    greatest quantity: a delivery may be larger than a purchase.
    Raises UnknownItem or MistakenItem (with names that are near), BadQuantity, EmptyBasket, FullBasket.
    """
    names = _names(catalogue)
    wanted: Counter[int] = Counter()
    for entry in entries:
        item, quantity = _read(entry, names, catalogue, most)
        wanted[item] += quantity
    return of(wanted, most=most)


def of(wanted: Mapping[int, int], *, most: int = QUANTITY_AT_MOST) -> Basket:
    """A basket of item numbers and quantities, 1 to `most` of each. Raises BadQuantity, EmptyBasket, FullBasket."""
    if not wanted:
        raise EmptyBasket
    if len(wanted) > ITEMS_AT_MOST:
        raise FullBasket(most=ITEMS_AT_MOST)
    for item, quantity in wanted.items():
        if not 1 <= quantity <= most:
            raise BadQuantity(entry=f"{item}×{quantity}", most=most)
    return Basket(tuple(sorted(wanted.items())))


def folded(text: str) -> str:
    """A name as it is compared: NFKC, no spaces, no capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def recognise(text: str, catalogue: Sequence[Named]) -> int:
    """The number of the item that `text` names. Raises UnknownItem or MistakenItem."""
    return _recognise(text, _names(catalogue), catalogue)


def _read(entry: str, names: Mapping[str, int], catalogue: Sequence[Named], most: int) -> tuple[int, int]:
    # A name that itself looks like "…x6" is that item, once.
    if folded(entry) in names:
        return names[folded(entry)], 1
    parts = _WITH_QUANTITY.fullmatch(folded(entry))
    if parts is None or not (parts["name"] in names or parts["quantity"].isdecimal()):
        return _recognise(entry, names, catalogue), 1
    return _recognise(parts["name"], names, catalogue), _quantity(entry, parts["quantity"], most)


def _quantity(entry: str, text: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        raise BadQuantity(entry=entry.strip(), most=most)
    return int(text)


def _recognise(text: str, names: Mapping[str, int], catalogue: Sequence[Named]) -> int:
    number = names.get(folded(text))
    if number is not None:
        return number
    near = _near(folded(text), catalogue)
    if near:
        raise MistakenItem(name=text.strip(), near="、".join(near))
    raise UnknownItem(name=text.strip())


def _names(catalogue: Sequence[Named]) -> dict[str, int]:
    """Every way to name an item; where two agree, a Chinese name wins over an English one and a number."""
    names = {str(item.number): item.number for item in catalogue}
    names |= {folded(item.name_en): item.number for item in catalogue}
    return names | {folded(item.name): item.number for item in catalogue}


def _near(wanted: str, catalogue: Sequence[Named]) -> list[str]:
    """At most three names that contain what was typed, are contained in it, or look like it."""
    if not wanted:
        return []
    inside = [item.name for item in catalogue if wanted in folded(item.name) or folded(item.name) in wanted]
    alike = difflib.get_close_matches(wanted, [folded(item.name) for item in catalogue], n=3, cutoff=0.5)
    return list(dict.fromkeys(inside + [item.name for item in catalogue if folded(item.name) in alike]))[:3]
