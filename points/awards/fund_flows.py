"""What moved in a month in the accounts of those who are registered in a community, and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger import day_ends
from ledger.book import Book
from ledger.transactions import LINES_AT_MOST
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
_THEIRS = """people_area AS d CROSS JOIN people_member AS m"""
"""The members of areas. SQLite joins in this order; left to itself it read every account for an index by unit."""
_MINE = f"""
mine AS (SELECT a.id, a.address, CASE WHEN {_REST} LIKE 'until/%' THEN 'until'
        WHEN {_REST} LIKE 'held/%' THEN 'held' ELSE {_REST} END AS place
    FROM {_THEIRS} CROSS JOIN ledger_account AS a
    WHERE {{inside}} AND m.area = d.code
        AND a.address >= 'member/' || m.number || '/' AND a.address < 'member/' || m.number || '0'
        AND a.unit || '' = 'points')"""  # noqa: S608 - fragments of ours

_BACK = """
{name} AS (
    SELECT n.id AS account, n.part AS place, p.id, p.{side}_version AS version
    FROM ended AS n CROSS JOIN ledger_posting AS p WHERE p.id >= ? AND p.id =
        (SELECT id FROM ledger_posting WHERE {side} = n.id AND {side}_version <= n.version
         ORDER BY {side}_version DESC LIMIT 1)
    UNION ALL
    SELECT w.account, w.place, p.id, p.{side}_version
    FROM {name} AS w CROSS JOIN ledger_posting AS p WHERE p.id >= ? AND p.id =
        (SELECT id FROM ledger_posting WHERE {side} = w.account AND {side}_version < w.version
         ORDER BY {side}_version DESC LIMIT 1))"""
"""The postings of one side of each account, from the last of a month back to where it begins, one after another."""

_OTHER = """CASE WHEN {0} LIKE 'fund/%' THEN 'fund' WHEN {0} LIKE 'shop/%' THEN 'shop'
    WHEN {0} = 'system/expired' THEN 'expired' ELSE 'other' END"""
_FLOWS = f"""
WITH RECURSIVE {_MINE}, own (id, part) AS (SELECT id, place FROM mine),
{day_ends.ended("ended")},
{_BACK.format(name="gave", side="source")}, {_BACK.format(name="got", side="target")},
moved AS (
    SELECT g.id, g.place AS source, coalesce(n.place, {_OTHER.format("o.address")}) AS target, p.amount
    FROM gave AS g CROSS JOIN ledger_posting AS p CROSS JOIN ledger_account AS o LEFT JOIN mine AS n ON n.id = o.id
    WHERE p.id = g.id AND o.id = p.target
    UNION ALL
    SELECT g.id, {_OTHER.format("o.address")}, g.place, p.amount
    FROM got AS g CROSS JOIN ledger_posting AS p CROSS JOIN ledger_account AS o
    WHERE p.id = g.id AND o.id = p.source AND NOT EXISTS (SELECT 1 FROM mine AS n WHERE n.id = o.id))
SELECT w.source, w.target, sum(w.amount) AS amount
FROM moved AS w CROSS JOIN ledger_transaction AS x
WHERE x.position = w.id / 256 AND x.effective_on >= ? AND x.effective_on <= ?
GROUP BY w.source, w.target"""  # noqa: S608 - fragments of ours

_STANDING = f"""
WITH {_MINE}
SELECT place, sum(CASE WHEN coalesce(s.source_version, 0) > coalesce(t.target_version, 0) THEN s.source_balance
    ELSE t.target_balance END) AS balance
FROM mine AS a
LEFT JOIN ledger_posting AS s ON s.id =
    (SELECT id FROM ledger_posting WHERE source = a.id ORDER BY source_version DESC LIMIT 1)
LEFT JOIN ledger_posting AS t ON t.id =
    (SELECT id FROM ledger_posting WHERE target = a.id ORDER BY target_version DESC LIMIT 1)
WHERE a.place <> 'until' OR substr(a.address, length(a.address) - 9) >= ?
GROUP BY place"""  # noqa: S608 - fragments of ours

_COST = f"""
SELECT coalesce(sum(l.quantity * i.cost_fen), 0) AS fen
FROM {_THEIRS} CROSS JOIN market_redemption AS r CROSS JOIN market_redemption_line AS l CROSS JOIN market_item AS i
WHERE {{inside}} AND m.area = d.code AND r.member = m.number AND r.redeemed_on >= ? AND r.redeemed_on <= ?
    AND l.redemption = r.reference AND i.number = l.item
    AND NOT EXISTS (SELECT 1 FROM ledger_transaction AS b JOIN ledger_transaction AS o ON o.position = b.reverses
        WHERE o.reference = r.reference)"""  # noqa: S608 - fragments of ours


async def read(book: Book, community: str, month: str) -> Flows:
    """What moved in a month, by the day it took effect, as `between` says."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return await between(book, community, first, last)


async def between(book: Book, community: str, first: date, last: date) -> Flows:
    """What moved from one day to another, both included.

    Five statements. They read, of these members' entries alone, those between the first and the last that took effect
    on these days, and of the district one entry for each day.
    """
    ends = await day_ends.positions(book.reader, first, last)
    if ends is None:
        return Flows()
    inside, values = await areas.below(book, [community], "d.path")
    since, until = ends[0] * LINES_AT_MOST, (ends[1] + 1) * LINES_AT_MOST
    during = [first.isoformat(), last.isoformat()]
    sql = _FLOWS.format(inside=inside)
    asked = [*values, *[until] * day_ends.BORDERS, *[since] * 4, *during]
    rows = await book.reader.execute_query_dict(sql, asked)
    (cost,) = await book.reader.execute_query_dict(_COST.format(inside=inside), [*values, *during])
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
        _STANDING.format(inside=inside), [*values, day]
    )
    found = {row["place"]: int(row["balance"]) for row in rows}
    return Standing(
        noticed=found.get("noticed", 0) + found.get("disputed", 0),
        spendable=found.get("until", 0),
        held=found.get("held", 0),
        owed=-found.get("owed", 0),
    )
