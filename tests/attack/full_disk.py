"""Fill the disk under an open book, thrice, and look at what it said and what it kept.

    python -m tests.attack.full_disk FOLDER

FOLDER is a small file system of its own with an empty book, book.db, in it.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

from ledger.book import Book
from ledger.errors import NoSpace
from ledger.models import LedgerCheckpoint
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened


async def endure(folder: Path) -> None:
    """Postings and other rows are refused with NoSpace while it is full, and accepted when there is room."""
    path, filler = folder / "book.db", folder / "filler"
    acknowledged: list[str] = []
    async with opened(path) as book:
        for turn in range(3):
            fill(folder, filler)
            await refused(post_many(book, turn, acknowledged))
            await refused(write_a_million(book, turn))
            filler.unlink()
            assert book.journal.read_only is None, "the book stopped"
            acknowledged.append(f"{turn}/again")
            await book.journal.post(draft(f"{turn}/again", move("bank", "a", 1)))
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0
    consistency.check(path)
    assert consistency.references(path) == acknowledged


async def refused(writing: object) -> None:
    """Assert that there is no room for it, and that this is what is said."""
    try:
        await writing  # type: ignore[misc]
    except NoSpace:
        return
    raise AssertionError("it was written")


async def post_many(book: Book, turn: int, acknowledged: list[str]) -> None:
    """Post one after another, and write down what was acknowledged."""
    for n in range(1_000):
        receipt = await book.journal.post(draft(f"{turn}/{n}", move("bank", f"b{turn}-{n}", 1)))
        acknowledged.append(receipt.reference.removeprefix("t/"))


async def write_a_million(book: Book, turn: int) -> None:
    """A row of a megabyte."""
    async with book.write() as client:
        row = LedgerCheckpoint(size=turn, root=b"\0" * 32, note="x" * 1_000_000, signed_at="now")
        await row.save(using_db=client, force_create=True)


def fill(disk: Path, filler: Path, *, leave: int = 20_000) -> None:
    """Leave so many bytes free."""
    with filler.open("wb") as file:
        file.write(b"\0" * max(0, shutil.disk_usage(disk).free - leave))


if __name__ == "__main__":
    asyncio.run(endure(Path(sys.argv[1])))
