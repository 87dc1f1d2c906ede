"""The second person's word on a request about stock: approved, it is an entry in the same transaction."""

from __future__ import annotations

from ledger.book import Book
from ledger.errors import AlreadyReversed, BelowFloor, Moved, ReferenceConflict, RowConflict
from ledger.models import LedgerTransaction
from ledger.transactions import Draft
from points.market import deliveries, losses, shops, stock_drafts, stock_requests, stocktaking
from points.market.errors import DeliveryCorrected
from points.market.models import Shop
from points.market.stock_requests import Asked
from points.people import requests
from points.people.errors import RequestChanged, RequestDecided

ROUNDS = 20


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Asked:
    """Approve or refuse a request as it was seen; the same decision again changes nothing.

    `by` keeps stock, approves or administers there, and is no side of who asked or had a hand in it. Raises
    UnknownStockRequest, RequestDecided, RequestLapsed, RequestChanged, StockNeedsOther, TooFewThere, MovedSinceCounted,
    DeliveryCorrected.
    """
    asked = await stock_requests.find(book, key)
    if requests.was_decided(asked, approved=approved, by=by):
        return asked
    shop = await shops.find(book, asked.shop)
    await stock_requests.require_second(book, shop, asked, by=by)
    requests.require_open(asked, digest)
    try:
        return await _decided(book, shop, asked, approved=approved, by=by)
    except AlreadyReversed as conflict:
        raise DeliveryCorrected from conflict
    except BelowFloor as refused:
        raise await stock_drafts.too_few(book, refused) from None
    except (ReferenceConflict, RowConflict) as conflict:
        now = await stock_requests.find(book, key)
        if now.state == ("approved" if approved else "refused") and now.decided_by == by:
            return now
        raise RequestDecided from conflict


async def _decided(book: Book, shop: Shop, asked: Asked, *, approved: bool, by: str) -> Asked:
    """Plan and post until nothing has moved between the two."""
    for _ in range(ROUNDS):
        drafts = [stock_requests.ruling(book, asked, approved=approved, by=by)]
        drafts += [await _entry(book, shop, asked, by=by)] if approved else []
        try:
            await book.journal.post_together(drafts)
        except Moved:
            continue  # something was handed over a moment ago: look again
        return await stock_requests.find(book, asked.id)
    raise RequestChanged


async def _entry(book: Book, shop: Shop, asked: Asked, *, by: str) -> Draft:
    """What an approved request does."""
    if asked.kind == "count":
        return await stocktaking.approved(book, shop, asked, by=by)
    if asked.kind == "loss":
        return losses.approved(book, shop, asked, by=by)
    entry = await LedgerTransaction.get(reference=asked.subject, using_db=book.reader)
    delivery = await deliveries.find(book, shop, entry.position)
    return deliveries.undone(book, shop, delivery, asked.lines[0][2], by=asked.asked_by, second=by)
