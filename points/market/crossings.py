"""Earned in one community, spent in another: which community's points a shop took in a month, in points and in fen.

*Whose is a spent point?* What was awarded from a community's fund vests into `member/V/until/DAY`, together with what
other funds awarded: there it has lost its origin, and no rule could tell one point of an account from another without
inventing an order. So a spent point belongs to the community its owner is registered in, the one they enrolled in,
which never changes: the funds' pages count so too (`awards.fund_flows`). When a household paid together each part
belongs to its own owner's community; what was the household's own goes with whoever shopped. Of somebody who earns
everywhere, a courier, it is the community they enrolled in.

*Where was it spent?* In the community in which the shop lies; of a shop of a street or district that place itself.

*When?* In the month in which the ledger wrote it, so that a month that has ended never changes, and drawing it up again
gives the same. What is undone is taken off the month in which it is undone, with the same communities.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import encoding, register
from ledger.book import Book
from points import chart
from points.awards.shares import split
from points.market import contracts, costs, shops
from points.market.models import RedemptionLine
from points.market.settlement_statements import in_force, month_ends
from points.people import areas
from points.people.models import Area, Member

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Flow:
    """So many points of a community's people were spent at the shops of a place, and what that cost the place, in fen.
    Below zero when more was undone than spent."""

    community: str
    place: str
    points: int
    fen: int


@dataclass(frozen=True, slots=True)
class Net:
    """What one owes another for a month: `points` and `fen` of its people there, less those of the other's people here.

    They may point in two ways, where things of unlike cost were taken; then one of the two is below zero.
    """

    debtor: str
    creditor: str
    points: int
    fen: int


@dataclass(frozen=True, slots=True)
class Crossings:
    """A month's flows by place and community, those at home among them; their points sum to what the shops took."""

    under: str
    month: str
    flows: tuple[Flow, ...]

    @property
    def points(self) -> int:
        """What the shops took, less what was undone."""
        return sum(flow.points for flow in self.flows)

    @property
    def fen(self) -> int:
        """What it cost."""
        return sum(flow.fen for flow in self.flows)

    @property
    def text(self) -> str:
        """All of it as one canonical text: the same flows give the same text. No person is in it."""
        flows = [[flow.community, flow.place, flow.points, flow.fen] for flow in self.flows]
        return encoding.canonical({"flows": flows, "month": self.month, "under": self.under}).decode()

    @property
    def places(self) -> list[str]:
        """Every community and place that has a part in it, by code."""
        return sorted({code for flow in self.flows for code in (flow.community, flow.place)})

    def nets(self) -> list[Net]:
        """What is left of each pair once both ways are set against each other: who owes fen stands first."""
        return nets(self.flows)


def nets(flows: Iterable[Flow]) -> list[Net]:
    """What is left of each pair; pairs that owe each other nothing are left out. It sums to zero over all places."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for flow in flows:
        if flow.community == flow.place:
            continue
        first, second = sorted((flow.community, flow.place))
        sign = 1 if flow.community == first else -1
        sums[first, second][0] += sign * flow.points
        sums[first, second][1] += sign * flow.fen
    found = []
    for (first, second), (points, fen) in sorted(sums.items()):
        if (fen, points) > (0, 0):
            found.append(Net(first, second, points, fen))
        elif (fen, points) < (0, 0):
            found.append(Net(second, first, -points, -fen))
    return found


def read(text: str) -> Crossings:
    """The flows of a text."""
    said = json.loads(text)
    return Crossings(said["under"], said["month"], tuple(Flow(*flow) for flow in said["flows"]))


_MEANT = """
WITH meant AS (
    SELECT x.position, 1 AS sign, r.reference, r.shop, r.member, r.redeemed_on
    FROM ledger_transaction AS x JOIN market_redemption AS r ON r.reference = x.reference
    WHERE x.position > ? AND x.position < ?
    UNION ALL SELECT o.position, -1 AS sign, r.reference, r.shop, r.member, r.redeemed_on
    FROM ledger_transaction AS u JOIN ledger_transaction AS o ON o.position = u.reverses
    JOIN market_redemption AS r ON r.reference = o.reference
    WHERE u.position > ? AND u.position < ?)"""
_REDEMPTIONS = f"{_MEANT} SELECT * FROM meant ORDER BY position, sign"  # noqa: S608 - words of ours
_PAID = f"""{_MEANT}
SELECT m.position, m.sign, s.address, sum(p.amount) AS points FROM meant AS m
JOIN ledger_posting AS p ON p.id >= m.position * 256 AND p.id < m.position * 256 + 256
JOIN ledger_account AS s ON s.id = p.source WHERE p.unit = '{chart.POINTS}'
GROUP BY m.position, m.sign, s.address ORDER BY m.position, m.sign, s.address"""  # noqa: S608 - words of ours


async def draw(book: Book, under: str, month: str) -> Crossings:
    """The flows of a month to the shops below an area. It reads what was redeemed in the month, in parts."""
    first, _ = await register.recorded_on(book.reader, date.fromisoformat(f"{month}-01"), book.zone)
    _, last = await register.recorded_on(book.reader, month_ends(month), book.zone)
    span = [first, last, first, last]
    rows = await book.reader.execute_query_dict(_REDEMPTIONS, span)
    payers: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for row in await book.reader.execute_query_dict(_PAID, span):
        owner = "/".join(row["address"].split("/")[:2])
        of = payers[row["position"], row["sign"]]
        of[owner] = of.get(owner, 0) + int(row["points"])
    stands = await _stands(book, under)
    here = [row for row in rows if row["shop"] in stands]
    costs = await _costs(book, here)
    homes = await _homes(book, here, payers)
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in here:
        paid = payers.get((row["position"], row["sign"]), {})
        parts = _parts(row, paid, costs[row["reference"]])
        for owner, points, fen in parts:
            flow = sums[homes[owner], stands[row["shop"]]]
            flow[0] += row["sign"] * points
            flow[1] += row["sign"] * fen
    flows = (Flow(*way, points, fen) for way, (points, fen) in sorted(sums.items()) if points or fen)
    return Crossings(under, month, tuple(flows))


def _parts(row: Mapping[str, Any], paid: Mapping[str, int], fen: int) -> list[tuple[str, int, int]]:
    """Each owner's points and fen of one redemption: (member, points, fen), by largest remainder of the points."""
    shopper = str(row["member"])
    owners: dict[str, int] = defaultdict(int)
    for owner, points in paid.items():
        owners[owner.removeprefix("member/") if owner.startswith("member/") else shopper] += points
    if not owners:  # it cost no points
        return [(shopper, 0, fen)]
    names = sorted(owners)
    return [
        (name, owners[name], part)
        for name, part in zip(names, split(fen, [owners[name] for name in names]), strict=True)
    ]


