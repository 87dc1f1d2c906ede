"""The figures of a community's year, added up from postings by the days they took effect, three times over.

The fund, the members and the shops of a community are three sets of accounts. What crosses the border of a set, sorted
by what lies on the other side, leads from what it held when the year began to what it held when it ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from ledger.book import Book
from points import chart
from points.people import areas


@dataclass(frozen=True, slots=True)
class Fund:
    """opening + issued − awarded + corrected + moved = left."""

    opening: int = 0
    issued: int = 0
    awarded: int = 0
    corrected: int = 0
    moved: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """opening + awarded − corrected − spent + returned − expired + moved = left, in all points of the members.

    left = noticed + disputed + usable + held − owed. `vested` moved within: from notice to what can be used.
    """

    opening: int = 0
    awarded: int = 0
    corrected: int = 0
    spent: int = 0
    returned: int = 0
    expired: int = 0
    moved: int = 0
    left: int = 0
    vested: int = 0
    noticed: int = 0
    disputed: int = 0
    usable: int = 0
    held: int = 0
    owed: int = 0
    honour: int = 0
    honour_corrected: int = 0
    minutes: int = 0
    minutes_corrected: int = 0


@dataclass(frozen=True, slots=True)
class Goods:
    """One thing in the shops: opening + received − handed_out − lost + moved = left."""

    item: int
    opening: int = 0
    received: int = 0
    handed_out: int = 0
    lost: int = 0
    moved: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """A community's year; `taken` are the points its shops took, less what they gave back."""

    community: str
    year: int
    fund: Fund = field(default_factory=Fund)
    members: Members = field(default_factory=Members)
    taken: int = 0
    goods: tuple[Goods, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The same as strings, whole numbers, lists and objects: what is digested and kept."""
        return {**asdict(self), "goods": [asdict(each) for each in self.goods]}


def from_facts(facts: dict[str, Any]) -> Figures:
    """The figures that `facts` said."""
    return Figures(
        facts["community"],
        facts["year"],
        Fund(**facts["fund"]),
        Members(**facts["members"]),
        facts["taken"],
        tuple(Goods(**each) for each in facts["goods"]),
    )


@dataclass(frozen=True, slots=True)
class _Flow:
    """What moved on one kind of account of a set: into it, or out of it."""

    before: int
    unit: str
    place: str
    other: str
    kind: str
    way: str
    amount: int

    @property
    def net(self) -> int:
        """Positive when it came in."""
        return self.amount if self.way == "in" else -self.amount


async def read(book: Book, community: str, year: int) -> Figures:
    """What the ledger says of a community's year, up to now in a year that has not ended. Six statements, ever."""
    inside, values = await areas.below(book, [community])
    fund = await _flows(book, _FUND, [f"fund/{community}/", f"fund/{community}0"], year)
    members = await _flows(book, _MEMBERS.format(inside=inside), values, year)
    shops = await _flows(book, _SHOPS.format(inside=inside), values, year)
    taken = sum(each.net for each in shops if each.unit == chart.POINTS and not each.before)
    return Figures(community, year, _fund(fund), _members(members), taken, _goods(shops))


_FUND = "SELECT l.id, l.unit, 'fund' AS place FROM ledger_account AS l WHERE l.address >= ? AND l.address < ?"
_MEMBERS = """
SELECT l.id, l.unit, CASE WHEN l.address LIKE '%/until/%' THEN 'usable' WHEN l.address LIKE '%/held/%' THEN 'held'
    WHEN l.address LIKE '%/noticed' THEN 'noticed' WHEN l.address LIKE '%/disputed' THEN 'disputed'
    ELSE 'owed' END AS place
FROM people_area AS a JOIN people_member AS m ON m.area = a.code
JOIN ledger_account AS l ON l.address >= 'member/' || m.number || '/' AND l.address < 'member/' || m.number || '0'
WHERE {inside} AND l.unit <> 'cap'"""
_SHOPS = """
SELECT l.id, l.unit, 'shop' AS place
FROM people_area AS a JOIN market_shop AS s ON s.area = a.code
JOIN ledger_account AS l ON l.address >= 'shop/' || s.number || '/' AND l.address < 'shop/' || s.number || '0'
WHERE {inside}"""
_FLOWS = """
WITH own AS ({own}), moved AS (
    SELECT own.unit, own.place, p.id, p.target AS other, p.amount, 'out' AS way
    FROM own JOIN ledger_posting AS p ON p.source = own.id
    UNION ALL SELECT own.unit, own.place, p.id, p.source, p.amount, 'in'
    FROM own JOIN ledger_posting AS p ON p.target = own.id)
SELECT before, unit, place, other, kind, way, sum(amount) AS amount FROM (
    SELECT CASE WHEN x.effective_on < ? THEN 1 ELSE 0 END AS before, moved.unit, moved.place,
        CASE WHEN o.address LIKE 'fund/%' THEN 'fund' WHEN o.address LIKE 'shop/%' THEN 'shop'
        WHEN o.address LIKE 'member/%' THEN 'member' WHEN o.address LIKE 'system/%' THEN o.address
        ELSE 'other' END AS other, x.kind, moved.way, moved.amount
    FROM moved JOIN ledger_transaction AS x ON x.position = moved.id / 256
    JOIN ledger_account AS o ON o.id = moved.other WHERE x.effective_on <= ?) AS each
GROUP BY before, unit, place, other, kind, way"""


async def _flows(book: Book, own: str, values: Sequence[Any], year: int) -> list[_Flow]:
    asked = [*values, date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()]
    rows = await book.reader.execute_query_dict(_FLOWS.format(own=own), asked)
    return [_Flow(**row | {"amount": int(row["amount"])}) for row in rows]


def _fund(flows: Sequence[_Flow]) -> Fund:
    year = [each for each in flows if not each.before]
    issued = _net(each for each in year if each.other == chart.ISSUED)
    awarded = -_net(each for each in year if each.kind == "award")
    corrected = _net(each for each in year if each.kind == "correct")
    moved = _net(year) - issued + awarded - corrected
    opening = _net(each for each in flows if each.before)
    return Fund(opening, issued, awarded, corrected, moved, _net(flows))


def _members(flows: Sequence[_Flow]) -> Members:
    points = [each for each in flows if each.unit == chart.POINTS]
    year = [each for each in points if not each.before]
    awarded = _net(each for each in year if each.other == "fund" and each.way == "in")
    corrected = -_net(each for each in year if each.other == "fund" and each.way == "out")
    spent = -_net(each for each in year if each.other == "shop" and each.way == "out")
    returned = _net(each for each in year if each.other == "shop" and each.way == "in")
    expired = -_net(each for each in year if each.other == chart.EXPIRED)
    held = {place: _net(each for each in points if each.place == place) for place in PLACES}
    return Members(
        opening=_net(each for each in points if each.before),
        awarded=awarded,
        corrected=corrected,
        spent=spent,
        returned=returned,
        expired=expired,
        moved=_net(year) - awarded + corrected + spent - returned + expired,
        left=_net(points),
        vested=sum(e.amount for e in year if e.kind == "vest" and e.place == "noticed" and e.way == "out"),
        **{place: held[place] for place in PLACES if place != "owed"},
        owed=-held["owed"],
        **_scores(flows),
    )


PLACES = ("noticed", "disputed", "usable", "held", "owed")
"""Where a member's points are."""


def _scores(flows: Sequence[_Flow]) -> dict[str, int]:
    """Honour and minutes that were earned in the year, and those that corrections took back in it."""
    found = {}
    for unit, name in ((chart.HONOUR, "honour"), (chart.MINUTES, "minutes")):
        year = [e for e in flows if e.unit == unit and not e.before and e.other.startswith("system/")]
        found[name] = sum(each.amount for each in year if each.way == "in")
        found[f"{name}_corrected"] = sum(each.amount for each in year if each.way == "out")
    return found


def _goods(flows: Sequence[_Flow]) -> tuple[Goods, ...]:
    units = sorted({each.unit for each in flows if each.unit.startswith("item:")}, key=_number)
    return tuple(_thing(_number(unit), [each for each in flows if each.unit == unit]) for unit in units)


def _thing(item: int, flows: Sequence[_Flow]) -> Goods:
    year = [each for each in flows if not each.before]
    received = _net(each for each in year if each.other == chart.GOODS)
    handed_out = -_net(each for each in year if each.other == chart.HANDED_OUT)
    lost = -_net(each for each in year if each.other == chart.LOST)
    opening = _net(each for each in flows if each.before)
    moved = _net(year) - received + handed_out + lost
    return Goods(item, opening, received, handed_out, lost, moved, _net(flows))


def _number(unit: str) -> int:
    return int(unit.partition(":")[2])


def _net(flows: Iterable[_Flow]) -> int:
    return sum(each.net for each in flows)
