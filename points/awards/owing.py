"""What a member owes: points that a correction took back after they were spent, and what later awards settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger import statements
from ledger.book import Book
from points import chart
from points.awards.models import Verification

MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A correction whose points were spent (below zero), or an award that settled some (above); `left` is owed after.

    `contribution` is that of the award, None for what came from a number that was merged.
    """

    position: int
    kind: str
    on: date
    amount: int
    left: int
    contribution: str | None


@dataclass(frozen=True, slots=True)
class Owing:
    """So many points are owed, and how that came about, the newest first."""

    points: int
    lines: tuple[Line, ...]


async def of(book: Book, member: str) -> Owing | None:
    """What a member owes now; None when it is nothing. Two statements, or one."""
    key = (chart.owed(member), chart.POINTS)
    entries = await statements.history(book.reader, [key], limit=MOST)
    if not entries or entries[0].balance >= 0:
        return None
    awards = {each.reference: each.reference.split("/", 1)[-1] for each in entries}
    rows = await Verification.filter(reference__in=list(awards.values())).using_db(book.reader)
    opens = {row.reference: row.contribution for row in rows}
    return Owing(
        -entries[0].balance,
        tuple(
            Line(e.position, e.kind, e.effective_on, e.amount, -e.balance, opens.get(awards[e.reference]))
            for e in entries
        ),
    )
