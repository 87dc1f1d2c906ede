"""Notes: what a verifier wrote to somebody whose contribution went back. Erasable; the reason's code is not.

Before there was such a table a note stood behind the reason, after a colon; `read` knows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.book import Book
from points.awards.look_records import VerificationNote
from points.awards.models import Verification

AT_MOST = 120


async def of(book: Book, contributions: Iterable[str]) -> dict[str, str]:
    """The notes to these contributions, by contribution. One statement."""
    rows = VerificationNote.filter(contribution__in=list(contributions)).using_db(book.reader)
    return {row.contribution: row.text for row in await rows}


def read(decided: Verification, notes: Mapping[str, str]) -> tuple[str, str]:
    """Why something came back, and what was written beside it, each empty when there is none."""
    said, _, before = (decided.reason or "").partition("：")
    return said, notes.get(decided.contribution, before)
