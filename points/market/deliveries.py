"""Goods in: what came to a shop, with its document, and undone when it was entered wrongly.

Services and honours too are stocked, as places that can be had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, ReferenceConflict
from ledger.models import LedgerTransaction
from ledger.transactions import Draft, Posting, Receipt
from points import chart, paging
from points.evidence import snapshots
from points.keys import new_key
from points.market import earlier, items, stock_drafts, stock_reasons, stock_requests, stock_rights
from points.market.catalogue_files import NAME_AT_MOST, is_name
from points.market.errors import (
    BadFigure,
    DeliveryCorrected,
    NoDocument,
    NoSupplier,
    StockNeedsTwo,
    UnknownDelivery,
    UnknownItem,
)
from points.market.losses import ALONE_AT_MOST
from points.market.models import Delivery, Shop
from points.market.stock_records import DeliveryCorrection, DeliveryPaper
from points.market.stock_requests import Asked
from points.paging import FIRST, Part, Turn
from points.people import roles

QUANTITY_AT_MOST = 1_000_000
ITEMS_AT_MOST = 200
"""A transaction holds 256 lines."""


@dataclass(frozen=True, slots=True)
class Origin:
    """From whom goods came: bought, donated or allocated (stock_reasons.SOURCES), and what they are called."""

    source: str
    supplier: str


@dataclass(frozen=True, slots=True)
class Received:
    """One delivery: its goods (item number → quantity), its paper, and how it was undone, if it was."""

    reference: str
    position: int
    document: str
    received_by: str
    received_on: date
    goods: Mapping[int, int]
    origin: Origin | None
    correction: DeliveryCorrection | None


async def receive(
    book: Book,
    shop: Shop,
    goods: Mapping[int, int],
    *,
    document: str,
    by: str,
    on: date,
    key: str,
    origin: Origin | None = None,
) -> Receipt:
    """Put goods (item number → quantity) on a shop's shelf, all in one transaction. The same key again changes nothing.

    Raises NotAllowed unless `by` is stock keeper of the shop's area; NoDocument, NoSupplier, BadFigure, UnknownItem,
    BadKey; ReferenceConflict when the key was used for other goods.
    """
    await roles.require(book, by, "stock_keeper", shop.area, on)
    await _check(book, goods, document)
    if origin is not None and not (is_name(origin.supplier) and origin.source in stock_reasons.SOURCES):
        raise NoSupplier(most=NAME_AT_MOST)
    checked = earlier.checked_key(key)
    draft = _draft(book, shop, goods, document=document, by=by, on=on, key=checked, origin=origin)
    return await book.journal.post(draft)


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[Received]:
    """What came to a shop, the latest entry first, each delivery whole and once. Seven statements at most."""
    here = Delivery.filter(shop=shop.number).using_db(book.reader)
    rows = await paging.part(here, turn)
    every = await Delivery.filter(reference__in={row.reference for row in rows}).using_db(book.reader)
    keys = sorted(row.id for row in every)
    newer = bool(rows.back) and await here.filter(id__gt=keys[-1]).exists()
    older = bool(rows.on) and await here.filter(id__lt=keys[0]).exists()
    found = await _whole(book, list(dict.fromkeys(row.reference for row in rows)), every)
    return Part(tuple(found), keys[-1] if newer else None, keys[0] if older else None)


async def _whole(book: Book, references: Sequence[str], rows: Sequence[Delivery]) -> list[Received]:
    """These deliveries in their order, from all rows of them. Three statements."""
    papers = {
        p.reference: p for p in await DeliveryPaper.filter(reference__in=references).using_db(book.reader)
    }
    undone = DeliveryCorrection.filter(of_reference__in=references).using_db(book.reader)
    corrections = {each.of_reference: each for each in await undone}
    stands = LedgerTransaction.filter(reference__in=references).using_db(book.reader)
    positions = dict(await stands.values_list("reference", "position"))
    goods: dict[str, list[Delivery]] = defaultdict(list)
    for row in rows:
        goods[row.reference].append(row)
    return [
        _received(goods[each], positions[each], papers.get(each), corrections.get(each))
        for each in references
    ]


async def find(book: Book, shop: Shop, position: int) -> Received:
    """The delivery to a shop that stands at a position. Five statements. Raises UnknownDelivery."""
    entry = await LedgerTransaction.get_or_none(position=position, using_db=book.reader)
    reference = entry.reference if entry else ""
    rows = await Delivery.filter(shop=shop.number, reference=reference).using_db(book.reader)
    if not rows:
        raise UnknownDelivery
    return (await _whole(book, [reference], rows))[0]


async def correct(book: Book, shop: Shop, delivery: Received, reason: str, *, by: str) -> Receipt:
    """Undo a delivery that was entered wrongly: all its goods leave the shelf again. Pressed twice it is undone once.

    Goods that cost more than one person may write off take a second one: see `ask`. Raises NotAllowed unless `by` keeps
    the stock there, NeedsReasonOfStock, TooFewThere when some are gone, DeliveryCorrected, StockNeedsTwo.
    """
    await stock_rights.require_keeper(book, shop, by)
    code = stock_reasons.checked(reason, stock_reasons.DELIVERIES)
    fen = await stock_drafts.cost(book, delivery.goods)
    if fen > ALONE_AT_MOST and delivery.correction is None:
        raise StockNeedsTwo(most=ALONE_AT_MOST // 100, yuan=f"{fen / 100:.2f}")
    try:
        return await book.journal.post(undone(book, shop, delivery, code, by=by))
    except (AlreadyReversed, ReferenceConflict) as conflict:
        raise DeliveryCorrected from conflict
    except BelowFloor as refused:
        raise await stock_drafts.too_few(book, refused) from None


async def ask(book: Book, shop: Shop, delivery: Received, reason: str, *, by: str, key: str) -> Asked:
    """Ask that a delivery be undone; another person decides. Raises what `correct` raises but StockNeedsTwo."""
    code = stock_reasons.checked(reason, stock_reasons.DELIVERIES)
    if delivery.correction is not None:
        raise DeliveryCorrected
    lines = [(item, quantity, code) for item, quantity in delivery.goods.items()]
    return await stock_requests.ask(book, shop, "delivery", delivery.reference, lines, by=by, key=key)


def undone(
    book: Book, shop: Shop, delivery: Received, reason: str, *, by: str, second: str | None = None
) -> Draft:
    """The entry that undoes a delivery; a transaction is undone once, whoever asks."""
    reference = f"undo-delivery/{delivery.reference.removeprefix('stock/')}"
    row = DeliveryCorrection(
        of_reference=delivery.reference,
        shop=shop.number,
        reason=reason,
        corrected_by=by,
        approved_by=second,
        corrected_on=book.today().isoformat(),
        reference=reference,
    )
    facts = {"by": by, "of": delivery.reference, "reason": reason, "second": second or ""}
    postings = [
        Posting(chart.stock(shop.number), chart.GOODS, quantity, chart.item(item))
        for item, quantity in sorted(delivery.goods.items())
    ]
    return stock_drafts.draft(
        book, reference, "undo-delivery", facts, postings, [row], reverses=delivery.reference
    )


def _received(
    rows: Sequence[Delivery], position: int, paper: DeliveryPaper | None, undone: DeliveryCorrection | None
) -> Received:
    first = rows[0]
    return Received(
        reference=first.reference,
        position=position,
        document=first.document,
        received_by=first.received_by,
        received_on=date.fromisoformat(first.received_on),
        goods={row.item: row.quantity for row in sorted(rows, key=lambda row: row.item)},
        origin=Origin(paper.source, paper.supplier) if paper else None,
        correction=undone,
    )


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
    book: Book,
    shop: Shop,
    goods: Mapping[int, int],
    *,
    document: str,
    by: str,
    on: date,
    key: str,
    origin: Origin | None,
) -> Draft:
    value: dict[str, Any] = {
        "by": by,
        "document": document,
        "goods": [[item, quantity] for item, quantity in sorted(goods.items())],
        "shop": shop.number,
    }
    if origin is not None:
        value |= {"source": origin.source, "supplier": origin.supplier}
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
        rows=(
            *texts,
            *_rows(shop, goods, document=document, by=by, on=on, reference=reference),
            *_paper(shop, origin, reference),
        ),
    )


def _paper(shop: Shop, origin: Origin | None, reference: str) -> list[DeliveryPaper]:
    if origin is None:
        return []
    return [
        DeliveryPaper(reference=reference, shop=shop.number, source=origin.source, supplier=origin.supplier)
    ]


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
