"""A book that this user may read and not write: it says so in a sentence, loses nothing, and is taken up again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.errors import BookDamaged, LedgerError, ReadOnly
from tests import books
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

NOBODY = 65_534
BEFORE = ["before/1", "before/2"]


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


@pytest.fixture
async def book() -> AsyncIterator[Path]:
    """A book with two entries, in a folder that anybody could reach.

    All that posting needs is loaded by then: the modules of this Python may be for its owner alone.
    """
    folder = Path(tempfile.mkdtemp(prefix="jishan-read-only-"))
    try:
        await books.make(folder)
        async with opened(folder / "book.db") as one:
            for name in BEFORE:
                await one.journal.post(draft(name, move("bank", "a", 1)))
        for path in (folder, *folder.iterdir()):
            if not os.geteuid():
                os.chown(path, NOBODY, NOBODY)
        yield folder / "book.db"
    finally:
        shutil.rmtree(folder)


def rights(path: Path, mode: int) -> None:
    """Of a file or a folder."""
    path.chmod(mode)


async def refused(path: Path) -> LedgerError:
    """What somebody is told who opens it and posts; anything but a sentence of ours is raised."""
    try:
        async with opened(path) as one:
            await one.journal.post(draft("meanwhile", move("bank", "a", 1)))
    except LedgerError as error:
        return error
    raise AssertionError("it was written")


@pytest.mark.parametrize(
    ("what", "mode"),
    [("book.db", 0o400), (".", 0o500), ("book.db.lock", 0o400), ("book.db", 0o000)],
    ids=["the file", "the folder", "the lock", "not even to be read"],
)
async def test_what_may_not_be_written_is_said(book: Path, what: str, mode: int) -> None:
    """Whichever of its files it is, the answer is ReadOnly or BookDamaged with the reason; later all is as it was."""
    place = book.parent / what
    before = place.stat().st_mode & 0o777
    with as_anybody():
        rights(place, mode)
        try:
            error = await refused(book)
        finally:
            rights(place, before)
        assert isinstance(error, ReadOnly | BookDamaged), repr(error)
        assert "locked" not in str(error)
        async with opened(book) as one:
            await one.journal.post(draft("after", move("bank", "a", 1)))
    assert consistency.check(book) == 3
    assert consistency.references(book) == [*BEFORE, "after"]


async def test_rights_that_change_while_it_is_open(book: Path) -> None:
    """Without a right to the lock nobody writes; with it they do again, without a restart."""
    lock = book.with_name("book.db.lock")
    with as_anybody():
        async with opened(book) as one:
            rights(lock, 0o400)
            with pytest.raises(ReadOnly):
                await one.journal.post(draft("meanwhile", move("bank", "a", 1)))
            rights(lock, 0o600)
            await one.journal.post(draft("after", move("bank", "a", 1)))
    assert consistency.references(book) == [*BEFORE, "after"]
