"""What entries about stock have in common: evidence, request, and what is said when too little is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor
from ledger.transactions import Draft, Posting
from points.evidence import snapshots
from points.market import items, shops
from points.market.errors import BadFigure, TooFewThere, UnknownItem

QUANTITY_AT_MOST = 1_000_000
ITEMS_AT_MOST = 100
"""A transaction holds 256 lines, and an item may take two."""


def on_hold(shop: int) -> str:
    """The account of what is set aside at a shop for those who reserved it."""
    return f"shop/{shop}/held"


def draft(
    book: Book,
    reference: str,
    kind: str,
    facts: Mapping[str, Any],
    postings: Sequence[Posting],
    rows: Sequence[Any],
    *,
    reverses: str | None = None,
    seen: tuple[tuple[str, str, int], ...] = (),
) -> Draft:
    """An entry about stock of today; `facts` name numbers and codes, and are what was asked."""
    about = reference.split("/", 1)[1]
    evidence, texts = snapshots.take(kind, about, dict(facts), at=book.now())
    return Draft(
        reference=reference,
        kind=kind,
        evidence=evidence,
        effective_on=book.today(),
        request=encoding.digest_of(dict(facts)),
        postings=tuple(postings),
        reverses=reverses,
        seen=seen,
        rows=(*texts, *rows),
    )


async def too_few(book: Book, refused: BelowFloor) -> TooFewThere:
    """The refusal that names the thing of which less is there than was to go."""
    number = shops.item_of(str(refused.facts["unit"]))
    names = {item.number: item.name for item in await items.all_items(book)}
    left, wanted = refused.facts["available"], refused.facts["amount"]
    return TooFewThere(item=names.get(number, str(number)), left=left, wanted=wanted)


async def check_goods(book: Book, goods: Mapping[int, int], *, least: int = 1) -> None:
    """Raise BadFigure or UnknownItem unless these are known items, and so many of each that it makes sense."""
    if not 1 <= len(goods) <= ITEMS_AT_MOST:
        raise BadFigure(what="物品的种数", least=1, most=ITEMS_AT_MOST)
    if any(not least <= quantity <= QUANTITY_AT_MOST for quantity in goods.values()):
        raise BadFigure(what="数量", least=least, most=QUANTITY_AT_MOST)
    await check_known(book, goods)


async def check_known(book: Book, wanted: Iterable[int]) -> None:
    """Raise UnknownItem unless all these are items."""
    unknown = set(wanted) - {item.number for item in await items.all_items(book)}
    if unknown:
        raise UnknownItem(name="、".join(map(str, sorted(unknown))))


async def cost(book: Book, goods: Mapping[int, int]) -> int:
    """What these goods cost, in fen."""
    each = {item.number: item.cost_fen for item in await items.all_items(book)}
    return sum(quantity * each.get(item, 0) for item, quantity in goods.items())
