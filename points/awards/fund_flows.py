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


_NEXT = """(SELECT a.address FROM ledger_account AS a WHERE a.address > {0} AND a.address < {1} || '~'
        ORDER BY a.address LIMIT 1)"""
_OWNER = "'member/' || m.number || '/'"
_PASSED = "CASE WHEN y.address LIKE y.begins || 'cap/%' THEN y.begins || 'cap0' ELSE y.address END"
_MINE = f"""
theirs (begins, address) AS (
    SELECT {_OWNER}, {_NEXT.format(_OWNER, _OWNER)}
    FROM people_area AS d CROSS JOIN people_member AS m WHERE {{inside}} AND m.area = d.code
    UNION ALL
    SELECT y.begins, {_NEXT.format(_PASSED, "y.begins")}
    FROM theirs AS y WHERE y.address IS NOT NULL),
mine AS (SELECT (SELECT a.id FROM ledger_account AS a WHERE a.address = y.address AND a.unit = 'points') AS id,
        y.address, CASE WHEN y.address LIKE y.begins || 'until/%' THEN 'until'
        WHEN y.address LIKE y.begins || 'held/%' THEN 'held' ELSE substr(y.address, length(y.begins) + 1) END AS place
    FROM theirs AS y WHERE y.address IS NOT NULL)"""  # noqa: S608 - fragments of ours
"""The accounts of an area's members, one after another along an index, as all that is read here: asked for a range or
by a join, both engines read whole tables. The many of caps are stepped over; only an account of points has an id."""

_BACK = """
{name} AS (
    SELECT n.id AS account, n.part AS place, (SELECT max({side}_version) FROM ledger_posting
        WHERE {side} = n.id AND {side}_version <= n.version) AS version
    FROM ended AS n
    UNION ALL
    SELECT w.account, w.place, (SELECT max({side}_version) FROM ledger_posting
        WHERE {side} = w.account AND {side}_version < w.version)
    FROM {name} AS w
    WHERE (SELECT id FROM ledger_posting WHERE {side} = w.account AND {side}_version = w.version) >= ?)"""
"""The postings of one side of each account, from the last of a month back to before it begins, one after another."""

_LINES = """
    SELECT w.place, '{name}' AS how,
        (SELECT id FROM ledger_posting WHERE {side} = w.account AND {side}_version = w.version) AS id,
        (SELECT {other} FROM ledger_posting WHERE {side} = w.account AND {side}_version = w.version) AS other,
        (SELECT amount FROM ledger_posting WHERE {side} = w.account AND {side}_version = w.version) AS amount
    FROM {name} AS w"""
_FLOWS = f"""
WITH RECURSIVE {_MINE}, own (id, part) AS (SELECT id, place FROM mine WHERE id IS NOT NULL),
{day_ends.ended("ended")},
{_BACK.format(name="gave", side="source")}, {_BACK.format(name="got", side="target")},
lines AS ({_LINES.format(name="gave", side="source", other="target")}
    UNION ALL {_LINES.format(name="got", side="target", other="source")}),
here AS (SELECT u.*, (SELECT address FROM ledger_account WHERE id = u.other) AS address FROM lines AS u
    WHERE u.id >= ? AND (SELECT effective_on FROM ledger_transaction WHERE position = u.id / 256) BETWEEN ? AND ?),
moved AS (SELECT h.how, h.place, h.amount, CASE WHEN n.place IS NOT NULL THEN n.place
        WHEN h.address LIKE 'fund/%' THEN 'fund' WHEN h.address LIKE 'shop/%' THEN 'shop'
        WHEN h.address = 'system/expired' THEN 'expired' ELSE 'other' END AS there
    FROM here AS h LEFT JOIN mine AS n ON n.id = h.other
    WHERE h.how = 'gave' OR n.id IS NULL)
SELECT how, place, there, sum(amount) AS amount FROM moved GROUP BY how, place, there"""  # noqa: S608
"""What lies between two of their accounts is told once, by the one that gave it."""

_STANDING = f"""
WITH RECURSIVE {_MINE},
last AS (SELECT n.id, n.place,
    coalesce((SELECT max(source_version) FROM ledger_posting WHERE source = n.id), 0) AS gave,
    coalesce((SELECT max(target_version) FROM ledger_posting WHERE target = n.id), 0) AS got
    FROM mine AS n WHERE n.id IS NOT NULL
        AND (n.place <> 'until' OR substr(n.address, length(n.address) - 9) >= ?))
SELECT w.place, sum(CASE WHEN w.gave > w.got
    THEN (SELECT source_balance FROM ledger_posting WHERE source = w.id AND source_version = w.gave)
    ELSE (SELECT target_balance FROM ledger_posting WHERE target = w.id AND target_version = w.got) END) AS balance
FROM last AS w GROUP BY w.place"""  # noqa: S608 - fragments of ours

_COST = """
SELECT coalesce(sum(l.quantity * i.cost_fen), 0) AS fen
FROM people_area AS d CROSS JOIN people_member AS m CROSS JOIN market_redemption AS r
CROSS JOIN market_redemption_line AS l CROSS JOIN market_item AS i
WHERE {inside} AND m.area = d.code AND r.member = m.number AND r.redeemed_on >= ? AND r.redeemed_on <= ?
    AND l.redemption = r.reference AND i.number = l.item
    AND NOT EXISTS (SELECT 1 FROM ledger_transaction AS b JOIN ledger_transaction AS o ON o.position = b.reverses
        WHERE o.reference = r.reference)"""


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
    asked = [*values, *[until] * day_ends.BORDERS, since, since, since, *during]
    rows = await book.reader.execute_query_dict(sql, asked)
    (cost,) = await book.reader.execute_query_dict(_COST.format(inside=inside), [*values, *during])
    moved = {
        (row["place"], row["there"])[:: 1 if row["how"] == "gave" else -1]: int(row["amount"]) for row in rows
    }
    return _flows(moved, int(cost["fen"]))


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
