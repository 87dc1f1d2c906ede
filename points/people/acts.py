"""Acts on people: what somebody did to a member's entry in the book, named by the member and the page's key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.book import Book
from ledger.transactions import Draft, Receipt
from points.evidence import acts


def reference(what: str, member: str, key: str) -> str:
    """What an act is called in the ledger; the key comes with the page, so that pressing twice is pressing once."""
    return f"{what}/{member}/{key}"


async def known(book: Book, named: str) -> bool:
    """Whether this was done before."""
    return await acts.known(book, named)


async def post(
    book: Book, what: str, member: str, facts: Mapping[str, Any], rows: Sequence[Any], *, by: str, key: str
) -> Receipt:
    """Post one act of today about a member. `facts` name numbers, fields and codes, never a name or a phone."""
    return await book.journal.post(draft(book, what, member, facts, rows, by=by, key=key))


def draft(
    book: Book, what: str, member: str, facts: Mapping[str, Any], rows: Sequence[Any], *, by: str, key: str
) -> Draft:
    """The draft of such an act. Its request is its facts, which hold nothing that could be guessed back."""
    asked = {**facts, "by": by, "member": member, "what": what}
    return acts.draft(book, reference(what, member, key), (what, f"{member}/{key}"), asked, rows)
