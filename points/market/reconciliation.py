"""Whether points, goods and liability agree: a community's month as the ledger has it, for people and for shelves.

What moved is read from the entries of the month, what stood when it ended from the ledger (`ledger.day_ends`), which
reads nothing of what came since; and what stood when it began is that less the month.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ledger import day_ends
from ledger.book import Book
from ledger.transactions import LINES_AT_MOST
from points import chart
from points.awards import fund_flows, fund_months
from points.awards.fund_flows import Flows, Standing
from points.market import costs, shops
from points.market.models import Shop
from points.people import areas

DAY = timedelta(days=1)
PLACES = ("stock", "held", "coming")
"""Where goods of a shop are: on the shelf, set aside, and under way to it."""


@dataclass(frozen=True, slots=True)
class Purse:
    """opening + awarded + came_in − spent − expired − corrected − went_out = left: all points of a community's people.

    left = noticed + spendable + held − owed when the month is over; `now` is where they stand today, and what is owed
    to people by then: noticed, spendable and held together.
    """

    opening: int
    flows: Flows
    left: int
    now: Standing

    @property
    def liability(self) -> int:
        """What people can still have for their points: on notice, spendable or set aside."""
        return self.now.noticed + self.now.spendable + self.now.held


@dataclass(frozen=True, slots=True)
class Goods:
    """opening + received + found + moved_in − moved_out − handed_out − lost = left: one item at one shop.

    left    on the shelf and set aside; `held` of it is set aside, and `coming` is under way to the shop besides
    fen     what one costs
    """

    shop: int
    item: int
    fen: int
    opening: int = 0
    received: int = 0
    found: int = 0
    moved_in: int = 0
    moved_out: int = 0
    handed_out: int = 0
    lost: int = 0
    left: int = 0
    held: int = 0
    coming: int = 0


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A community's month. `taken`: the points each of its shops took, less what they gave back."""

    community: str
    month: str
    allocated: int
    purse: Purse
    goods: tuple[Goods, ...]
    taken: Mapping[int, int]

    def fen(self, name: str) -> int:
        """What the goods in one of the columns cost: `handed_out`, `lost`, `left` …"""
        return sum(getattr(each, name) * each.fen for each in self.goods)


_MOVED = """
SELECT o.shop, o.place, p.unit, x.kind, {sign} AS sign, CASE WHEN a.address = 'system/goods' THEN 'goods'
    WHEN a.address = 'system/lost' THEN 'lost' WHEN a.address = 'system/handed-out' THEN 'handed_out'
    WHEN a.address = 'shop/' || o.shop || '/stock' OR a.address = 'shop/' || o.shop || '/held' THEN 'within'
    WHEN a.address LIKE 'shop/%' THEN 'moved' ELSE 'points' END AS other, sum(p.amount) AS amount
FROM own AS o CROSS JOIN began AS b CROSS JOIN ended AS e
CROSS JOIN ledger_posting AS p CROSS JOIN ledger_transaction AS x CROSS JOIN ledger_account AS a
WHERE b.id = o.id AND e.id = o.id
    AND p.{side} = o.id AND p.{side}_version > b.version AND p.{side}_version <= e.version
    AND x.position = p.id / 256 AND a.id = p.{other} AND x.effective_on >= ? AND x.effective_on <= ?
GROUP BY 1, 2, 3, 4, 6"""
_OWN = f"""
WITH RECURSIVE own (id, part, shop, place) AS MATERIALIZED (
    SELECT l.id, '', CAST(w.value ->> 0 AS BIGINT), w.value ->> 1
    FROM json_each(?) AS w JOIN ledger_account AS l ON l.address = w.value ->> 2),
{day_ends.ended("began")}, {day_ends.ended("ended")}"""  # noqa: S608 - fragments of ours
"""The accounts of some shops, and their versions when the first entry of a month came and after the last."""


_SHELVES = """
SELECT a.id, a.address || ' ' || a.unit FROM json_each(?) AS w JOIN ledger_account AS a ON a.address = w.value ->> 0"""
_PEOPLE = """
SELECT a.id, 'people' FROM people_area AS d CROSS JOIN people_member AS m CROSS JOIN ledger_account AS a
WHERE {inside} AND m.area = d.code AND a.unit || '' = 'points'
    AND a.address >= 'member/' || m.number || '/' AND a.address < 'member/' || m.number || '0'"""


@dataclass(frozen=True, slots=True)
class _Move:
    """So much went to (`sign` 1) or from (−1) a place of a shop, and what lies on the other side."""

    shop: int
    place: str
    unit: str
    kind: str
    sign: int
    other: str
    amount: int

    @property
    def net(self) -> int:
        return self.sign * self.amount


