"""A merchant's statement: what was handed over until the end of a month and not settled yet, and what is due for it.

What was undone before it was settled is not in it. What was undone afterwards is taken off the next one, at what was
settled for it. A redemption belongs to the month it was written in: a paper slip of June that is entered in July is in
July's statement, so that a month that has ended gets nothing more.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ledger import encoding, register
from ledger.book import Book
from points.market import contracts, costs, items
from points.market.contracts import Agreed
from points.market.models import RedemptionLine, Shop

_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])", re.ASCII)
REDEEMED, UNDONE = "redeemed", "undone"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Piece:
    """So many of an item, at fen for one."""

    item: int
    name: str
    quantity: int
    fen: int


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: its number and time, what was handed over, its points, and what is due; below zero when it was undone.

    `of` is the number of the redemption that was undone, 0 for a redemption.
    """

    position: int
    reference: str
    at: datetime
    what: str
    pieces: tuple[Piece, ...]
    points: int
    fen: int
    of: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What is due to a merchant for a month. `brought` is what was paid too much before, in fen, zero or less."""

    shop: int
    month: str
    sponsor: str
    brought: int
    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        """What leaves the points that the shop took: of what was undone, they went back already."""
        return sum(line.points for line in self.lines if line.what == REDEEMED)

    @property
    def fen(self) -> int:
        """For all lines together."""
        return sum(line.fen for line in self.lines)

    @property
    def due(self) -> int:
        """What is to be paid, in fen."""
        return max(0, self.fen + self.brought)

    @property
    def carried(self) -> int:
        """What the next one takes off, in fen, zero or less."""
        return min(0, self.fen + self.brought)

    @property
    def text(self) -> str:
        """All of it as one canonical text: the same lines give the same text. No person is in it."""
        return encoding.canonical(
            {
                "brought": self.brought,
                "fen": self.fen,
                "lines": [_said(line) for line in self.lines],
                "month": self.month,
                "points": self.points,
                "shop": self.shop,
                "sponsor": self.sponsor,
            }
        ).decode()


def is_month(text: str) -> bool:
    """Whether a text names a month: 2026-10."""
    return _MONTH.fullmatch(text) is not None


def month_ends(month: str) -> date:
    """The last day of a month (YYYY-MM)."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, monthrange(year, number)[1])


def read(text: str) -> Statement:
    """The statement of a text."""
    said = json.loads(text)
    return Statement(
        said["shop"],
        said["month"],
        said["sponsor"],
        said["brought"],
        tuple(_line(one) for one in said["lines"]),
    )


SLACK = timedelta(days=1)
"""A row is written down a moment before its entry: it is looked for by time, so much wider, and asked by position."""
_SETTLED_UNTIL = """
SELECT s.month, r.decided_at FROM market_settlement AS s JOIN market_settlement_ruling AS r ON r.settlement = s.id
WHERE s.shop = ? AND r.approved ORDER BY s.month DESC LIMIT 1"""
_HANDED_OVER = """
SELECT r.reference, r.redeemed_on, r.points, x.position, x.recorded_at
FROM market_redemption AS r JOIN ledger_transaction AS x ON x.reference = r.reference
LEFT JOIN ledger_transaction AS u ON u.reverses = x.position
LEFT JOIN market_settlement_line AS l ON l.entry = r.reference
WHERE r.shop = ? AND r.redeemed_at >= ? AND r.redeemed_at < ?
    AND x.position <= ? AND u.position IS NULL AND l.entry IS NULL ORDER BY x.position"""
_UNDONE = """
SELECT r.reference AS original, u.reference, u.position, u.recorded_at, x.position AS undone, l.points, l.fen
FROM market_undoing AS r0 JOIN market_redemption AS r ON r.reference = r0.of_reference
JOIN market_settlement_line AS l ON l.entry = r.reference
JOIN ledger_transaction AS x ON x.reference = r.reference JOIN ledger_transaction AS u ON u.reverses = x.position
LEFT JOIN market_settlement_line AS t ON t.entry = u.reference
WHERE r0.shop = ? AND r0.undone_at >= ? AND t.entry IS NULL ORDER BY u.position"""


