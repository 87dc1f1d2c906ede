"""What still came to a closed number: something planned a moment before it was closed. It goes where the rest went."""

from __future__ import annotations

from datetime import date

from ledger.book import Book
from ledger.errors import BelowFloor, ReferenceConflict
from ledger.transactions import Evidence
from points.evidence.models import Snapshot
from points.people.twice import looks, merges, merging, moves
from points.people.twice.merges import Merged


async def follow(book: Book, on: date) -> int:
    """Bring what stands on closed numbers to those that are kept; the answer is how many entries it took.

    What moves meanwhile is left to the next time. One statement, and three for each closed number.
    """
    written = 0
    for merged in await merges.every(book):
        try:
            written += await _follow(book, merged, on)
        except (BelowFloor, ReferenceConflict):
            continue
    return written


async def _follow(book: Book, merged: Merged, on: date) -> int:
    first = await merging.next_step(
        book, merged.gone
    )  # before all else: a merge taken back meanwhile uses it up
    left = [one for one in await looks.accounts(book, merged.gone) if one.balance]
    kept = await merges.stands_for(book, merged.gone)
    if not left or kept == merged.gone:
        return 0
    mine = {(one.address, one.unit): one.balance for one in await looks.accounts(book, kept)}
    parts = moves.parts(moves.between(kept, merged.gone, left, mine, on))
    evidence = await evidence_of(book, merged)
    drafts = [
        merging.draft(book, merging.WHAT, merged.gone, first + n, part, evidence, merged.id)
        for n, part in enumerate(parts)
    ]
    if drafts:
        await book.journal.post_together(drafts)
    return len(drafts)


async def evidence_of(book: Book, merged: Merged) -> Evidence:
    """The snapshot that was taken when the two were merged."""
    snapshot = await Snapshot.get(id=f"{merging.WHAT}/{merged.id}", using_db=book.reader)
    return Evidence(merging.WHAT, merged.id, snapshot.digest)
