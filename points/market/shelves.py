"""A shop's shelf on one page: what stands there, what is set aside, what is to come, and what went this month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger import statements
from ledger.book import Book
from points import chart
from points.market import low_stock, shops, stock_drafts
from points.market.models import Shop

_SOLD = """
SELECT p.unit, sum(CASE WHEN t.address = ? THEN p.amount ELSE -p.amount END) AS sold
FROM ledger_transaction AS x
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE x.effective_on >= ? AND x.effective_on <= ? AND p.unit LIKE 'item:%'
    AND ((t.address = ? AND s.address IN (?, ?)) OR (s.address = ? AND t.address IN (?, ?)))
GROUP BY p.unit"""


@dataclass(frozen=True, slots=True)
class Place:
    """An item at a shop. `sold` is what was handed over this month less what came back."""

    item: int
    left: int
    held: int
    coming: int
    sold: int
    least: int | None
    next_on: date | None

    @property
    def is_low(self) -> bool:
        """Whether more should come."""
        return self.left <= (self.least or 0)


async def read(book: Book, shop: Shop) -> list[Place]:
    """What a shop keeps, by item. A constant number of statements, which read this month's entries at most."""
    left = await shops.stock(book, shop)
    held = await _balances(book, stock_drafts.on_hold(shop.number))
    coming = await _balances(book, chart.coming(shop.number))
    sold = await _sold(book, shop)
    least = await low_stock.thresholds(book, [shop])
    expected = await low_stock.next_deliveries(book, [shop])
    every = sorted(left.keys() | coming.keys() | {item for _, item in expected})
    return [
        Place(
            item=item,
            left=left.get(item, 0),
            held=held.get(item, 0),
            coming=coming.get(item, 0),
            sold=sold.get(item, 0),
            least=least.get((shop.number, item)),
            next_on=expected.get((shop.number, item)),
        )
        for item in every
    ]


async def _balances(book: Book, address: str) -> dict[int, int]:
    found = await statements.balances(book.reader, address)
    return {shops.item_of(each.unit): each.balance for each in found if each.address == address}


async def _sold(book: Book, shop: Shop) -> dict[int, int]:
    here, out, today = (
        (chart.stock(shop.number), stock_drafts.on_hold(shop.number)),
        chart.HANDED_OUT,
        book.today(),
    )
    days = (today.replace(day=1).isoformat(), today.isoformat())
    rows = await book.reader.execute_query_dict(_SOLD, [out, *days, out, *here, out, *here])
    return {shops.item_of(row["unit"]): int(row["sold"]) for row in rows}
