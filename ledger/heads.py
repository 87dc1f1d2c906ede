"""The signed heads of a book: sign the newest, find the last, show it with what witnesses put under it."""

from __future__ import annotations

from ledger import checkpoints, cosignatures, recoveries, signatures, tree
from ledger.book import Book
from ledger.checkpoints import Note, Signature
from ledger.encoding import moment
from ledger.errors import BadNote
from ledger.models import LedgerCheckpoint, LedgerCosignature, LedgerTransaction
from ledger.receipts import KeptReceipt
from ledger.recoveries import Head, Recovery
from ledger.signatures import SignedHead, SigningKey

PAGE = 100


async def last(book: Book) -> SignedHead | None:
    """The newest head that was signed; of those that a recovery explains, only one that still holds."""
    known = await recoveries.every(book.reader)
    row = await LedgerCheckpoint.filter().using_db(book.reader).order_by("-size").first()
    if row is not None and not await _still_stands(book, row, known):
        row = await _last_that_stands(book, known)
    return SignedHead(row.size, row.root, row.note) if row else None


async def _last_that_stands(book: Book, known: list[Recovery]) -> LedgerCheckpoint | None:
    """Past the heads that were lost: as many steps as were lost, until the next head is signed."""
    smallest = None
    while True:
        rows = LedgerCheckpoint.filter(**({"size__lt": smallest} if smallest is not None else {}))
        page = await rows.using_db(book.reader).order_by("-size").limit(PAGE)
        for row in page:
            if await _still_stands(book, row, known):
                return row
        if not page:
            return None
        smallest = page[-1].size


async def _still_stands(book: Book, row: LedgerCheckpoint, known: list[Recovery]) -> bool:
    """Only what a recovery could explain is looked at: that any other head stands is for the audit to say."""
    if not any(one.explains(row.size, row.signed_at) for one in known):
        return True
    return await recoveries.stands(book.reader, Head(row.size, bytes(row.root)))


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
    known = await recoveries.every(book.reader)
    rows = LedgerCheckpoint.filter(size__gte=position).using_db(book.reader).order_by("size")
    for row in await rows.limit(PAGE if known else 1):
        if await _still_stands(book, row, known):
            return SignedHead(row.size, row.root, row.note)
    assert position <= await tree.head(book.reader), "there is no such position"
    return await checkpoint(book, key)


async def receipt(book: Book, position: int, key: SigningKey) -> tuple[KeptReceipt, bytes] | None:
    """The receipt of an entry and its leaf hash, None when there is no such position. Signs a head if none holds it."""
    row = await LedgerTransaction.filter(position=position).using_db(book.reader).first()
    if row is None:
        return None
    head = await at_or_after(book, position, key)
    proof = tuple(await tree.inclusion(book.reader, position, head.size))
    return KeptReceipt(bytes(row.body), position, proof, head.note), bytes(row.leaf)


async def published(book: Book) -> str | None:
    """The newest signed note with the lines of the witnesses that cosigned it; None before the first."""
    head = await last(book)
    if head is None:
        return None
    rows = await LedgerCosignature.filter(size=head.size).using_db(book.reader).order_by("witness")
    note = head.note
    for row in rows:
        note = cosignatures.added(note, line_of(row.line))
    return note


def line_of(text: str) -> Signature:
    """A signature line as it stands in a note."""
    return checkpoints.parse_note(f"\n\n{text}\n").signatures[0]


async def keep_cosignature(book: Book, note: str, vkey: str) -> bool:
    """Keep a witness's line under a head of ours, once it verifies under the witness's key; False when it was kept.

    Raises WrongSignature when the key did not make it, BadNote when it is about no head that this book signed.
    """
    line = cosignatures.verify(note, vkey)
    text = checkpoints.parse_note(note).text
    size = checkpoints.parse(text).size
    row = await LedgerCheckpoint.filter(size=size).using_db(book.reader).first()
    if row is None or checkpoints.parse_note(row.note).text != text:
        raise BadNote(problem=f"这本账没有签过这样的 {size} 笔")
    written = checkpoints.format_note(Note(text, (line,))).rpartition("\n\n")[2].rstrip("\n")
    async with book.write() as db:
        if await LedgerCosignature.filter(size=size, witness=line.name).using_db(db).exists():
            return False
        await LedgerCosignature.create(
            id=f"{size}/{line.name}", size=size, witness=line.name, line=written, using_db=db
        )
    return True
