"""Recover: two people stand behind going on with a book after history was lost. Nothing that was lost comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger import recoveries, tree
from ledger.book import Book
from ledger.recoveries import Head
from ledger.transactions import Receipt
from points.errors import NothingLost, OnePersonTwice, ReasonMissing
from points.evidence import acts
from points.evidence.models import SnapshotText
from points.people import roles, sides
from points.people.errors import NotAllowed

APPROVERS = ("admin", "auditor")


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was written: the receipt of the entry, the two heads, and the evidence that a witness is shown."""

    receipt: Receipt
    lost: Head
    kept: Head
    salt: str
    text: str


async def recover(book: Book, *, lost: Head, reason: str, by: str, approved_by: str, on: date) -> Recovered:
    """Write the entry that says which head was lost, from which the book goes on, why, and who stands behind it.

    `by` is an admin of the whole book; `approved_by` somebody else, of another household, who is an admin or an auditor
    of the whole book. Both must have shown who they are. Afterwards the book may be written again, here at once and in
    other processes when they open it next. Asked again it answers with the first receipt. Raises ReasonMissing,
    NotAllowed, OnePersonTwice, and NothingLost when the book begins with that head.
    """
    if not reason.strip():
        raise ReasonMissing
    await require_two(book, by, approved_by, on)
    if await recoveries.stands(book.reader, lost):
        raise NothingLost
    known = [one for one in await recoveries.every(book.reader) if one.lost == lost]
    kept = known[0].kept if known else await _head(book)
    written = await _written(book, lost, kept, reason.strip(), by=by, approved_by=approved_by, on=on)
    return await _with_evidence(book, written, lost, kept)


async def _written(
    book: Book, lost: Head, kept: Head, reason: str, *, by: str, approved_by: str, on: date
) -> Receipt:
    facts = {"approved_by": approved_by, "by": by, "kept": str(kept), "lost": str(lost), "reason": reason}
    reference, about = recoveries.reference(lost, kept), (recoveries.KIND, _subject(lost, kept))
    request = {"kept": str(kept), "lost": str(lost), "verb": "recover"}
    draft = acts.draft(book, reference, about, facts, on=on, request=request)
    shut, book.journal.read_only = book.journal.read_only, None
    try:
        return await book.journal.post(draft)
    except BaseException:
        book.journal.read_only = shut
        raise


async def _with_evidence(book: Book, receipt: Receipt, lost: Head, kept: Head) -> Recovered:
    key = f"{recoveries.KIND}/{_subject(lost, kept)}"
    row = await SnapshotText.get_or_none(snapshot=key, using_db=book.reader)
    assert row is not None, "the evidence is written with the entry"
    return Recovered(receipt, lost, kept, row.salt, row.text)


def _subject(lost: Head, kept: Head) -> str:
    return f"{lost.size}-{lost.root.hex()[:16]}-{kept.size}"


async def _head(book: Book) -> Head:
    size = await tree.head(book.reader)
    return Head(size, await tree.root_at(book.reader, size))


async def require_two(book: Book, by: str, approved_by: str, on: date) -> None:
    """Raise NotAllowed or OnePersonTwice unless these two may stand behind something together."""
    await roles.require(book, by, "admin", None, on)
    if await sides.shares(book, by, [approved_by]):
        raise OnePersonTwice
    if not [role for role in APPROVERS if await roles.holds(book, approved_by, role, None, on)]:
        raise NotAllowed(member=approved_by, role=roles.NAMES["auditor"])
