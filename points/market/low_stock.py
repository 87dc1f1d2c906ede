"""What is nearly gone and when more comes: a threshold for each item of a shop, and the day of its next delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, items, shops, stock_rights
from points.market.errors import BadFigure, StockDayPast, UnknownItem
from points.market.models import Shop
from points.market.stock_records import ExpectedDelivery, StockThreshold

LEAST_AT_MOST = 100_000

_THRESHOLDS = """
SELECT t.shop, t.item, t.least FROM market_stock_threshold AS t
WHERE t.shop IN ({marks}) AND NOT EXISTS (SELECT 1 FROM market_stock_threshold AS l
    WHERE l.shop = t.shop AND l.item = t.item AND l.id > t.id)"""
_NEXT = """
SELECT e.shop, e.item, e.expected_on FROM market_expected_delivery AS e
WHERE e.shop IN ({marks}) AND e.expected_on >= ? AND NOT EXISTS (SELECT 1 FROM market_expected_delivery AS l
    WHERE l.shop = e.shop AND l.item = e.item AND l.id > e.id)
AND NOT EXISTS (SELECT 1 FROM market_delivery AS d WHERE d.shop = e.shop AND d.id > e.id AND d.item = e.item)"""


@dataclass(frozen=True, slots=True)
class Low:
    """So few of an item are left at a shop that more should come; `next_on` when they will, if that is known."""

    shop: int
    item: int
    left: int
    least: int
    next_on: date | None


async def next_deliveries(book: Book, near: Sequence[Shop]) -> dict[tuple[int, int], date]:
    """When more of an item is to come to a shop, by (shop, item), today or later. One statement.

    What came since it was announced is no longer expected, and what did not come in time is no longer promised.
    """
    if not near:
        return {}
    sql = _NEXT.format(marks=", ".join("?" * len(near)))
    values = [*(shop.number for shop in near), book.today().isoformat()]
    rows = await book.reader.execute_query_dict(sql, values)
    return {(row["shop"], row["item"]): date.fromisoformat(row["expected_on"]) for row in rows}


async def thresholds(book: Book, near: Sequence[Shop]) -> dict[tuple[int, int], int]:
    """From how few on an item is low, by (shop, item); where nobody said so, it is when none is left. One statement."""
    if not near:
        return {}
    sql = _THRESHOLDS.format(marks=", ".join("?" * len(near)))
    rows = await book.reader.execute_query_dict(sql, [shop.number for shop in near])
    return {(row["shop"], row["item"]): row["least"] for row in rows}


async def low(book: Book, near: Sequence[Shop]) -> list[Low]:
    """What is low at these shops, the fewest left first: at or below its threshold, or gone. Four statements."""
    stocks, least = await shops.stocks(book, near), await thresholds(book, near)
    coming = await next_deliveries(book, near)
    found = [
        Low(shop, item, left, least.get((shop, item), 0), coming.get((shop, item)))
        for shop, shelf in stocks.items()
        for item, left in shelf.items()
        if left <= least.get((shop, item), 0)
    ]
    return sorted(found, key=lambda each: (each.left, each.shop, each.item))


async def watch(book: Book, shop: Shop, item: int, least: int, *, by: str, key: str) -> None:
    """Warn when so few of an item are left at a shop; 0 warns when it is gone. The same key again changes nothing.

    Raises NotAllowed unless `by` keeps the stock there, UnknownItem, BadFigure, BadKey, ReferenceConflict.
    """
    await _may(book, shop, item, by)
    if not 0 <= least <= LEAST_AT_MOST:
        raise BadFigure(what="警戒线", least=0, most=LEAST_AT_MOST)
    facts = {"by": by, "item": item, "least": least, "shop": shop.number}
    reference = f"stock-watch/{shop.number}/{item}/{earlier.checked_key(key)}"
    if await acts.before(book, reference, facts):
        return
    row = StockThreshold(
        id=new_key(), shop=shop.number, item=item, least=least, set_by=by, reference=reference
    )
    await acts.post(book, reference, ("stock-watch", row.id), facts, [row], request=facts)


async def expect(book: Book, shop: Shop, item: int, day: date | None, *, by: str, key: str) -> None:
    """Say when more of an item is to come to a shop, None: nothing is expected. The same key again changes nothing.

    Raises NotAllowed unless `by` keeps the stock there, UnknownItem, StockDayPast, BadKey, ReferenceConflict.
    """
    await _may(book, shop, item, by)
    said = day.isoformat() if day else ""
    facts = {"by": by, "item": item, "on": said, "shop": shop.number}
    reference = f"stock-expected/{shop.number}/{item}/{earlier.checked_key(key)}"
    if await acts.before(book, reference, facts):
        return
    if day and day < book.today():
        raise StockDayPast(day=said)
    row = ExpectedDelivery(
        id=new_key(), shop=shop.number, item=item, expected_on=said, set_by=by, reference=reference
    )
    await acts.post(book, reference, ("stock-expected", row.id), facts, [row], request=facts)


async def _may(book: Book, shop: Shop, item: int, by: str) -> None:
    await stock_rights.require_keeper(book, shop, by)
    if item not in {each.number for each in await items.all_items(book)}:
        raise UnknownItem(name=str(item))
