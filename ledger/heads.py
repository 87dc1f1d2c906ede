"""The signed heads of a book: sign the newest, find the last."""

from __future__ import annotations

from ledger import signatures, tree
from ledger.book import Book
from ledger.encoding import moment
from ledger.models import LedgerCheckpoint
from ledger.signatures import SignedHead, SigningKey


async def last(book: Book) -> SignedHead | None:
    """The newest head that was signed."""
    row = await LedgerCheckpoint.filter().using_db(book.reader).order_by("-size").first()
    return SignedHead(row.size, row.root, row.note) if row else None


async def checkpoint(book: Book, key: SigningKey) -> SignedHead:
    """Sign the head as it stands, once it is proved to extend the last one, and keep it.

    Two processes that sign at once sign the same head, or one of them a later one: both notes are true.
    """
    before = await last(book)
    head = await signatures.sign_head(book.reader, key, last=before.note if before else None)
    if before is None or head.size > before.size:
        async with book.write() as db:
            if not await LedgerCheckpoint.filter(size=head.size).using_db(db).exists():
                await LedgerCheckpoint.create(
                    size=head.size, root=head.root, note=head.note, signed_at=moment(book.now()), using_db=db
                )
    return head


async def at_or_after(book: Book, position: int, key: SigningKey) -> SignedHead:
    """A signed head that holds a position; a new one is signed only when no earlier one does."""
    row = await LedgerCheckpoint.filter(size__gte=position).using_db(book.reader).order_by("size").first()
    if row is not None:
        return SignedHead(row.size, row.root, row.note)
    assert position <= await tree.head(book.reader), "there is no such position"
    return await checkpoint(book, key)
