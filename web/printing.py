"""How often a receipt was put on paper: the first is the receipt, each later one says that it is a reprint."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from tortoise.functions import Max

from web.models import ReceiptPrint


async def count(book: Any, position: int) -> int:
    """How often this receipt was printed."""
    return await _latest(book.reader, position)


async def note(book: Any, position: int, *, by: str, key: str, now: datetime) -> int:
    """Which print of this receipt this is, from 1; the same press again is answered with the first answer."""
    pressed = hashlib.sha256(f"{by} {position} {key}".encode()).hexdigest()[:40]
    async with book.write() as db:
        known = await ReceiptPrint.filter(key=pressed).using_db(db).first()
        if known:
            return known.number
        number = await _latest(db, position) + 1
        row = {"id": f"{position}/{number}", "key": pressed, "position": position, "number": number}
        await ReceiptPrint.create(using_db=db, **row, printed_by=by, printed_at=now)
    return number


async def _latest(db: Any, position: int) -> int:
    rows = ReceiptPrint.filter(position=position).using_db(db)
    (found,) = await rows.annotate(latest=Max("number")).values("latest")
    return int(found["latest"] or 0)
