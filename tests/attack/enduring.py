"""A process that posts to a book whatever its disk does, and writes down what it is told.

    python -m tests.attack.enduring BOOK.db TOLD

A line each: `posted REFERENCE`; `refused REFERENCE KIND SENTENCE`; `closed KIND SENTENCE` when the book does not open;
`fault …` for anything that is no sentence of ours; `end`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from ledger.book import Book
from ledger.errors import LedgerError
from ledger.transactions import Draft
from tests.ledger.drafts import draft, move, opened
from web.models import Limit

SINGLES, PAIRS = range(8), range(8, 12)
Tell = Callable[[str], None]


def singles() -> list[Draft]:
    """Posted one by one."""
    return [draft(f"one/{n}", move("bank", f"b{n}", 1)) for n in SINGLES]


def pairs() -> list[tuple[Draft, Draft]]:
    """Posted two together."""
    return [
        (draft(f"two/{n}/l", move("bank", "l", 1)), draft(f"two/{n}/r", move("bank", "r", 1))) for n in PAIRS
    ]


async def endure(path: Path, tell: Tell) -> None:
    """Open, post everything in turn, close."""
    try:
        async with opened(path) as book:
            await _post_all(book, tell)
    except LedgerError as error:
        tell(f"closed {_said(error)}")
    except Exception as error:
        tell(f"fault {type(error).__name__} {error} in opening or closing")
    tell("end")


async def _post_all(book: Book, tell: Tell) -> None:
    for number, one in enumerate(singles()):
        await _try(book.journal.post(one), [one], tell)
        if number % 4 == 3:
            await _try(_row(book, number), [], tell)
    for pair in pairs():
        await _try(book.journal.post_together(pair), list(pair), tell)


async def _row(book: Book, number: int) -> None:
    """A row that is no entry."""
    async with book.write() as db:
        await Limit.create(key=f"row/{number}", count=1, until=book.now(), using_db=db)


async def _try(work: Awaitable[object], drafts: list[Draft], tell: Tell) -> None:
    try:
        await work
    except LedgerError as error:
        for name in [one.reference for one in drafts] or ["row"]:
            tell(f"refused {name} {_said(error)}")
    except Exception as error:
        tell(f"fault {type(error).__name__} {error} in {drafts[0].reference if drafts else 'row'}")
    else:
        for one in drafts:
            tell(f"posted {one.reference}")


def _said(error: LedgerError) -> str:
    return f"{type(error).__name__} {error}"


if __name__ == "__main__":
    file = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    asyncio.run(endure(Path(sys.argv[1]), lambda line: (os.write(file, f"{line}\n".encode()), None)[1]))
