"""Shifts at a counter: somebody begins one, what they hand over names it, and it ends with a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict, RowConflict
from points.evidence import acts
from points.market.models import Shop
from points.market.shift_records import Shift
from points.people import roles

ATTEMPTS = 20
_LATEST = """
SELECT s.id, s.shop, s.member, s.number, s.opened_at, c.closed_at FROM market_shift AS s
LEFT JOIN market_shift_closing AS c ON c.shift = s.id
WHERE s.shop = ? AND s.member = ? ORDER BY s.number DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A shift that nobody closed."""

    id: str
    shop: int
    member: str
    number: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Which shift something is handed over in; with the row of it, when this begins it."""

    shift: str
    rows: tuple[Any, ...] = ()


async def current(book: Book, shop: Shop, member: str) -> Standing | None:
    """The shift in which somebody stands at a shop's counter now; None when there is none. One statement."""
    found = await book.reader.execute_query_dict(_LATEST, [shop.number, member])
    if not found or found[0]["closed_at"] is not None:
        return None
    row = found[0]
    return Standing(row["id"], row["shop"], row["member"], row["number"])


async def turn(book: Book, shop: Shop, member: str, reference: str) -> Turn:
    """The shift that something is handed over in: the current one, or a new one that begins with it. One statement.

    The row of a new one goes into the same commit. Two that begin it at once meet in its key: the second plans again.
    """
    found = await book.reader.execute_query_dict(_LATEST, [shop.number, member])
    if found and found[0]["closed_at"] is None:
        return Turn(found[0]["id"])
    number = found[0]["number"] + 1 if found else 1
    row = _row(shop, member, number, reference, book.now())
    return Turn(str(row.id), (row,))


async def begin(book: Book, shop: Shop, *, by: str) -> Standing:
    """Begin a shift by a press, before anything is handed over; who stands there already keeps the one they have.

    Raises NotAllowed unless `by` is counter staff of the shop's area.
    """
    await roles.require(book, by, "counter", shop.area, book.today())
    for _ in range(ATTEMPTS):
        there = await current(book, shop, by)
        if there:
            return there
        planned = await turn(book, shop, by, "")
        if not planned.rows:
            continue
        reference = f"shift/{planned.shift}"
        row = _row(shop, by, planned.rows[0].number, reference, book.now())
        facts = {"by": by, "shop": str(shop.number), "verb": "begin a shift"}
        try:
            await acts.post(book, reference, ("shift", planned.shift), facts, [row])
        except (ReferenceConflict, RowConflict):
            continue  # their first redemption, or another press, began it a moment ago
    raise Busy


def _row(shop: Shop, member: str, number: int, reference: str, at: datetime) -> Shift:
    return Shift(
        id=f"{shop.number}.{member}.{number}",
        shop=shop.number,
        member=member,
        number=number,
        opened_at=at,
        reference=reference,
    )
