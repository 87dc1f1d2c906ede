"""What moved in a month in the accounts of those who are registered in a community, and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger.book import Book
from points.people import areas

PURSE = ("noticed", "disputed", "until", "held", "owed")
"""Where a member's points stand: on notice, frozen, to be spent until a day, set aside, and below zero what is owed."""


@dataclass(frozen=True, slots=True)
class Flows:
    """What moved in a month. `change` of all that stands in these accounts is

    awarded + came_in − spent − expired − corrected − went_out: vesting, freezing and setting aside move within.

    vested     became spendable; `settled` paid what was owed instead
    spent      at shops, what was returned taken off
    owed       newly owed: taken back by a correction after it was spent
    came_in, went_out  between these and others: households, teams, two numbers of one person
    fen        what the things cost that were handed out to these members in the month
    """

    awarded: int = 0
    vested: int = 0
    settled: int = 0
    spent: int = 0
    expired: int = 0
    corrected: int = 0
    owed: int = 0
    came_in: int = 0
    went_out: int = 0
    fen: int = 0

    @property
    def change(self) -> int:
        """By how much all that stands in these accounts grew."""
        return self.awarded + self.came_in - self.spent - self.expired - self.corrected - self.went_out


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in these accounts now; `owed` is positive."""

    noticed: int = 0
    spendable: int = 0
    held: int = 0
    owed: int = 0


_REST = "substr(a.address, 9 + length(m.number))"
_MINE = f"""
WITH mine AS (SELECT a.id, a.address, CASE WHEN {_REST} LIKE 'until/%' THEN 'until'
        WHEN {_REST} LIKE 'held/%' THEN 'held' ELSE {_REST} END AS place
    FROM people_member AS m JOIN people_area AS d ON d.code = m.area
    JOIN ledger_account AS a ON a.address >= 'member/' || m.number || '/' AND a.address < 'member/' || m.number || '0'
        AND a.unit = 'points'
    WHERE {{inside}})"""  # noqa: S608 - fragments of ours

_FLOWS = """
SELECT source, target, sum(amount) AS amount FROM (
    SELECT p.amount, coalesce(sm.place, CASE WHEN s.address LIKE 'fund/%' THEN 'fund'
            WHEN s.address LIKE 'shop/%' THEN 'shop'
            WHEN s.address = 'system/expired' THEN 'expired' ELSE 'other' END) AS source,
        coalesce(tm.place, CASE WHEN t.address LIKE 'fund/%' THEN 'fund'
            WHEN t.address LIKE 'shop/%' THEN 'shop'
            WHEN t.address = 'system/expired' THEN 'expired' ELSE 'other' END) AS target
    FROM ledger_transaction AS x
    JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
    JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
    LEFT JOIN mine AS sm ON sm.id = p.source LEFT JOIN mine AS tm ON tm.id = p.target
    WHERE x.effective_on >= ? AND x.effective_on <= ? AND p.unit = 'points'
        AND (sm.id IS NOT NULL OR tm.id IS NOT NULL)) AS moved
GROUP BY source, target"""

_STANDING = """
SELECT place, sum(CASE WHEN coalesce(s.source_version, 0) > coalesce(t.target_version, 0) THEN s.source_balance
    ELSE t.target_balance END) AS balance
FROM mine AS a
LEFT JOIN ledger_posting AS s ON s.id =
    (SELECT id FROM ledger_posting WHERE source = a.id ORDER BY source_version DESC LIMIT 1)
LEFT JOIN ledger_posting AS t ON t.id =
    (SELECT id FROM ledger_posting WHERE target = a.id ORDER BY target_version DESC LIMIT 1)
WHERE a.place <> 'until' OR substr(a.address, length(a.address) - 9) >= ?
GROUP BY place"""

_COST = """
SELECT coalesce(sum(l.quantity * i.cost_fen), 0) AS fen
FROM market_redemption AS r JOIN people_member AS m ON m.number = r.member JOIN people_area AS d ON d.code = m.area
JOIN market_redemption_line AS l ON l.redemption = r.reference JOIN market_item AS i ON i.number = l.item
WHERE r.redeemed_on >= ? AND r.redeemed_on <= ? AND {inside}
    AND NOT EXISTS (SELECT 1 FROM ledger_transaction AS b JOIN ledger_transaction AS o ON o.position = b.reverses
        WHERE o.reference = r.reference)"""


async def read(book: Book, community: str, month: str) -> Flows:
    """What moved in a month, by the day it took effect. Three statements, which read that month's entries alone."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return await between(book, community, first, last)


async def between(book: Book, community: str, first: date, last: date) -> Flows:
    """What moved from one day to another, both included. Three statements, which read the entries of these days."""
    inside, values = await areas.below(book, [community], "d.path")
    days = [first.isoformat(), last.isoformat()]
    rows = await book.reader.execute_query_dict(_MINE.format(inside=inside) + _FLOWS, [*values, *days])
    (cost,) = await book.reader.execute_query_dict(_COST.format(inside=inside), [*days, *values])
    return _flows({(row["source"], row["target"]): int(row["amount"]) for row in rows}, int(cost["fen"]))


def _flows(moved: Mapping[tuple[str, str], int], fen: int) -> Flows:
    def out(target: str) -> int:
        return sum(n for (a, b), n in moved.items() if a in PURSE and b == target)

    def into(source: str) -> int:
        return sum(n for (a, b), n in moved.items() if a == source and b in PURSE)

    noticed = ("noticed", "disputed")
    return Flows(
        awarded=into("fund"),
        vested=sum(moved.get((each, "until"), 0) for each in noticed),
        settled=sum(moved.get((each, "owed"), 0) for each in noticed),
        spent=out("shop") - into("shop"),
        expired=out("expired") - into("expired"),
        corrected=out("fund"),
        owed=sum(n for (a, b), n in moved.items() if a == "owed" and b not in PURSE),
        came_in=into("other"),
        went_out=out("other"),
        fen=fen,
    )


async def standing(book: Book, community: str, *, over: bool = False) -> Standing:
    """What stands there now; `over`: with what has expired and was not swept yet. Two statements, which read the last
    entry of each account."""
    inside, values = await areas.below(book, [community], "d.path")
    day = "" if over else book.today().isoformat()
    rows: list[dict[str, Any]] = await book.reader.execute_query_dict(
        _MINE.format(inside=inside) + _STANDING, [*values, day]
    )
    found = {row["place"]: int(row["balance"]) for row in rows}
    return Standing(
        noticed=found.get("noticed", 0) + found.get("disputed", 0),
        spendable=found.get("until", 0),
        held=found.get("held", 0),
        owed=-found.get("owed", 0),
    )
