"""Losses: what cannot be handed over any more, each with a reason; above a sum of money in a month by two people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.book import Book
from ledger.errors import BelowFloor
from ledger.transactions import Draft, Posting, Receipt
from points import chart, paging
from points.keys import new_key
from points.market import earlier, stock_drafts, stock_reasons, stock_requests, stock_rights
from points.market.errors import StockNeedsTwo
from points.market.models import Shop
from points.market.stock_records import StockLoss
from points.market.stock_requests import Asked, Line
from points.paging import FIRST, Part, Turn

ALONE_AT_MOST = 20_000
"""Fen: what one person may write off alone at one shop in a month, by what the things cost."""


async def report(book: Book, shop: Shop, lines: Sequence[Line], *, by: str, key: str) -> Receipt:
    """Take goods off the shelf that are lost, alone. `lines`: (item, how many, reason). The same key changes nothing.

    What somebody has written off this month stands in an account with a floor, so that many small losses need a second
    person like one large one, however many are entered at once. Raises NotAllowed unless `by` keeps the stock there,
    StockNeedsTwo, TooFewThere, NeedsReasonOfStock, BadFigure, UnknownItem, BadKey, ReferenceConflict.
    """
    await stock_rights.require_keeper(book, shop, by)
    lines = await checked(book, lines)
    fen = await stock_drafts.cost(book, {item: quantity for item, quantity, _ in lines})
    reference = f"loss/{shop.number}/{earlier.checked_key(key)}"
    try:
        return await book.journal.post(_draft(book, shop, lines, reference, by=by, fen=fen))
    except BelowFloor as refused:
        if refused.facts["unit"] == chart.CAP:
            raise StockNeedsTwo(most=ALONE_AT_MOST // 100, yuan=f"{fen / 100:.2f}") from None
        raise await stock_drafts.too_few(book, refused) from None


async def ask(book: Book, shop: Shop, lines: Sequence[Line], *, by: str, key: str) -> Asked:
    """Ask that goods be written off; another person decides. Raises what `report` raises, but StockNeedsTwo."""
    lines = await checked(book, lines)
    return await stock_requests.ask(book, shop, "loss", f"loss/{shop.number}/{key}", lines, by=by, key=key)


def approved(book: Book, shop: Shop, asked: Asked, *, by: str) -> Draft:
    """The entry of a loss that a second person approved."""
    reference = f"loss/{shop.number}/{asked.id}"
    return _draft(book, shop, asked.lines, reference, by=asked.asked_by, fen=0, second=by)


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[StockLoss]:
    """What was lost at a shop, the latest first. One statement."""
    return await paging.part(StockLoss.filter(shop=shop.number).using_db(book.reader), turn)


async def checked(book: Book, lines: Sequence[Line]) -> list[Line]:
    """Lines with the codes of their reasons. Raises NeedsReasonOfStock, BadFigure and UnknownItem."""
    found = [(item, n, stock_reasons.checked(reason, stock_reasons.LOSSES)) for item, n, reason in lines]
    goods = {item: quantity for item, quantity, _ in found}
    await stock_drafts.check_goods(book, goods if len(goods) == len(found) else {})
    return sorted(found)


def _draft(
    book: Book,
    shop: Shop,
    lines: Sequence[Line],
    reference: str,
    *,
    by: str,
    fen: int,
    second: str | None = None,
) -> Draft:
    shelf = chart.stock(shop.number)
    postings = [Posting(shelf, chart.LOST, n, chart.item(item)) for item, n, _ in lines]
    if fen:
        postings.append(Posting(_turn(shop, by, book.today()), chart.CAPS, fen, chart.CAP))
    facts = {
        "by": by,
        "lines": [[item, n, reason] for item, n, reason in lines],
        "second": second or "",
        "shop": shop.number,
    }
    rows = [
        StockLoss(
            id=f"{new_key()}#{item}",
            shop=shop.number,
            item=item,
            quantity=n,
            reason=reason,
            reported_by=by,
            approved_by=second,
            lost_on=book.today().isoformat(),
            reference=reference,
        )
        for item, n, reason in lines
    ]
    return stock_drafts.draft(book, reference, "loss", facts, postings, rows)


def _turn(shop: Shop, by: str, on: date) -> str:
    """The account of what somebody may still write off alone at a shop in a month, in fen."""
    return chart.cap(by, f"loss-{shop.number}", ALONE_AT_MOST, f"{on:%Y-%m}")