async def read(book: Book, community: str, month: str, *, of: Sequence[Shop] | None = None) -> Reconciliation:
    """What the ledger says of a community's month, until today in one that is not over; `of`: these of its shops alone.

    A constant number of statements. They read what moved in the month, and look at each account once or a few times.
    """
    first, last = bounds(month)
    there = await shops_of(book, community) if of is None else list(of)
    moved = await _moved(book, there, first, last)
    allocated = (await fund_months.chain(book, community, month))[0].allocated
    purse = await _purse(book, community, first, last)
    taken = {
        shop.number: sum(m.net for m in moved if m.shop == shop.number and m.place == "taken")
        for shop in there
    }
    return Reconciliation(community, month, allocated, purse, await _goods(book, there, moved, last), taken)


def bounds(month: str) -> tuple[date, date]:
    """The first and the last day of a month (YYYY-MM)."""
    first = date.fromisoformat(f"{month}-01")
    return first, (first + 31 * DAY).replace(day=1) - DAY


async def shops_of(book: Book, community: str) -> list[Shop]:
    """The shops in a community and below it, by number."""
    every = await shops.all_shops(book)
    found = await areas.many(book, [shop.area for shop in every])
    return [s for s in every if s.area in found and areas.covers(found[s.area].path, community)]


async def _purse(book: Book, community: str, first: date, last: date) -> Purse:
    now = await fund_flows.standing(book, community)
    inside, values = await areas.below(book, [community], "d.path")
    stood = await day_ends.sums(book.reader, _PEOPLE.format(inside=inside), values, last, book.zone)
    left = stood.get("people", 0)
    flows = await fund_flows.between(book, community, first, last)
    return Purse(left - flows.change, flows, left, now)


async def _moved(book: Book, there: Sequence[Shop], first: date, last: date) -> list[_Move]:
    own = [
        [str(shop.number), place, f"shop/{shop.number}/{place}"]
        for shop in there
        for place in (*PLACES, "taken")
    ]
    ends = await day_ends.positions(book.reader, first, last)
    if ends is None:
        return []
    borders = [each * LINES_AT_MOST for each in (ends[0], ends[1] + 1) for _ in range(day_ends.BORDERS)]
    days = [first.isoformat(), last.isoformat()]
    into = _MOVED.format(sign="1", side="target", other="source")
    out = _MOVED.format(sign="-1", side="source", other="target")
    sql, text = f"{_OWN} {into} UNION ALL {out}", json.dumps(own)
    rows: list[dict[str, Any]] = await book.reader.execute_query_dict(sql, [text, *borders, *days, *days])
    return [_Move(**row | {"amount": int(row["amount"]), "shop": int(row["shop"])}) for row in rows]


async def _goods(book: Book, there: Sequence[Shop], moved: Sequence[_Move], last: date) -> tuple[Goods, ...]:
    """At what each cost on the last day, so that a month stays as it was when a cost is changed later."""
    each, day = await costs.read(book), min(last, book.today()).isoformat()
    stood = await _standing(book, there, last)
    keys = {(m.shop, m.unit) for m in moved if m.unit != chart.POINTS}
    keys |= {(shop, unit) for shop, _, unit in stood}
    made = []
    for shop, unit in sorted(keys, key=lambda key: (key[0], shops.item_of(key[1]))):
        item = shops.item_of(unit)
        mine = [m for m in moved if (m.shop, m.unit) == (shop, unit)]
        left = {place: stood.get((shop, place, unit), 0) for place in PLACES}
        made.append(_thing(shop, item, each.on(item, day) if item in each.first else 0, mine, left))
    return tuple(made)


async def _standing(book: Book, there: Sequence[Shop], last: date) -> dict[tuple[int, str, str], int]:
    """What stood at each shop when a day ended, by shop, place and unit."""
    addresses = {f"shop/{shop.number}/{place}": (shop.number, place) for shop in there for place in PLACES}
    found = await day_ends.sums(
        book.reader, _SHELVES, [json.dumps([[each] for each in addresses])], last, book.zone
    )
    stood = {}
    for part, left in found.items():
        address, _, unit = part.partition(" ")
        stood[(*addresses[address], unit)] = left
    return stood


def _thing(shop: int, item: int, fen: int, moved: Sequence[_Move], stood: Mapping[str, int]) -> Goods:
    here = [m for m in moved if m.place in ("stock", "held")]
    left = stood["stock"] + stood["held"]
    return Goods(
        shop=shop,
        item=item,
        fen=fen,
        opening=left - _net(here),
        received=_net(m for m in here if m.other == "goods" and m.kind != "count"),
        found=_net(m for m in here if m.other == "goods" and m.kind == "count"),
        moved_in=sum(m.amount for m in here if m.other == "moved" and m.sign > 0),
        moved_out=sum(m.amount for m in here if m.other == "moved" and m.sign < 0),
        handed_out=-_net(m for m in here if m.other == "handed_out"),
        lost=-_net(m for m in here if m.other == "lost"),
        left=left,
        held=stood["held"],
        coming=stood["coming"],
    )


def _net(moved: Iterable[_Move]) -> int:
    return sum(move.net for move in moved)
