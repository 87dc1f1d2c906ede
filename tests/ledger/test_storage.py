"""What a batch writes beside its texts: tiles when they fill up, floors as they were opened, in few statements."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from ledger import merkle
from ledger.accounts import Chart, Rule
from ledger.errors import BelowFloor, RowConflict
from ledger.models import LedgerCheckpoint
from ledger.transactions import Draft
from tests import books
from tests.attack import consistency
from tests.figures import figure
from tests.ledger.drafts import CHART, draft, fresh, move, opened

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("before", [0, 250, 65_530])
async def test_tiles_are_written_when_they_fill_up(before: int, tmp_path: Path) -> None:
    """Whatever stood before, after more postings the stored tiles are those of all leaves, on every level."""
    await books.make(tmp_path)
    path = tmp_path / "book.db"
    leaves = [hashlib.sha256(str(n).encode()).digest() for n in range(before)]
    fill(path, leaves)
    async with opened(path) as book:
        for start in range(3):
            await book.journal.post_all([draft(f"{start}/{n}", move("bank", "a", 1)) for n in range(100)])
    with sqlite3.connect(path) as file:
        leaves = [leaf for (leaf,) in file.execute("SELECT leaf FROM ledger_transaction ORDER BY position")]
        stored = file.execute(
            'SELECT level, "index", hashes FROM ledger_tile ORDER BY level, "index"'
        ).fetchall()
    file.close()
    assert len(leaves) == before + 300
    wanted = merkle.completed_tiles(0, leaves, partial=b"", stored=lambda *_: [])
    assert stored == sorted((tile.level, tile.index, tile.hashes) for tile in wanted)
    assert len(stored) == {0: 1, 250: 2, 65_530: 258}[before]


def fill(path: Path, leaves: list[bytes]) -> None:
    """Transactions without postings, and their tiles, as they would stand in a long book."""
    rows = [
        (
            n,
            f"f/{n}",
            "x" * 71,
            "act",
            "note",
            "1",
            None,
            "2018-07-04",
            "2018-07-04T00:00:00.000000Z",
            b"{}",
            leaf,
        )
        for n, leaf in enumerate(leaves, 1)
    ]
    tiles = merkle.completed_tiles(0, leaves, partial=b"", stored=lambda *_: []) if leaves else []
    with sqlite3.connect(path) as file:
        file.executemany(f"INSERT INTO ledger_transaction VALUES ({','.join('?' * 11)})", rows)
        values = [(tile.level << 40 | tile.index, tile.level, tile.index, tile.hashes) for tile in tiles]
        file.executemany("INSERT INTO ledger_tile VALUES (?, ?, ?, ?)", values)
    file.close()


async def test_an_account_keeps_the_floor_it_was_opened_with(tmp_path: Path) -> None:
    """A chart that changes later changes no account that exists; a new account follows it."""
    loose = Chart(
        (*(r for r in CHART.rules if r.pattern != "box/{name}"), Rule("box/{name}", "points", floor=None))
    )
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))
    async with opened(tmp_path / "book.db", chart=loose) as book:
        with pytest.raises(BelowFloor):
            await book.journal.post(draft("2", move("a", "bank", 2)))
        await book.journal.post(draft("3", move("new", "bank", 2)))
    async with opened(tmp_path / "book.db") as book:
        await book.journal.post(draft("4", move("new", "bank", 2)))


async def test_a_batch_takes_a_constant_number_of_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten drafts or two hundred, with corrections among them: the same statements."""
    counts = []
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("open", move("bank", "a", 1)))
        for size in (10, figure(short=200, full=500)):
            seen: list[str] = []
            await book.engine.writer.connection.set_trace_callback(seen.append)
            gives = [draft(f"{size}/g/{n}", move("bank", f"b{size}-{n}", 1)) for n in range(size)]
            backs = [
                draft(f"{size}/b/{n}", move(f"b{size}-{n}", "bank", 1), reverses=f"{size}/g/{n}")
                for n in range(5)
            ]
            await book.journal.post_together(gives[:-5])
            await book.journal.post_together(backs)
            await book.engine.writer.connection.set_trace_callback(lambda _: None)
            counts.append(sum(not one.lstrip().startswith(("INSERT", "--")) for one in seen))
    assert counts[0] == counts[1] < 20


async def test_an_account_that_was_rolled_back_is_opened_anew(tmp_path: Path) -> None:
    """Numbers are remembered of accounts that stand, never of those a failed batch would have opened."""

    def with_row(reference: str) -> Draft:
        row = LedgerCheckpoint(size=7, root=b"\0" * 32, note="note", signed_at="now")
        return draft(reference, move("bank", "a", 1), rows=(row,))

    async with fresh(tmp_path) as book:
        async with book.write() as client:
            await with_row("first").rows[0].save(using_db=client, force_create=True)
        with pytest.raises(RowConflict):
            await book.journal.post(with_row("falls"))
        for n in range(3):
            await book.journal.post(draft(f"other/{n}", move("bank", f"b{n}", 1), move("bank", "a", 1)))
    assert consistency.check(tmp_path / "book.db") == 3


async def test_what_is_remembered_is_not_read_again(tmp_path: Path) -> None:
    """A batch that follows one of ours asks for no account; the refusal in it knows how they stand all the same."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("1", move("bank", "a", 5)))
        seen: list[str] = []
        await book.engine.writer.connection.set_trace_callback(seen.append)
        await book.journal.post(draft("2", move("a", "bank", 3)))
        with pytest.raises(BelowFloor):
            await book.journal.post(draft("3", move("a", "bank", 3)))
        await book.engine.writer.connection.set_trace_callback(lambda _: None)
        assert not [one for one in seen if "json_each" in one and "ledger_transaction" not in one]
    assert consistency.check(tmp_path / "book.db") == 2


@pytest.mark.parametrize("count", [1, 64, 137])
async def test_every_row_is_written_whatever_the_number(count: int, tmp_path: Path) -> None:
    """None is left out, none twice, in order."""
    async with fresh(tmp_path) as book:
        drafts = [draft(f"{n}", move("bank", f"b{n}", n + 1)) for n in range(count)]
        receipts = await book.journal.post_together(drafts)
        assert [receipt.position for receipt in receipts] == list(range(1, count + 1))
        rows = await book.reader.execute_query_dict("SELECT amount FROM ledger_posting ORDER BY id")
        assert [row["amount"] for row in rows] == list(range(1, count + 1))
    assert consistency.check(tmp_path / "book.db") == count
