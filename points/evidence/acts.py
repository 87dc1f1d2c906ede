"""Acts: what somebody did by hand is an entry in the ledger, with its evidence and its rows, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger import encoding, statements
from ledger.book import Book
from ledger.transactions import Draft, Receipt
from points.evidence import snapshots


async def known(book: Book, reference: str) -> bool:
    """Whether this was done before: verbs ask before they plan, so that pressing twice is pressing once."""
    return reference in await statements.known(book.reader, [reference])


async def subject(book: Book, reference: str) -> str:
    """What a known act was about: the key of its evidence."""
    row = "SELECT evidence_id FROM ledger_transaction WHERE reference = ?"
    return str((await book.reader.execute_query_dict(row, [reference]))[0]["evidence_id"])


async def post(
    book: Book,
    reference: str,
    about: tuple[str, str],
    facts: Mapping[str, Any],
    rows: Sequence[Any] = (),
    *,
    on: date | None = None,
    request: Mapping[str, Any] | None = None,
) -> Receipt:
    """Post one act; see `draft`."""
    return await book.journal.post(draft(book, reference, about, facts, rows, on=on, request=request))


def draft(
    book: Book,
    reference: str,
    about: tuple[str, str],
    facts: Mapping[str, Any],
    rows: Sequence[Any] = (),
    *,
    on: date | None = None,
    request: Mapping[str, Any] | None = None,
) -> Draft:
    """One act of a day, today unless it says otherwise, `about` a kind of evidence and its key.

    `facts` name numbers and codes, never a person, and no words anybody wrote. `request` is what was asked, where that
    is not the facts: they may hold keys that were made for it.
    """
    evidence, kept = snapshots.take(*about, dict(facts), at=book.now())
    return Draft(
        reference=reference,
        kind="act",
        evidence=evidence,
        effective_on=on or book.today(),
        request=encoding.digest_of(dict(facts if request is None else request)),
        rows=(*kept, *rows),
    )
