"""Who may do what with a shop's stock: who keeps it enters, who approves is another side, who audits reads."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.book import Book
from points.market.errors import StockNeedsOther
from points.market.models import Shop
from points.people import areas, roles, sides

KEEPERS = ("stock_keeper",)
SECONDS = ("stock_keeper", "approver", "admin")
READERS = ("stock_keeper", "approver", "admin", "auditor")


async def require_keeper(book: Book, shop: Shop, by: str) -> None:
    """Raise NotAllowed unless `by` keeps the stock of a shop today."""
    await roles.require_any(book, by, KEEPERS, await areas.path(book, shop.area))


async def require_second(book: Book, shop: Shop, *, by: str, hands: Iterable[str]) -> None:
    """Raise StockNeedsOther unless `by` may approve at a shop and is another side than the `hands` before."""
    path = await areas.path(book, shop.area)
    if not await sides.may_decide(book, by, apart_from=hands, names=SECONDS, path=path):
        raise StockNeedsOther
