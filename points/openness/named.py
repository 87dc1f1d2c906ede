"""Who may be named in public: those who agreed to it, who are not children, and whose name was not erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.book import Book
from points.openness import masking
from points.people import consents, members


async def publicly(book: Book, wanted: Iterable[str], on: date) -> dict[str, str]:
    """What a public list may write for each of these members: the whole name of who agreed, a masked one of the others.

    Somebody under 14, or whose name was erased, is absent: they have no line at all. A consent withdrawn is none.
    """
    numbers = sorted(set(wanted))
    people = await members.many(book, numbers)
    agreed = await consents.of(book, numbers)
    children = await consents.children(book, numbers, on)
    names = {n: one.name for n, one in people.items() if one.name and n not in children}
    masked = masking.mask_list(names)
    return {n: name if "named" in agreed[n] else masked[n] for n, name in names.items()}
