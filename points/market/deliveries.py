"""Goods in: what came to a shop, with its document. Services and honours too are stocked, as places that can be had."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Posting, Receipt
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.market import earlier, items
from points.market.catalogue_files import NAME_AT_MOST, is_name
from points.market.errors import BadFigure, NoDocument, UnknownItem
from points.market.models import Delivery, Shop
from points.people import roles

QUANTITY_AT_MOST = 1_000_000
ITEMS_AT_MOST = 200
"""A transaction holds 256 lines."""


async def receive(
    book: Book, shop: Shop, goods: Mapping[int, int], *, document: str, by: str, on: date, key: str
) -> Receipt:
    """Put goods (item number → quantity) on a shop's shelf, all in one transaction. The same key again changes nothing.

    Raises NotAllowed unless `by` is stock keeper of the shop's area; NoDocument, BadFigure, UnknownItem, BadKey;
    ReferenceConflict when the key was used for other goods.
    """
    await roles.require(book, by, "stock_keeper", shop.area, on)
    await _check(book, goods, document)
    return await book.journal.post(
        _draft(book, shop, goods, document=document, by=by, on=on, key=earlier.checked_key(key))
    )


async def of_shop(book: Book, shop: Shop) -> list[Delivery]:
    """What came to a shop, the latest first."""
    return await Delivery.filter(shop=shop.number).using_db(book.reader).order_by("-received_on", "-id")


async def _check(book: Book, goods: Mapping[int, int], document: str) -> None:
    if not is_name(document):
        raise NoDocument(most=NAME_AT_MOST)
    if not 1 <= len(goods) <= ITEMS_AT_MOST:
        raise BadFigure(what="物品的种数", least=1, most=ITEMS_AT_MOST)
    if any(not 1 <= quantity <= QUANTITY_AT_MOST for quantity in goods.values()):
        raise BadFigure(what="数量", least=1, most=QUANTITY_AT_MOST)
    unknown = goods.keys() - {item.number for item in await items.all_items(book)}
    if unknown:
        raise UnknownItem(name="、".join(map(str, sorted(unknown))))


def _draft(
    book: Book, shop: Shop, goods: Mapping[int, int], *, document: str, by: str, on: date, key: str
) -> Draft:
    value = {
        "by": by,
        "document": document,
        "goods": [[item, quantity] for item, quantity in sorted(goods.items())],
        "shop": shop.number,
    }
    reference = f"stock/{shop.number}/{key}"
    evidence, texts = snapshots.take("delivery", f"{shop.number}/{key}", value, at=book.now())
    return Draft(
        reference=reference,
        kind="delivery",
        evidence=evidence,
        effective_on=on,
        request=encoding.digest_of(value),
        postings=tuple(
            Posting(chart.GOODS, chart.stock(shop.number), quantity, chart.item(item))
            for item, quantity in sorted(goods.items())
        ),
        rows=(*texts, *_rows(shop, goods, document=document, by=by, on=on, reference=reference)),
    )


def _rows(
    shop: Shop, goods: Mapping[int, int], *, document: str, by: str, on: date, reference: str
) -> list[Delivery]:
    return [
        Delivery(
            id=new_key(),
            shop=shop.number,
            item=item,
            quantity=quantity,
            document=document,
            received_by=by,
            received_on=on.isoformat(),
            reference=reference,
        )
        for item, quantity in sorted(goods.items())
    ]
