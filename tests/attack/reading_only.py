"""Take the right to write away from a book, file by file, and look at what it said and what it kept.

    python -m tests.attack.reading_only BOOK.db

BOOK.db is an empty book in a folder that anybody can reach.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.errors import LedgerError, ReadOnly
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened

NOBODY = 65_534
BEFORE = ["before/1", "before/2"]


async def begin(path: Path) -> None:
    """Post two entries, and give the book to somebody whom the rights of files hold.

    All that posting needs is loaded by then: the modules of this Python may be for its owner alone.
    """
    async with opened(path) as one:
        for name in BEFORE:
            await one.journal.post(draft(name, move("bank", "a", 1)))
    for place in (path.parent, *path.parent.iterdir()):
        if not os.geteuid():
            os.chown(place, NOBODY, NOBODY)


@contextmanager
def as_anybody() -> Iterator[None]:
    """As a user whom the rights of files hold: not as an administrator."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


async def refused(path: Path, what: str, mode: int) -> LedgerError:
    """What somebody is told who opens it and posts while a file has these rights; afterwards all is as it was."""
    place = path.parent / what
    before = place.stat().st_mode & 0o777
    with as_anybody():
        place.chmod(mode)
        try:
            error = await _told(path)
        finally:
            place.chmod(before)
        async with opened(path) as one:
            await one.journal.post(draft("after", move("bank", "a", 1)))
    assert consistency.check(path) == len(BEFORE) + 1
    assert consistency.references(path) == [*BEFORE, "after"]
    return error


async def _told(path: Path) -> LedgerError:
    try:
        async with opened(path) as one:
            await one.journal.post(draft("meanwhile", move("bank", "a", 1)))
    except LedgerError as error:
        return error
    raise AssertionError("it was written")


async def change_while_open(path: Path) -> None:
    """Without a right to the lock nobody writes; with it they do again, without a restart."""
    lock = path.with_name("book.db.lock")
    with as_anybody():
        async with opened(path) as one:
            assert lock.exists(), "nobody asks for the lock"
            lock.chmod(0o400)
            try:
                await one.journal.post(draft("meanwhile", move("bank", "a", 1)))
            except ReadOnly:
                lock.chmod(0o600)
            else:
                raise AssertionError("it was written")
            await one.journal.post(draft("after", move("bank", "a", 1)))
    assert consistency.references(path) == [*BEFORE, "after"]


async def _both(path: Path) -> None:
    await begin(path)
    await change_while_open(path)


if __name__ == "__main__":
    asyncio.run(_both(Path(sys.argv[1])))
