"""A book's life that is recorded down to its system calls: a key, postings, signed heads, a witness's file, restarts.

    python -m tests.attack.recorded FOLDER ACKNOWLEDGED BATCHES

Whatever somebody was told is written into the second file, a line each, in the moment after they were told it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ledger import files, heads, signatures, sqlite
from ledger.book import Book
from ledger.errors import Refusal
from ledger.signatures import SigningKey
from tests.ledger.drafts import draft, move, opened

CALLERS = 4
ROUNDS = {"a": 3, "b": 2, "c": 4}
"""The lives, and how often each caller posts in them. In the second, so many batches follow."""
UNTIL_PUT_BACK = 0
"""Instead of a number of batches: until the write-ahead log was put back while the book is open, and begun anew."""
MORE, MOST = 5, 500
PAGES = "400"


class Told:
    """What somebody was told, in a file that outlives the power."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def __call__(self, *lines: str) -> None:
        """They are told: one system call."""
        os.write(self._file, "".join(f"{line}\n" for line in lines).encode())


async def live(folder: Path, told: Told, batches: int) -> None:
    """From the making of the key to the last closing of the book."""
    key = signatures.generate("jishan/recorded")
    signatures.save(key, folder / "book.key")
    told("key")
    for name, rounds in ROUNDS.items():
        async with opened(folder / "book.db") as book:
            await asyncio.gather(*(_caller(book, f"{name}/{n}", rounds, told) for n in range(CALLERS)))
            await _head(book, key, folder, told)
            for number in _numbers(folder / "book.db", batches) if name == "b" else ():
                await _some(book, f"{name}/some/{number}", told)
                if number % 20 == 19:
                    await _head(book, key, folder, told)


def _numbers(path: Path, batches: int) -> Iterator[int]:
    """So many; or until the file itself was written to, and a few more."""
    if batches != UNTIL_PUT_BACK:
        yield from range(batches)
        return
    before, more = path.stat().st_mtime_ns, MORE
    for number in range(MOST):
        more -= path.stat().st_mtime_ns != before
        if not more:
            return
        yield number


async def _caller(book: Book, name: str, rounds: int, told: Told) -> None:
    """Post one by one, and two together."""
    for number in range(rounds):
        receipts = [await book.journal.post(draft(f"{name}/{number}", move("bank", "a", 3)))]
        pair = [draft(f"{name}/{number}/{side}", move("bank", side, 1)) for side in ("l", "r")]
        receipts += await book.journal.post_together(pair)
        told(*(f"posted {receipt.reference}" for receipt in receipts))


async def _some(book: Book, name: str, told: Told) -> None:
    """A few at once, to accounts of their own: pages all over the indexes."""
    to = name.replace("/", "-")
    drafts = [draft(f"{name}/{n}", move("bank", f"{n * 7919 % 1009:04}-{to}", 1)) for n in range(4)]
    receipts = await book.journal.post_all(drafts)
    assert not any(isinstance(receipt, Refusal) for receipt in receipts), receipts
    told(*(f"posted {one.reference}" for one in drafts))


async def _head(book: Book, key: SigningKey, folder: Path, told: Told) -> None:
    """Sign the head, and let a witness keep it."""
    head = await heads.checkpoint(book, key)
    told(f"signed {head.size}")
    await asyncio.to_thread(files.appear, folder / "witness", head.note.encode())
    told(f"seen {head.size}")


if __name__ == "__main__":
    # The log is put back into the file ten times as often as it is in service: there is less to record.
    sqlite._PRAGMAS["wal_autocheckpoint"] = PAGES
    asyncio.run(live(Path(sys.argv[1]), Told(Path(sys.argv[2])), int(sys.argv[3])))
