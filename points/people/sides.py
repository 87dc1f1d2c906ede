"""Two people: the second is another side than everybody who had a hand in it, and holds a role where it happens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.book import Book
from points.people import households, roles


async def shares(book: Book, who: str, with_any: Iterable[str]) -> bool:
    """Whether somebody is one of these people or lives in a declared household with one of them."""
    others = list(with_any)
    homes = await households.of(book, [who, *others])
    return any(households.same_side(who, each, homes) for each in others)


async def may_decide(
    book: Book, who: str, *, apart_from: Iterable[str], names: Sequence[str], path: str
) -> bool:
    """Whether somebody may be the second of two people today: of another side than `apart_from`, who asked and whom it
    is about, and holding one of the roles `names` in the area at `path`.
    """
    if await shares(book, who, apart_from):
        return False
    return roles.covered(await roles.grants_of(book, who, book.today()), names, path)
