"""What still came to a closed number: something planned a moment before it was closed. It goes where the rest went.

Along a chain it goes a step at a time, as the rest did: whichever merge is taken back then brings back its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger.book import Book
from ledger.errors import BelowFloor, ReferenceConflict
from ledger.transactions import Evidence
from points.evidence.models import Snapshot
from points.people.twice import looks, merges, merging, moves
from points.people.twice.merges import Merged


async def follow(book: Book, on: date) -> int:
    """Bring what stands on closed numbers to those that are kept; the answer is how many entries it took.

    What moves meanwhile is left to the next time. One statement, and four at most for each closed number.
    """
    written = 0
    for merged in _in_order(await merges.every(book)):
        try:
            written += await _follow(book, merged, on)
        except (BelowFloor, ReferenceConflict):
            continue
    return written


def _in_order(merged: Sequence[Merged]) -> list[Merged]:
    """The merges with the far ends of chains first, so that what came to one of them goes all the way at once."""
    steps = {each.gone: each.kept for each in merged}

    def left(number: str) -> int:
        count = 0
        while number in steps and count < len(steps):
            number, count = steps[number], count + 1
        return count

    return sorted(merged, key=lambda each: left(each.gone), reverse=True)


async def _follow(book: Book, merged: Merged, on: date) -> int:
    first = await merging.next_step(
        book, merged.gone
    )  # before all else: a merge taken back meanwhile uses it up
    left = [one for one in await looks.accounts(book, merged.gone) if one.balance]
    if not left or merged not in await merges.of(book, merged.gone):
        return 0
    mine = {(one.address, one.unit): one.balance for one in await looks.accounts(book, merged.kept)}
    parts = moves.parts(moves.between(merged.kept, merged.gone, left, mine, on))
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
