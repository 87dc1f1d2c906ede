"""An embedded book's engine: what it checks when it opens, who writes, and what it knows after a doubtful commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import BookDamaged, ReadOnly
from ledger.sqlite_engine import SqliteEngine, connections_of
from tests.ledger.drafts import CHART, draft, fresh, move

pytestmark = pytest.mark.anyio


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Opening is not founding."""
    with pytest.raises(BookDamaged, match="jishan init"):
        SqliteEngine(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_only_one_of_the_connections_writes(tmp_path: Path) -> None:
    """Tortoise is told so, by their names."""
    made = connections_of(tmp_path / "book.db")
    assert {name: one["credentials"]["read_only"] for name, one in made.items()} == {
        "writer": False,
        "reader": True,
    }


async def test_what_was_written_is_found_by_a_new_connection(tmp_path: Path) -> None:
    """After a commit in doubt the file is opened anew, and says which references it holds."""
    async with fresh(tmp_path) as book:
        known, unknown = draft("known", move("bank", "a", 1)), draft("unknown", move("bank", "a", 1))
        await book.journal.post(known)
        before = book.engine.writer.connection
        state = await book.engine.look_up(CHART, [known, unknown])
        assert state.references.keys() == {"t/known"}
        assert book.engine.writer.connection is not before
        assert (await book.journal.post(unknown)).position == 2


async def test_a_reason_not_to_write_holds_for_every_writer(tmp_path: Path) -> None:
    """It is the turnstile's, which all of them pass."""
    async with fresh(tmp_path) as book:
        book.engine.read_only = "演练"
        assert book.engine.turnstile.read_only == book.journal.read_only == "演练"
        with pytest.raises(ReadOnly, match="演练"):
            async with book.write():
                pass
