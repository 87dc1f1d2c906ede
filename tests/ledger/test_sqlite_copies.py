"""SQLite's part: a copy under a steady writer, read back without a trace, put where nothing is."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from ledger import sqlite_copies
from ledger.errors import BookDamaged, CopyDamaged, PlaceBusy, TargetInUse
from tests.attack.keeping import commits_between
from tests.ledger import drafts
from tests.ledger.copies import fill, flip, migrate, quiet, rows, take, tamper

pytestmark = pytest.mark.anyio


async def test_a_copy_is_made_under_a_steady_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends though somebody commits between its steps, and holds what was there when it began."""
    monkeypatch.setattr(sqlite_copies, "PAGES", 16)
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 3000)
    with commits_between(tmp_path / "book.db") as step:
        sqlite_copies.copy(f"sqlite://{tmp_path / 'book.db'}", tmp_path / "copy", step)
    assert sqlite_copies.head(tmp_path / "copy").size == 3000
    with sqlite_copies.texts(tmp_path / "copy") as texts:
        assert [position for position, _, _ in texts] == list(range(1, 3001))


async def test_reading_a_copy_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """No journal, no lock: a folder of backups holds backups."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 3)
    sqlite_copies.copy(f"sqlite://{tmp_path / 'book.db'}", tmp_path / "copy", quiet)
    before = sorted(path.name for path in tmp_path.iterdir())
    sqlite_copies.head(tmp_path / "copy")
    with sqlite_copies.texts(tmp_path / "copy") as texts:
        assert len(list(texts)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == before


async def test_what_is_no_book_is_said(tmp_path: Path) -> None:
    """No file, and a file that is something else."""
    with pytest.raises(BookDamaged, match="没有账本文件"):
        sqlite_copies.copy(f"sqlite://{tmp_path / 'none.db'}", tmp_path / "copy", quiet)
    (tmp_path / "note.db").write_text("milk, soap, rice" * 300)
    with pytest.raises(BookDamaged, match="not a database"):
        sqlite_copies.copy(f"sqlite://{tmp_path / 'note.db'}", tmp_path / "copy2", quiet)
    with pytest.raises(CopyDamaged, match="not a database"):
        sqlite_copies.head(tmp_path / "note.db")


async def test_a_broken_page_is_found(tmp_path: Path) -> None:
    """A copy whose pages do not hold together is refused, whichever table they belong to."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 50)
    path = tmp_path / "book.db"
    with contextlib.closing(sqlite3.connect(path)) as file:
        page = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'people_member'").fetchone()[0]
    flip(path, (page - 1) * 4096)
    with pytest.raises(CopyDamaged), sqlite_copies.texts(path):
        pass


async def test_a_book_is_never_put_over_another(tmp_path: Path) -> None:
    """Neither at the beginning nor when a file came there meanwhile; what an earlier book of that name left is gone."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 3)
    made = take(tmp_path / "book.db", tmp_path / "copies")
    url = f"sqlite://{tmp_path / 'new.db'}"
    for ending in ("-wal", "-shm"):
        (tmp_path / f"new.db{ending}").write_bytes(b"of an earlier book")
        (tmp_path / f"book.db{ending}").write_bytes(b"of another book")
    async with sqlite_copies.scratch(made.path, url, migrate=migrate, progress=quiet) as address:
        (tmp_path / "new.db").write_text("mine")
        with pytest.raises(TargetInUse):
            await sqlite_copies.place(address, url)
        (tmp_path / "new.db").unlink()
        with pytest.raises(PlaceBusy):
            async with sqlite_copies.scratch(made.path, url, migrate=migrate, progress=quiet):
                pass
        await sqlite_copies.place(address, url)
    assert len(rows(tmp_path / "new.db", "ledger_transaction")) == 3
    assert not (tmp_path / "new.db-wal").exists()
    assert (tmp_path / "book.db-wal").read_bytes() == b"of another book"
    assert not list(tmp_path.glob(".new*")), "the hidden place is still there"
    with pytest.raises(TargetInUse):
        await sqlite_copies.vacant(url)


async def test_the_newest_signed_head_is_read(tmp_path: Path) -> None:
    """Its size, root and note; the empty tree's when none was signed."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 3)
    path = tmp_path / "book.db"
    assert (sqlite_copies.head(path).signed_size, sqlite_copies.head(path).note) == (0, "")
    tamper(path, "ledger_checkpoint", "INSERT INTO ledger_checkpoint VALUES (2, zeroblob(32), 'note', '')")
    head = sqlite_copies.head(path)
    assert (head.size, head.signed_size, head.signed_root, head.note) == (3, 2, bytes(32), "note")
