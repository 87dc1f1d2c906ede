"""A full disk refuses what does not fit, loses nothing, and is forgotten when there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import NoSpace
from ledger.models import LedgerCheckpoint
from tests import books
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened

pytestmark = [pytest.mark.attack, pytest.mark.anyio]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB of its own; only an administrator may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("1 not run: mounting a small disk takes an administrator's rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_loses_nothing_and_needs_no_restart(small_disk: Path) -> None:
    """Postings and other rows are refused with NoSpace while it is full, and accepted when there is room: thrice."""
    await books.make(small_disk)
    path, filler = small_disk / "book.db", small_disk / "filler"
    acknowledged: list[str] = []
    async with opened(path) as book:
        for turn in range(3):
            fill(small_disk, filler)
            with pytest.raises(NoSpace):
                await post_until_refused(book, turn, acknowledged)
            with pytest.raises(NoSpace):
                await write_a_million(book, turn)
            filler.unlink()
            assert book.journal.read_only is None
            acknowledged.append(f"{turn}/again")
            await book.journal.post(draft(f"{turn}/again", move("bank", "a", 1)))
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0
    consistency.check(path)
    assert consistency.references(path) == acknowledged


async def post_until_refused(book: Book, turn: int, acknowledged: list[str]) -> None:
    """Post one after another, and write down what was acknowledged."""
    for n in range(100_000):
        receipt = await book.journal.post(draft(f"{turn}/{n}", move("bank", f"b{turn}-{n}", 1)))
        acknowledged.append(receipt.reference.removeprefix("t/"))


async def write_a_million(book: Book, turn: int) -> None:
    """A row of a megabyte."""
    async with book.write() as client:
        row = LedgerCheckpoint(size=turn, root=b"\0" * 32, note="x" * 1_000_000, signed_at="now")
        await row.save(using_db=client, force_create=True)


def fill(disk: Path, filler: Path) -> None:
    """Leave some 20 KB free."""
    with filler.open("wb") as file:
        file.write(b"\0" * max(0, shutil.disk_usage(disk).free - 20_000))
