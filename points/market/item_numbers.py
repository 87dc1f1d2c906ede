"""The numbers of items: which may be given, also in a book whose ledger knows more items than it has rows of."""

from __future__ import annotations

import json
from collections.abc import Collection

from ledger import statements
from ledger.book import Book
from points.evidence.models import SnapshotText

AT_ONCE = 100
_UNITS = "SELECT DISTINCT unit FROM ledger_account WHERE unit >= 'item:' AND unit < 'item;'"


async def free(book: Book, registered: Collection[int]) -> list[int]:
    """Numbers from which items may be added: first those of entries whose rows were lost, for the same words again,
    and then the first that nobody had. Three statements, and one more for each hundred items."""
    known = await _known(book, max(registered, default=0))
    lost = [first for first in known if first not in registered]
    units = [int(row["unit"].removeprefix("item:")) for row in await book.reader.execute_query_dict(_UNITS)]
    last = max([*registered, *units, *(await _lasts(book, lost))], default=0)
    return [*lost, last + 1]


async def _known(book: Book, last: int) -> list[int]:
    """The numbers that an entry which added items begins with, up to the first hundred without any."""
    found: list[int] = []
    first = 1
    while True:
        there = await statements.known(book.reader, [f"items/{n}" for n in range(first, first + AT_ONCE)])
        found += sorted(int(reference.removeprefix("items/")) for reference in there)
        first += AT_ONCE
        if not there and first > last:
            return found


async def _lasts(book: Book, lost: Collection[int]) -> list[int]:
    """The last number that each of these entries gave, as far as its text still tells."""
    texts = SnapshotText.filter(snapshot__in=[f"items/{first}" for first in lost]).using_db(book.reader)
    said = {int(row.snapshot.removeprefix("items/")): json.loads(row.text) for row in await texts}
    return [first + len(said[first]["items"]) - 1 if first in said else first for first in lost]
