"""Acknowledge lost evidence: two people say in an entry which entries' evidence is gone for good, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger import encoding, tree
from ledger.book import Book
from ledger.findings import Audit
from ledger.transactions import Receipt
from points import recovery
from points.errors import NoEvidenceLost, ReasonMissing
from points.evidence import acts, checks, losses


async def missing(book: Book) -> list[int]:
    """The entries whose evidence is missing, and which nobody has acknowledged yet. Reads the whole book."""
    audit = Audit(book.reader, await tree.head(book.reader), {})
    audit.goal = audit.total = audit.size
    return [
        found.position
        async for found in checks.evidence_matches(audit)
        if found.position and found.template in checks.MISSING
    ]


async def acknowledge(
    book: Book, positions: Sequence[int], *, reason: str, by: str, approved_by: str, on: date
) -> Receipt:
    """Write the entry that says whose evidence is lost, why, and who stands behind it.

    `by` is an admin of the whole book; `approved_by` somebody else, of another household, who is an admin or an auditor
    of the whole book. Both must have shown who they are. Raises ReasonMissing, NotAllowed, OnePersonTwice, and
    NoEvidenceLost when nothing is to be acknowledged.
    """
    if not reason.strip():
        raise ReasonMissing
    await recovery.require_two(book, by, approved_by, on)
    if not positions:
        raise NoEvidenceLost
    lost = losses.written(positions)
    asked = {"lost": lost, "verb": "acknowledge"}
    facts = {"approved_by": approved_by, "by": by, "lost": lost, "reason": reason.strip()}
    subject = encoding.digest_of(asked).rpartition(":")[2][:32]
    about = (losses.KIND, subject)
    return await acts.post(book, f"{losses.KIND}/{subject}", about, facts, on=on, request=asked)