async def _stands(book: Book, under: str) -> dict[int, str]:
    """The place of each shop below an area, by number: its community, or what it lies in above them."""
    every = await shops.all_shops(book)
    laid = await _laid(book, {shop.area for shop in every})
    return {shop.number: place for shop in every if (place := _place(laid, shop.area, under))}


def _place(laid: Mapping[str, Area], code: str, under: str = "") -> str:
    """The community that an area lies in as it was laid, itself above them; empty when it is not below another."""
    area = laid[code]
    if under and not areas.covers(area.path, under):
        return ""
    for each in areas.ancestors(area.path):
        if each in laid and laid[each].level == "community":
            return each
    return code


async def _laid(book: Book, codes: Iterable[str]) -> dict[str, Area]:
    """Areas as they were laid, with all above them: what is merged later changes no month that was."""
    found = {area.code: area async for area in Area.filter(code__in=sorted(set(codes))).using_db(book.reader)}
    above = {code for area in found.values() for code in areas.ancestors(area.path)} - found.keys()
    rows = await Area.filter(code__in=sorted(above)).using_db(book.reader)
    return found | {area.code: area for area in rows}


async def _costs(book: Book, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """What each redemption cost, in fen: what a merchant is paid for it, or what its things cost."""
    cost = await costs.read(book)
    allied = await contracts.numbers(book)
    agreed = {n: await contracts.of_shop(book, await shops.find(book, n)) for n in sorted(allied)}
    meant = {row["reference"]: row for row in rows}
    found = dict.fromkeys(meant, 0)
    references = sorted(meant)
    for start in range(0, len(references), AT_ONCE):
        part = RedemptionLine.filter(redemption__in=references[start : start + AT_ONCE]).using_db(book.reader)
        for line in await part:
            row = meant[line.redemption]
            terms = in_force(agreed.get(row["shop"], ()), row["redeemed_on"])
            fen = terms.fen if terms else {}
            each = fen.get(line.item, cost.on(line.item, row["redeemed_on"]))
            found[line.redemption] += line.quantity * each
    return found


async def _homes(
    book: Book, rows: Sequence[Mapping[str, Any]], payers: Mapping[tuple[int, int], Mapping[str, int]]
) -> dict[str, str]:
    """The community of each member who shopped or paid."""
    numbers = {str(row["member"]) for row in rows}
    numbers |= {
        owner.removeprefix("member/")
        for row in rows
        for owner in payers.get((row["position"], row["sign"]), {})
        if owner.startswith("member/")
    }
    wanted, areas_of = sorted(numbers), dict[str, str]()
    for start in range(0, len(wanted), AT_ONCE):
        part = Member.filter(number__in=wanted[start : start + AT_ONCE]).using_db(book.reader)
        areas_of |= {member.number: member.area for member in await part}
    laid = await _laid(book, areas_of.values())
    return {number: _place(laid, area) for number, area in areas_of.items()}
