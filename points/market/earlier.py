"""What was written before under a reference: verbs ask this before they plan."""

from __future__ import annotations

import re

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict
from ledger.transactions import Receipt
from points.market.errors import BadKey

_KEY = re.compile(r"[0-9A-Za-z_-]{1,40}")
_KNOWN = "SELECT position, request, recorded_at, leaf FROM ledger_transaction WHERE reference = ?"


def checked_key(key: str) -> str:
    """The key of an effect, as it may stand in a reference: 1 to 40 letters, digits, `-` or `_`. Raises BadKey."""
    if not _KEY.fullmatch(key):
        raise BadKey
    return key


async def receipt(book: Book, reference: str, request: str) -> Receipt | None:
    """The first receipt of a reference, `repeated`; None when nothing was written under it.

    Raises ReferenceConflict when it was written for another request.
    """
    found = await book.reader.execute_query_dict(_KNOWN, [reference])
    if not found:
        return None
    row = found[0]
    if row["request"] != request:
        raise ReferenceConflict(reference=reference, position=row["position"])
    recorded_at = encoding.read_moment(row["recorded_at"])
    return Receipt(row["position"], reference, recorded_at, bytes(row["leaf"]), repeated=True)
