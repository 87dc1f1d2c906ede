"""Statements as they were drawn up, with what became of each: decided, objected to, paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger import encoding, statements
from ledger.book import Book
from points import paging
from points.market import settlement_statements
from points.market.allied_errors import UnknownSettlement
from points.market.allied_records import (
    Settlement,
    SettlementNote,
    SettlementNoteText,
    SettlementPayment,
    SettlementRuling,
)
from points.market.models import Shop
from points.market.settlement_statements import Statement
from points.paging import FIRST, Part, Turn

MOST = 50
"""Statements of one shop that are shown: four years of months."""


@dataclass(frozen=True, slots=True)
class Note:
    """A merchant's objection; `text` is empty once it was erased."""

    id: str
    noted_by: str
    noted_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Payment:
    """The money was paid, on a day and with a document."""

    fen: int
    document: str
    paid_on: str
    paid_by: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A statement as both people and the merchant see it; `state` is open, approved or refused.

    `digest` names all of it, the merchant's notes too.
    """

    id: str
    shop: int
    month: str
    statement: Statement
    drawn_by: str
    drawn_at: datetime
    state: str
    decided_by: str | None
    decided_at: datetime | None
    notes: tuple[Note, ...]
    payment: Payment | None
    digest: str


async def find(book: Book, key: str) -> Drawn:
    """A statement by its key. Raises UnknownSettlement."""
    row = await Settlement.get_or_none(id=key, using_db=book.reader) if len(key) <= 32 else None
    if row is None:
        raise UnknownSettlement
    return (await _read(book, [row]))[0]


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[Drawn]:
    """The statements of a shop, the newest first. Five statements."""
    found = await paging.part(Settlement.filter(shop=shop.number).using_db(book.reader), turn)
    return found.told(await _read(book, found.rows))


_OPEN = """
SELECT s.id FROM market_settlement AS s LEFT JOIN market_settlement_ruling AS r ON r.settlement = s.id
WHERE r.settlement IS NULL ORDER BY s.id DESC LIMIT ?"""


async def waiting(book: Book) -> list[Drawn]:
    """The statements nobody decided on, the newest of each month, MOST at most, the newest first. Six statements."""
    found = await book.reader.execute_query_dict(_OPEN, [MOST])
    rows = await Settlement.filter(id__in=[row["id"] for row in found]).using_db(book.reader).order_by("-id")
    latest: dict[tuple[int, str], Settlement] = {}
    for row in rows:
        latest.setdefault((row.shop, row.month), row)
    settled = await statements.known(book.reader, [settles(*key) for key in latest])
    return await _read(book, [row for key, row in latest.items() if settles(*key) not in settled])


def settles(shop: int, month: str) -> str:
    """The reference of the entry that settles a shop's month."""
    return f"settle/{month}/{shop}"


async def _read(book: Book, rows: Sequence[Settlement]) -> list[Drawn]:
    keys = [row.id for row in rows]
    rulings = {
        row.settlement: row
        for row in await SettlementRuling.filter(settlement__in=keys).using_db(book.reader)
    }
    paid = {
        row.settlement: Payment(row.fen, row.document, row.paid_on, row.paid_by)
        for row in await SettlementPayment.filter(settlement__in=keys).using_db(book.reader)
    }
    notes = await SettlementNote.filter(settlement__in=keys).using_db(book.reader).order_by("id")
    texts = {
        row.id: row.text
        for row in await SettlementNoteText.filter(id__in=[one.id for one in notes]).using_db(book.reader)
    }
    return [_drawn(row, rulings.get(row.id), paid.get(row.id), notes, texts) for row in rows]


def _drawn(
    row: Settlement,
    ruling: SettlementRuling | None,
    payment: Payment | None,
    notes: Sequence[SettlementNote],
    texts: dict[str, str],
) -> Drawn:
    mine = [one for one in notes if one.settlement == row.id]
    state = "open" if ruling is None else "approved" if ruling.approved else "refused"
    said = {
        "digest": encoding.digest(row.text),
        "drawn_by": row.drawn_by,
        "id": row.id,
        "notes": [one.id for one in mine],
    }
    return Drawn(
        id=row.id,
        shop=row.shop,
        month=row.month,
        statement=settlement_statements.read(row.text),
        drawn_by=row.drawn_by,
        drawn_at=row.drawn_at,
        state=state,
        decided_by=ruling.decided_by if ruling else None,
        decided_at=ruling.decided_at if ruling else None,
        notes=tuple(Note(one.id, one.noted_by, one.noted_at, texts.get(one.id, "")) for one in mine),
        payment=payment,
        digest=encoding.digest_of(said),
    )
