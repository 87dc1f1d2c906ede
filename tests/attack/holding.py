"""Hold a book so that nobody else writes, for some seconds, as another process would.

    python -m tests.attack.holding BOOK SECONDS lock|transaction

`lock` waits its turn and keeps it, as a slow writer of ours would; `transaction` is a program that knows nothing of our
turns, and has begun to write. It says `held` when it has it.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from contextlib import closing

from ledger.book import path_of
from tests.ledger.drafts import opened


async def keep_the_turn(url: str, seconds: float) -> None:
    """Through the book's own door."""
    async with opened(url) as book, book.write():
        print("held", flush=True)  # noqa: T201 - the starter waits for it
        await asyncio.sleep(seconds)


def keep_the_file(url: str, seconds: float) -> None:
    """By SQLite's lock alone."""
    with closing(sqlite3.connect(path_of(url), isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        print("held", flush=True)  # noqa: T201 - the starter waits for it
        time.sleep(seconds)
        file.execute("ROLLBACK")


if __name__ == "__main__":
    if sys.argv[3] == "lock":
        asyncio.run(keep_the_turn(sys.argv[1], float(sys.argv[2])))
    else:
        keep_the_file(sys.argv[1], float(sys.argv[2]))
