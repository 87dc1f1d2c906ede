"""Fifty callers want the same at the same moment, through five openings of one book: each has a writer of its own.

    python -m tests.attack.fifty NAME BOOK

As other processes would, the openings know nothing of each other; only the database keeps them apart.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from ledger.book import Book
from ledger.transactions import Draft
from tests.attack import consistency
from tests.figures import figure
from tests.ledger.drafts import draft, move, opened

OPENINGS, CALLERS = 5, 50


@asynccontextmanager
async def openings(place: Path | str) -> AsyncIterator[list[Book]]:
    """The book, open five times."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opened(place)) for _ in range(OPENINGS)]


async def answers(books: Sequence[Book], drafts: Sequence[Draft]) -> Counter[str]:
    """Post them all at once, in turn through each opening, and count what they are answered."""
    asked = (books[number % OPENINGS].journal.post(one) for number, one in enumerate(drafts))
    got = await asyncio.gather(*asked, return_exceptions=True)
    return Counter(_word(one) for one in got)


def _word(answer: Any) -> str:
    if isinstance(answer, BaseException):
        return type(answer).__name__
    return "again" if answer.repeated else "written"


async def for_the_last_unit(place: Path | str) -> None:
    """One of fifty has it; the others are told that it is gone."""
    async with openings(place) as books:
        for number in range(figure(short=3, full=200)):
            await books[0].journal.post(draft(f"fill/{number}", move("bank", "a", 1)))
            takes = [draft(f"take/{number}/{n}", move("a", f"b{n}", 1)) for n in range(CALLERS)]
            assert await answers(books, takes) == {"written": 1, "BelowFloor": CALLERS - 1}
        assert await consistency.check_book(books[1]) == 2 * figure(short=3, full=200)


async def for_the_same_reference(place: Path | str) -> None:
    """Fifty ask the same under one reference: it happens once. Fifty ask for different things: one of them happens."""
    async with openings(place) as books:
        for number in range(figure(short=3, full=200)):
            same = [draft(f"same/{number}", move("bank", "a", 1))] * CALLERS
            assert await answers(books, same) == {"written": 1, "again": CALLERS - 1}
            others = [
                draft(f"other/{number}", move("bank", "a", n + 1), asked=f"{number} {n}")
                for n in range(CALLERS)
            ]
            assert await answers(books, others) == {"written": 1, "ReferenceConflict": CALLERS - 1}
        assert await consistency.check_book(books[1]) == 2 * figure(short=3, full=200)


async def for_the_same_reversal(place: Path | str) -> None:
    """Fifty corrections of one transaction, each under a reference of its own: one is written, and gives back once."""
    async with openings(place) as books:
        for number in range(figure(short=3, full=200)):
            await books[0].journal.post(draft(f"give/{number}", move("bank", "a", 1)))
            await books[0].journal.post(draft(f"more/{number}", move("bank", "a", CALLERS)))
            backs = [
                draft(f"back/{number}/{n}", move("a", "bank", 1), reverses=f"give/{number}")
                for n in range(CALLERS)
            ]
            assert await answers(books, backs) == {"written": 1, "AlreadyReversed": CALLERS - 1}
        assert await consistency.check_book(books[1]) == 3 * figure(short=3, full=200)


async def for_what_was_planned_from(place: Path | str) -> None:
    """Fifty plans made from one look at an account, each of which could be paid: one is written, the others moved."""
    async with openings(place) as books:
        await books[0].journal.post(draft("fill", move("bank", "a", 10_000)))
        for number in range(figure(short=3, full=200)):
            seen = (("box/a", "points", number + 1),)
            plans = [draft(f"plan/{number}/{n}", move("a", "b", 1), seen=seen) for n in range(CALLERS)]
            assert await answers(books, plans) == {"written": 1, "Moved": CALLERS - 1}
        assert await consistency.check_book(books[1]) == 1 + figure(short=3, full=200)


RACES: dict[str, Callable[[Path | str], Coroutine[Any, Any, None]]] = {
    race.__name__: race
    for race in (for_the_last_unit, for_the_same_reference, for_the_same_reversal, for_what_was_planned_from)
}

if __name__ == "__main__":
    asyncio.run(RACES[sys.argv[1]](sys.argv[2]))
