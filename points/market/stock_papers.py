"""The paper of a delivery or a loss, as photo or PDF: washed, kept by its digest, counted by the audit, erasable.

Of which entry it is says `stock/POSITION`, where an attachment of an event names the event.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ledger.book import Book
from ledger.models import LedgerTransaction
from points.events import attachments
from points.events.attachments import Shown
from points.events.records import Attachment
from points.market import stock_rights
from points.market.errors import UnknownDelivery
from points.market.models import Shop

NAMES = ("paper", "site", "other")
"""What is shown: the delivery note, the goods, something else."""
KINDS = {"delivery": "stock", "loss": "loss"}
"""The entries that may have papers, and how their references begin before the shop."""


def of_entry(position: int) -> str:
    """What the papers of an entry are kept under."""
    return f"stock/{position}"


async def kind(book: Book, shop: Shop, position: int) -> str:
    """Whether a delivery or a loss of this shop stands at a position. Raises UnknownDelivery for anything else."""
    entry = await LedgerTransaction.get_or_none(position=position, using_db=book.reader)
    begins = KINDS.get(entry.kind) if entry else None
    if entry is None or begins is None or not entry.reference.startswith(f"{begins}/{shop.number}/"):
        raise UnknownDelivery
    return str(entry.kind)


async def add(
    book: Book, folder: Path, shop: Shop, position: int, data: bytes, *, name: str, by: str, key: str
) -> str:
    """Wash a paper and keep it with a delivery or a loss; its key is the answer, the same for the same `key`.

    Raises NotAllowed unless `by` keeps the stock there, UnknownDelivery, BadAttachment, TooManyAttachments, NoSpace
    and PlaceUnusable.
    """
    await stock_rights.require_keeper(book, shop, by)
    await kind(book, shop, position)
    return await attachments.attach(book, folder, of_entry(position), data, name=name, by=by, key=key)


async def of(book: Book, position: int) -> Sequence[Shown]:
    """The papers of an entry, the first first. Two statements."""
    return await attachments.of(book, of_entry(position))


async def find(book: Book, position: int, paper: str) -> Attachment:
    """A paper of an entry that was not erased; raises UnknownAttachment."""
    return await attachments.find(book, of_entry(position), paper)


async def erase(
    book: Book, folder: Path, shop: Shop, position: int, paper: str, *, reason: str, by: str, key: str
) -> None:
    """Erase the file of a paper, for a reason; its row and its digest stay. The same key again changes nothing.

    Raises NotAllowed unless `by` keeps the stock there, UnknownDelivery, UnknownAttachment.
    """
    await stock_rights.require_keeper(book, shop, by)
    await kind(book, shop, position)
    await attachments.remove(book, folder, of_entry(position), paper, reason=reason, by=by, key=key)
