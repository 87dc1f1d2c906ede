"""Acts: what somebody did by hand is an entry in the ledger, with its evidence and its rows, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import ReferenceConflict
from ledger.transactions import Draft, Receipt
from points.evidence import snapshots

_BEFORE = "SELECT position, request, evidence_id FROM ledger_transaction WHERE reference = ?"


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was done before: its reference, where it stands, and what it was about, the key of its evidence."""

    reference: str
    position: int
    subject: str

    def require(self, same: bool) -> None:
        """Raise ReferenceConflict unless what no request may hold, words that can be erased, is the same as well."""
        if not same:
            raise ReferenceConflict(reference=self.reference, position=self.position)


async def before(book: Book, reference: str, asked: Mapping[str, Any]) -> Done | None:
    """What was done under the key of a form, None before the first time: verbs ask before they plan.

    `asked` is what the act is posted with as its `request`, or its facts. The same asked again is pressing twice, and
    pressing twice is pressing once. Raises ReferenceConflict when something else was asked under that key.
    """
    rows = await book.reader.execute_query_dict(_BEFORE, [reference])
    if not rows:
        return None
    done = Done(reference, rows[0]["position"], str(rows[0]["evidence_id"]))
    done.require(rows[0]["request"] == encoding.digest_of(dict(asked)))
    return done


async def known(book: Book, reference: str) -> bool:
    """Whether this was done before, by whomever: for a reference that is the thing itself and not a form's key."""
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
