"""Why an entry about stock is there: the page on which it is told in full."""

from __future__ import annotations

from starlette.requests import Request

from ledger.register import Whole
from points.market.models import Shop
from points.market.stock_records import DeliveryCorrection, StockCount, Transfer
from web import access, shelves, stock_words
from web.i18n import N_, Say

Row = tuple[str, object, str | None]
"""A label, what stands there, and where it opens."""
LABELS = {
    "undo-delivery": N_("为什么更正"),
    "loss": N_("在哪里看"),
    "transfer": N_("在哪里看"),
    "arrival": N_("在哪里看"),
    "count": N_("在哪里看"),
}
KINDS = frozenset(LABELS)
"""Kinds of entries that are told here."""
PAGES = {
    "loss": N_("报损"),
    "transfer": N_("调货"),
    "arrival": N_("调货"),
    "count": N_("盘点"),
}


async def why(request: Request, entry: Whole) -> list[Row]:
    """The shop, and where one reads on; nothing for who does not answer for it. A constant number of statements."""
    shop, path, what = await _where(request, entry)
    if shop is None or path is None:
        return []
    mine = [each.number for each in await shelves.theirs(request, shelves.SEERS)]
    rows: list[Row] = [(N_("在哪里"), shop.name, None)]
    if shop.number in mine:
        rows.append((LABELS[entry.kind], Say(what), path))
    return rows


async def _where(request: Request, entry: Whole) -> tuple[Shop | None, str | None, str]:
    book, url = access.book(request), request.app.url_path_for
    parts = entry.reference.split("/")
    what = PAGES.get(entry.kind, "")
    if entry.kind == "undo-delivery":
        row = await DeliveryCorrection.get_or_none(reference=entry.reference, using_db=book.reader)
        if row is None:
            return None, None, what
        undone = str(url("delivery", shop=row.shop, position=entry.reverses or 0))
        return await _shop(request, row.shop), undone, stock_words.REASONS[row.reason]
    if entry.kind in ("transfer", "arrival"):
        key = {"id": parts[-1]} if entry.kind == "arrival" else {"reference": entry.reference}
        sent = await Transfer.get_or_none(**key, using_db=book.reader)
        path = str(url("transfer", transfer=sent.id)) if sent else None
        return await _shop(request, sent.target) if sent else None, path, what
    if entry.kind == "count":
        count = await StockCount.get_or_none(id=parts[-1], using_db=book.reader)
        path = str(url("count", count=count.id)) if count else None
        return await _shop(request, count.shop) if count else None, path, what
    number = next((p.source.split("/")[1] for p in entry.postings if p.source.startswith("shop/")), "0")
    return await _shop(request, int(number)), str(url("losses", shop=int(number))), what


async def _shop(request: Request, number: int) -> Shop | None:
    return await Shop.get_or_none(number=number, using_db=access.book(request).reader)
