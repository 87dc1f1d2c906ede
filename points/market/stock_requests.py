"""What takes two people at a shelf: one asks, another who sees the very same approves or refuses within 72 hours."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft
from points import paging
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, stock_rights
from points.market.errors import UnknownStockRequest
from points.market.models import Delivery, Shop
from points.market.shift_records import Shift, ShiftClosing, ShiftCount
from points.market.stock_records import CountEntry, CountOfShift, StockRequest, StockRuling
from points.paging import FIRST, Part, Turn
from points.people import requests

Line = tuple[int, int, str]
"""An item, how many, and the code of the reason. Of a count, how many more (or below zero, fewer) than in the book."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as both people see it; `state` is open, approved, refused or lapsed. `digest` names all of it.

    kind     loss, count or delivery (the correction of one)
    subject  the count's key, the delivery's reference; for a loss the key of the request itself
    """

    id: str
    kind: str
    shop: int
    subject: str
    lines: tuple[Line, ...]
    asked_by: str
    asked_at: datetime
    digest: str
    state: str
    decided_by: str | None


async def ask(
    book: Book, shop: Shop, kind: str, subject: str, lines: Sequence[Line], *, by: str, key: str
) -> Asked:
    """Ask for what takes two people; the same key again answers with the same request.

    Raises NotAllowed unless `by` keeps the stock there, BadKey, ReferenceConflict.
    """
    await stock_rights.require_keeper(book, shop, by)
    reference = f"stock-asked/{shop.number}/{earlier.checked_key(key)}"
    told = [[item, quantity, reason] for item, quantity, reason in sorted(lines)]
    asked = {"by": by, "kind": kind, "lines": told, "shop": shop.number, "subject": subject}
    if before := await acts.before(book, reference, asked):
        return await find(book, before.subject)
    row = StockRequest(
        id=new_key(),
        kind=kind,
        shop=shop.number,
        subject=subject,
        lines=encoding.canonical(told).decode(),
        asked_by=by,
        asked_at=book.now(),
        digest="",
        reference=reference,
    )
    row.digest = digest_of(row)
    facts = {**asked, "digest": row.digest}
    await acts.post(book, reference, ("stock-asked", row.id), facts, [row], request=asked)
    return await find(book, await acts.subject(book, reference))


def digest_of(row: StockRequest) -> str:
    """What names all that both people see."""
    return encoding.digest_of(
        {
            "asked_by": row.asked_by,
            "id": row.id,
            "kind": row.kind,
            "lines": row.lines,
            "shop": row.shop,
            "subject": row.subject,
        }
    )


async def find(book: Book, key: str) -> Asked:
    """A request by its key; raises UnknownStockRequest."""
    row = await StockRequest.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownStockRequest
    return (await _read(book, [row]))[0]


async def about(book: Book, subjects: Sequence[str]) -> dict[str, Asked]:
    """The latest request about each of these counts or deliveries. Two statements, none for no subject."""
    if not subjects:
        return {}
    rows = await StockRequest.filter(subject__in=list(subjects)).using_db(book.reader).order_by("id")
    return {each.subject: each for each in await _read(book, rows)}


async def waiting(
    book: Book, shops: Sequence[int], turn: Turn = FIRST, *, limit: int = paging.A_PAGE
) -> Part[Asked]:
    """The requests of these shops nobody decided and that have not lapsed, the oldest first. Two statements."""
    rows = requests.undecided(book, StockRequest.filter(shop__in=list(shops)), "market_stock_ruling")
    found = await requests.part(rows, turn, limit=limit)
    return found.told(await _read(book, found.rows))


async def require_second(book: Book, shop: Shop, asked: Asked, *, by: str) -> None:
    """Raise StockNeedsOther unless somebody may decide: no side of who asked, counted or took the goods in, nor of
    those who stood at the counter and handed it over with that difference."""
    hands = {asked.asked_by}
    if asked.kind == "count":
        entries = CountEntry.filter(count=asked.subject).using_db(book.reader)
        hands |= {entry.entered_by for entry in await entries} | await _handed_over(book, asked.subject)
    if asked.kind == "delivery":
        rows = Delivery.filter(shop=shop.number, reference=asked.subject).using_db(book.reader).limit(1)
        hands |= {row.received_by for row in await rows}
    await stock_rights.require_second(book, shop, by=by, hands=sorted(hands))


async def _handed_over(book: Book, count: str) -> set[str]:
    """Whose shift it was that a count is of, who counted then, and who closed it."""
    found: set[str] = set()
    for of in await CountOfShift.filter(count=count).using_db(book.reader):
        found |= {row.member for row in await Shift.filter(id=of.shift).using_db(book.reader)}
        found |= {row.counted_by for row in await ShiftCount.filter(shift=of.shift).using_db(book.reader)}
        found |= {row.closed_by for row in await ShiftClosing.filter(shift=of.shift).using_db(book.reader)}
    return found


def ruling(book: Book, asked: Asked, *, approved: bool, by: str) -> Draft:
    """The act that decides."""
    reference = f"stock-ruling/{asked.id}"
    row = StockRuling(
        request=asked.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )
    facts = {"approved": "yes" if approved else "no", "by": by, "digest": asked.digest, "request": asked.id}
    return acts.draft(book, reference, ("stock-ruling", asked.id), facts, [row])


async def _read(book: Book, rows: Sequence[StockRequest]) -> list[Asked]:
    keys = [row.id for row in rows]
    ruled = {row.request: row for row in await StockRuling.filter(request__in=keys).using_db(book.reader)}
    return [_asked(book, row, ruled.get(row.id)) for row in rows]


def _asked(book: Book, row: StockRequest, said: StockRuling | None) -> Asked:
    state = requests.state(book, row.asked_at, said.approved if said else None)
    return Asked(
        id=row.id,
        kind=row.kind,
        shop=row.shop,
        subject=row.subject,
        lines=tuple((item, quantity, reason) for item, quantity, reason in json.loads(row.lines)),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        digest=digest_of(row),
        state=state,
        decided_by=said.decided_by if said else None,
    )
