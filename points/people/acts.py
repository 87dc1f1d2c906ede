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


async def before(
    book: Book, what: str, member: str, asked: Mapping[str, Any], *, by: str, key: str
) -> acts.Done | None:
    """This very act, done before; raises ReferenceConflict when another was done under its key."""
    return await acts.before(book, reference(what, member, key), _asked(what, member, asked, by=by))


async def post(
    book: Book,
    what: str,
    member: str,
    facts: Mapping[str, Any],
    rows: Sequence[Any],
    *,
    by: str,
    key: str,
    request: Mapping[str, Any] | None = None,
) -> Receipt:
    """Post one act of today about a member. `facts` name numbers, fields and codes, never a name or a phone."""
    return await book.journal.post(draft(book, what, member, facts, rows, by=by, key=key, request=request))


def draft(
    book: Book,
    what: str,
    member: str,
    facts: Mapping[str, Any],
    rows: Sequence[Any],
    *,
    by: str,
    key: str,
    request: Mapping[str, Any] | None = None,
) -> Draft:
    """The draft of such an act. What was asked is its facts, unless they hold what was made for it (`request`).

    Neither holds anything that could be guessed back.
    """
    said = _asked(what, member, facts, by=by)
    asked = said if request is None else _asked(what, member, request, by=by)
    named, about = reference(what, member, key), (what, f"{member}/{key}")
    return acts.draft(book, named, about, said, rows, request=asked)


def _asked(what: str, member: str, facts: Mapping[str, Any], *, by: str) -> dict[str, Any]:
    return {**facts, "by": by, "member": member, "what": what}
