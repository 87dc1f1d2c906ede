"""Counts as they are read: what was to be counted, what was, and how far each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.book import Book
from points import paging
from points.market import stock_requests
from points.market.errors import UnknownCount
from points.market.models import Shop
from points.market.shift_records import ShiftDifference
from points.market.stock_records import CountEntry, CountLine, CountOfShift, StockCount
from points.market.stock_requests import Asked
from points.paging import FIRST, Part, Turn


@dataclass(frozen=True, slots=True)
class Difference:
    """An item as it was counted and as the book had it then."""

    item: int
    counted: int
    book: int

    @property
    def difference(self) -> int:
        """So many more than in the book; below zero: so many are missing."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class Count:
    """A count and how far it is: open, entered, agrees (nothing to put right), or as its request stands.

    shift  the shift that was handed over with differences, when it is a count of those; "" else
    of     the items to count, () for whatever stands on the shelf
    """

    id: str
    shop: int
    opened_by: str
    opened_at: datetime
    position: int
    entered_by: str | None
    lines: tuple[Difference, ...]
    asked: Asked | None
    shift: str = ""
    of: tuple[int, ...] = ()

    @property
    def state(self) -> str:
        """open, entered, agrees, asked, approved, refused or lapsed."""
        if self.entered_by is None:
            return "open"
        if self.asked is not None:
            return "asked" if self.asked.state == "open" else self.asked.state
        return "entered" if self.differing else "agrees"

    @property
    def differing(self) -> list[Difference]:
        """The lines that differ."""
        return [line for line in self.lines if line.difference]


async def find(book: Book, count: str) -> Count:
    """A count by its key. Seven statements at most. Raises UnknownCount."""
    row = await StockCount.get_or_none(id=count, using_db=book.reader) if len(count) <= 32 else None
    if row is None:
        raise UnknownCount
    return (await _read(book, [row]))[0]


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[Count]:
    """The counts of a shop, the latest first. Seven statements at most."""
    found = await paging.part(StockCount.filter(shop=shop.number).using_db(book.reader), turn)
    return found.told(await _read(book, found.rows))


async def of_shifts(book: Book, shifts: Sequence[str]) -> dict[str, Count]:
    """The latest count of what differed in each of these shifts. Eight statements at most."""
    begun = CountOfShift.filter(shift__in=list(shifts)).using_db(book.reader).order_by("count")
    latest = {str(each.shift): str(each.count) for each in await begun}
    rows = await StockCount.filter(id__in=list(latest.values())).using_db(book.reader)
    return {each.shift: each for each in await _read(book, rows)}


async def _read(book: Book, rows: Sequence[StockCount]) -> list[Count]:
    """These counts with all that is said of them, in their order. Six statements at most."""
    keys = [row.id for row in rows]
    entered = CountEntry.filter(count__in=keys).using_db(book.reader)
    by = {entry.count: entry.entered_by for entry in await entered}
    lines: dict[str, list[Difference]] = defaultdict(list)
    for line in await CountLine.filter(count__in=keys).using_db(book.reader).order_by("item"):
        lines[line.count].append(Difference(line.item, line.counted, line.book))
    asked = await stock_requests.about(book, list(by))
    begun = {
        each.count: each.shift for each in await CountOfShift.filter(count__in=keys).using_db(book.reader)
    }
    differed = await _differed(book, list(begun.values()))
    return [
        Count(
            id=row.id,
            shop=row.shop,
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            position=row.position,
            entered_by=by.get(row.id),
            lines=tuple(lines[row.id]),
            asked=asked.get(row.id),
            shift=begun.get(row.id, ""),
            of=tuple(differed[begun[row.id]]) if row.id in begun else (),
        )
        for row in rows
    ]


async def _differed(book: Book, shifts: Sequence[str]) -> dict[str, list[int]]:
    """The items that differed in each of these shifts, by number."""
    found: dict[str, list[int]] = defaultdict(list)
    if shifts:
        rows = ShiftDifference.filter(shift__in=list(shifts)).using_db(book.reader).order_by("item")
        for row in await rows:
            found[row.shift].append(row.item)
    return found
