"""What the application's own connections refuse, and that their settings are asserted."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from tortoise.exceptions import OperationalError

from ledger import sqlite
from ledger.errors import BookDamaged, Busy, NoSpace, ReadOnly
from ledger.sqlite import BookClient, address_of, storage_error, to_the_end
from tests import books
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio

DENIED = [
    "UPDATE ledger_account SET floor = NULL",
    "UPDATE LEDGER_ACCOUNT SET floor = NULL",
    'UPDATE "main"."ledger_posting" SET amount = 1',
    "DELETE FROM ledger_posting",
    "INSERT INTO ledger_account VALUES (1, 'x', 'points', 0, 1) ON CONFLICT (id) DO UPDATE SET floor = NULL",
    "WITH gone AS (SELECT 1) DELETE FROM ledger_transaction",
    "DROP TABLE ledger_tile",
    "DROP TRIGGER ledger_account_no_update",
    "DROP INDEX ledger_transaction_evidence",
    "ALTER TABLE ledger_account RENAME TO gone",
    "ALTER TABLE ledger_account ADD COLUMN more TEXT",
    "CREATE TABLE more (id INTEGER)",
    "CREATE TEMP TABLE more (id INTEGER)",
    "CREATE TEMP TRIGGER more BEFORE INSERT ON main.ledger_posting BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER more BEFORE INSERT ON ledger_posting BEGIN SELECT RAISE(IGNORE); END",
    "CREATE VIEW more AS SELECT 1",
    "CREATE VIRTUAL TABLE more USING fts5(text)",
    "ATTACH ':memory:' AS more",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "REINDEX",
    "ANALYZE",
    "PRAGMA synchronous = OFF",
    "PRAGMA synchronous(0)",
    "PRAGMA main.journal_mode = DELETE",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA user_version = 7",
    "DELETE FROM sqlite_master",
]


@pytest.mark.parametrize("statement", DENIED)
async def test_the_writer_may_not(statement: str, tmp_path: Path) -> None:
    """On the connection that writes, the statement is not even compiled."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))
        with pytest.raises(
            sqlite3.DatabaseError, match=r"not authorized|authorization denied|prohibited|may not be modified"
        ):
            await book.engine.writer.connection.execute_fetchall(statement)


async def test_replacing_is_refused_by_triggers_on_the_writer_too(tmp_path: Path) -> None:
    """INSERT OR REPLACE is an INSERT to the authorizer; the triggers refuse it."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))
        async with book.write() as client:
            with pytest.raises(Exception, match="ledger_account has that row already"):
                await client.execute_query(
                    "INSERT OR REPLACE INTO ledger_account VALUES (9, 'box/a', 'points', NULL, 1)"
                )


async def test_the_reader_may_only_read(tmp_path: Path) -> None:
    """An INSERT on the connection for queries is refused."""
    async with fresh(tmp_path) as book:
        with pytest.raises(OperationalError, match="readonly"):
            await book.reader.execute_query("INSERT INTO ledger_account VALUES (9, 'box/x', 'points', 0, 1)")


@pytest.mark.parametrize("pragma", ["journal_mode", "synchronous", "foreign_keys", "recursive_triggers"])
async def test_settings_are_asserted_not_hoped_for(
    pragma: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setting that did not take, as on a network file system, keeps the book closed and is named."""
    await books.make(tmp_path)
    weaker = {"journal_mode": "DELETE", "synchronous": "NORMAL"}.get(pragma, "OFF")
    monkeypatch.setitem(sqlite._PRAGMAS, pragma, weaker)
    client = BookClient(str(tmp_path / "book.db"), read_only=False, connection_name="writer")
    with pytest.raises(BookDamaged, match=pragma):
        await client.create_connection(with_db=True)


async def test_both_connections_are_durable(tmp_path: Path) -> None:
    """synchronous=FULL, WAL and recursive triggers stand on reader and writer."""
    async with fresh(tmp_path) as book:
        for client in (book.reader, book.engine.writer):
            rows = [
                list(await client.connection.execute_fetchall(f"PRAGMA {name}"))
                for name in ("synchronous", "journal_mode", "recursive_triggers")
            ]
            assert [row[0][0] for row in rows] == [2, "wal", 1]


@pytest.mark.parametrize("name", ["a b.db", "100%41.db", "what?.db", "x#y.db", "积善.db"])
async def test_a_path_may_hold_any_character(name: str, tmp_path: Path) -> None:
    """The file that is opened is the one that is named."""
    async with fresh(tmp_path, name) as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))
    with sqlite3.connect(address_of(tmp_path / name, mode="ro"), uri=True) as file:
        assert file.execute("SELECT count(*) FROM ledger_transaction").fetchone() == (1,)
    file.close()


async def test_work_goes_to_its_end_though_cancelled() -> None:
    """The caller is cancelled when the work is done; an error of the work is told instead."""
    done: list[str] = []

    async def work(fails: bool) -> None:
        await asyncio.sleep(0.01)
        done.append("done")
        if fails:
            raise NoSpace

    for fails, raised in ((False, asyncio.CancelledError), (True, NoSpace)):
        task = asyncio.ensure_future(to_the_end(work(fails)))
        for _ in range(3):
            await asyncio.sleep(0)
            task.cancel()
        with pytest.raises(raised):
            await task
    assert done == ["done", "done"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_FULL, NoSpace),
        (sqlite3.SQLITE_READONLY_DBMOVED, ReadOnly),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy),
        (sqlite3.SQLITE_LOCKED, Busy),
        (sqlite3.SQLITE_IOERR_READ, BookDamaged),
        (sqlite3.SQLITE_CORRUPT, BookDamaged),
    ],
)
def test_what_the_disk_does_has_a_name(code: int, kind: type[Exception]) -> None:
    """Extended codes count as what they extend."""
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert type(storage_error(error)) is kind