async def _since(book: Book, shop: Shop) -> tuple[datetime, datetime]:
    """From when on something of a shop can be unsettled: what was handed over, and what was undone.

    Whatever was handed over until the end of the last month that was approved is in a statement, or was undone before
    it; and whatever was undone until the moment of its approval is taken off in it, or was never settled.
    """
    rows = await book.reader.execute_query_dict(_SETTLED_UNTIL, [shop.number])
    if not rows:
        return LONG_AGO, LONG_AGO
    decided = rows[0]["decided_at"]
    at = decided if isinstance(decided, datetime) else datetime.fromisoformat(str(decided))
    return _ends_at(rows[0]["month"], book) - SLACK, _in_utc(at) - SLACK


def _ends_at(month: str, book: Book) -> datetime:
    """The first instant after a month, in UTC."""
    after = datetime.combine(month_ends(month) + timedelta(days=1), time(), book.zone)
    return after.astimezone(UTC)


def _in_utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


async def draw(book: Book, shop: Shop, month: str, *, brought: int) -> Statement:
    """The statement as it is now. Eleven statements, whatever it holds; they read what this one shop handed over, and
    what of it was undone, since it was settled last: as much in a book of many years as in a new one."""
    _, after = await register.recorded_on(book.reader, month_ends(month), book.zone)
    handed_since, undone_since = await _since(book, shop)
    span = [handed_since, _ends_at(month, book) + SLACK]
    handed = await book.reader.execute_query_dict(_HANDED_OVER, [shop.number, *span, after - 1])
    undone = await book.reader.execute_query_dict(_UNDONE, [shop.number, undone_since])
    references = [*(row["reference"] for row in handed), *(row["original"] for row in undone)]
    things: dict[str, list[RedemptionLine]] = defaultdict(list)
    for row in await RedemptionLine.filter(redemption__in=references).using_db(book.reader).order_by("item"):
        things[row.redemption].append(row)
    agreed = await contracts.of_shop(book, shop)
    names = {item.number: item.name for item in await items.all_items(book)}
    cost = await costs.read(book)
    lines = []
    for redeemed in handed:
        on, mine = redeemed["redeemed_on"], things[redeemed["reference"]]
        terms = in_force(agreed, on)
        agreed_on = terms.fen if terms else {}
        fen = {one.item: agreed_on.get(one.item, cost.on(one.item, on)) for one in mine}
        lines.append(_redeemed(redeemed, _pieces(mine, names, fen)))
    lines += [_taken_off(row, _pieces(things[row["original"]], names, {})) for row in undone]
    last = in_force(agreed, month_ends(month).isoformat())
    return Statement(shop.number, month, last.sponsor if last else "", brought, tuple(lines))


def in_force(agreed: Sequence[Agreed], on: str) -> Agreed | None:
    """The contract a day falls under; between two of them the one before, before all of them the first."""
    begun = [each for each in agreed if each.from_on <= on]
    return begun[-1] if begun else (agreed[0] if agreed else None)


def _pieces(
    lines: Sequence[RedemptionLine], names: Mapping[int, str], fen: Mapping[int, int]
) -> tuple[Piece, ...]:
    """What was handed over, at fen for one of each; at nothing what is only named."""
    return tuple(Piece(one.item, names[one.item], one.quantity, fen.get(one.item, 0)) for one in lines)


def _redeemed(row: Mapping[str, Any], pieces: tuple[Piece, ...]) -> Line:
    due = sum(one.quantity * one.fen for one in pieces)
    at = encoding.read_moment(row["recorded_at"])
    return Line(row["position"], row["reference"], at, REDEEMED, pieces, row["points"], due)


def _taken_off(row: Mapping[str, Any], pieces: tuple[Piece, ...]) -> Line:
    """At what was settled for it, whatever it would cost today."""
    at = encoding.read_moment(row["recorded_at"])
    points, fen = -int(row["points"]), -int(row["fen"])
    return Line(row["position"], row["reference"], at, UNDONE, pieces, points, fen, row["undone"])


def _said(line: Line) -> dict[str, object]:
    return {
        "at": encoding.moment(line.at),
        "fen": line.fen,
        "of": line.of,
        "pieces": [[one.item, one.name, one.quantity, one.fen] for one in line.pieces],
        "points": line.points,
        "position": line.position,
        "reference": line.reference,
        "what": line.what,
    }


def _line(said: Mapping[str, Any]) -> Line:
    return Line(
        said["position"],
        said["reference"],
        encoding.read_moment(said["at"]),
        said["what"],
        tuple(Piece(*one) for one in said["pieces"]),
        said["points"],
        said["fen"],
        said["of"],
    )
