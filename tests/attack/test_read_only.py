"""A book that this user may read and not write: it says so in a sentence, loses nothing, and is taken up again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ledger.errors import BookDamaged, LedgerError, ReadOnly
from tests import books
from tests.attack import faults, reading_only
from tests.attack.faults import Change, Fault

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

TURNSTILE = "ledger/turnstile.py"
FAULTS = (
    Fault(
        "what the system says is passed on as it is",
        ("reading_only",),
        (Change(TURNSTILE, "            raise _refused(error) from error\n", "            raise\n"),),
    ),
    Fault(
        "one refusal stops the book",
        ("reading_only",),
        (
            Change(
                TURNSTILE,
                "            raise _refused(error) from error\n",
                "            self.read_only = 'refused once'\n            raise _refused(error) from error\n",
            ),
        ),
    ),
    Fault(
        "nobody asks for the lock",
        ("reading_only",),
        (Change(TURNSTILE, "os.open(self._path, os.O_RDWR", "os.open('/dev/null', os.O_RDWR"),),
    ),
)


@pytest.fixture
async def book() -> AsyncIterator[Path]:
    """An empty book in a folder that anybody could reach."""
    folder = Path(tempfile.mkdtemp(prefix="jishan-read-only-"))
    try:
        await books.make(folder)
        yield folder / "book.db"
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("what", "mode", "said"),
    [
        ("book.db", 0o400, ReadOnly),
        (".", 0o500, BookDamaged),
        ("book.db.lock", 0o400, ReadOnly),
        ("book.db", 0o000, BookDamaged),
    ],
    ids=["the file", "the folder", "the lock", "not even to be read"],
)
async def test_what_may_not_be_written_is_said(
    book: Path, what: str, mode: int, said: type[LedgerError]
) -> None:
    """Whichever of its files it is, the answer is a sentence with the reason; later all is as it was."""
    await reading_only.begin(book)
    error = await reading_only.refused(book, what, mode)
    assert isinstance(error, said), repr(error)
    assert "locked" not in str(error)


async def test_rights_that_change_while_it_is_open(book: Path) -> None:
    """Without a right to the lock nobody writes; with it they do again, without a restart."""
    await reading_only.begin(book)
    await reading_only.change_while_open(book)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(fault: Fault, book: Path, tmp_path: Path) -> None:
    """The same attack on a product with the fault in it fails."""
    ended = faults.run(faults.plant(fault, tmp_path / "tree"), "reading_only", str(book))
    assert ended.returncode not in {0, 124}, "nobody noticed"
    assert ended.stderr.splitlines()[-1].startswith(
        ("AssertionError", "ledger.errors.", "PermissionError")
    ), ended.stderr
