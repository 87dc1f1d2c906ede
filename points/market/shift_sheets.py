"""What a shift looks like afterwards: the list of a shop's shifts, the sheet of one, and what staff did in a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ledger.book import Book
from points import paging
from points.market import hand_overs, items
from points.market.hand_overs import Difference, Figures
from points.market.models import Shop
from points.market.shift_records import (
    Shift,
    ShiftClosing,
    ShiftCount,
    ShiftCountLine,
    ShiftDifference,
    ShiftNote,
    ShiftTakeover,
)
from points.market.stock_records import CountOfShift
from points.paging import FIRST, Part, Turn

A_PAGE = 20
LATELY, LATEST = timedelta(days=30), 100
"""How far back, and among how many of its last shifts, a shop is told what differed and was not counted again."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A shift in a list; `state` is open, counted, closed or taken."""

    id: str
    member: str
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    taken_by: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is handed over: figures, how many of each thing were counted, and what differed."""

    shift: Listed
    figures: Figures
    counted: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What one of the staff handed over in a month, how much of it was undone, and how often they looked by hand."""

    member: str
    redemptions: int
    undone: int
    manual: int

    @property
    def undo_rate(self) -> float:
        """Of a hundred."""
        return 100 * self.undone / self.redemptions

    @property
    def manual_rate(self) -> float:
        """Of a hundred."""
        return 100 * self.manual / self.redemptions


async def recent(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[Listed]:
    """A shop's shifts, the latest first. Four statements."""
    rows = Shift.filter(shop=shop.number).using_db(book.reader)
    found = await paging.part(rows, turn, by=("opened_at", "id"), limit=A_PAGE)
    return found.told(await _listed(book, found.rows))


async def sheet(book: Book, shift: Shift) -> Sheet:
    """The sheet of a shift; before its end what would be on it, without differences."""
    (listed,) = await _listed(book, [shift])
    lines = await ShiftCountLine.filter(shift=shift.id).using_db(book.reader).order_by("item")
    rows = await ShiftDifference.filter(shift=shift.id).using_db(book.reader).order_by("item")
    notes = await ShiftNote.filter(about__in=[row.id for row in rows]).using_db(book.reader)
    said = {row.about: row.text for row in notes}
    named = await items.named(book, [line.item for line in lines])
    return Sheet(
        listed,
        await hand_overs.figures(book, shift),
        tuple((named[line.item].name, line.counted) for line in lines),
        tuple(
            Difference(row.item, named[row.item].name, row.counted, row.book, said.get(row.id, ""))
            for row in rows
        ),
    )


async def uncounted(book: Book, shop: Shop) -> list[tuple[Listed, int]]:
    """A shop's shifts of late that were handed over with differences which nobody has begun to count again, and of how
    many things; the latest first. Six statements."""
    rows = Shift.filter(shop=shop.number, opened_at__gt=book.now() - LATELY).using_db(book.reader)
    there = await rows.order_by("-opened_at", "-id").limit(LATEST)
    differed = Counter[str]()
    for each in await ShiftDifference.filter(shift__in=[row.id for row in there]).using_db(book.reader):
        differed[each.shift] += 1
    begun = {each.shift for each in await CountOfShift.filter(shift__in=[*differed]).using_db(book.reader)}
    left = [row for row in there if row.id in differed.keys() - begun]
    return [(each, differed[each.id]) for each in await _listed(book, left)]


async def month(book: Book, shops: Sequence[int], first: date) -> list[Month]:
    """What each of the staff of these shops did in the month of a day, by number. One statement."""
    since = first.replace(day=1)
    until = (since + timedelta(days=32)).replace(day=1)
    marks = ", ".join("?" for _ in shops) or "NULL"
    sql = _MONTH.format(marks=marks)
    rows = await book.reader.execute_query_dict(sql, [since.isoformat(), until.isoformat(), *shops])
    return [
        Month(row["member"], *(int(row[name]) for name in ("redemptions", "undone", "manual")))
        for row in rows
    ]


_MONTH = """
SELECT r.served_by AS member, count(*) AS redemptions,
    sum(CASE WHEN u.of_reference IS NULL THEN 0 ELSE 1 END) AS undone,
    sum(CASE WHEN r.found_by = 'manual' THEN 1 ELSE 0 END) AS manual
FROM market_redemption AS r LEFT JOIN market_undoing AS u ON u.of_reference = r.reference
WHERE r.redeemed_on >= ? AND r.redeemed_on < ? AND r.found_by <> 'rest' AND r.shop IN ({marks})
GROUP BY r.served_by ORDER BY r.served_by"""


async def _listed(book: Book, rows: Sequence[Shift]) -> list[Listed]:
    keys = [row.id for row in rows]
    closings = await _by_shift(book, ShiftClosing, keys)
    taken, counted = await _by_shift(book, ShiftTakeover, keys), await _by_shift(book, ShiftCount, keys)
    return [
        Listed(
            row.id,
            row.member,
            row.opened_at,
            closings[row.id].closed_at if row.id in closings else None,
            closings[row.id].closed_by if row.id in closings else None,
            taken[row.id].taken_by if row.id in taken else None,
            "taken"
            if row.id in taken
            else "closed"
            if row.id in closings
            else "counted"
            if row.id in counted
            else "open",
        )
        for row in rows
    ]


async def _by_shift(book: Book, model: Any, keys: Sequence[str]) -> dict[str, Any]:
    return {row.shift: row for row in await model.filter(shift__in=list(keys)).using_db(book.reader)}
