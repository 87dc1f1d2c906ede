"""Addresses on PostgreSQL, our SQL as it is spoken there, and the clients of its connections."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest
from tortoise.exceptions import TransactionManagementError

from ledger.errors import BookDamaged, Busy
from ledger.postgres import address_of, is_address, spoken
from tests.ledger.drafts import draft, fresh, move

pytestmark = [pytest.mark.anyio]


def test_an_address_names_its_hosts_and_its_schema() -> None:
    """Several hosts, a schema, and only servers that may be written; the password is never shown."""
    given = (
        "postgres://user:secret@h1:5432,h2:5433/city?schema=district_440310&target_session_attrs=read-write"
    )
    address = address_of(given)
    assert address.schema == "district_440310"
    assert address.target == "primary", "a pool of readers asks for read-only sessions, on the primary"
    assert address.dsn == "postgres://user:secret@h1:5432,h2:5433/city"
    assert str(address) == "postgres://h1:5432,h2:5433/city?schema=district_440310"
    assert (address.owner, address.application) == ("district_440310_owner", "district_440310_app")
    assert address_of(address.url).schema == address.schema
    assert is_address(given)
    assert not is_address("sqlite://jishan.db")


@pytest.mark.parametrize(
    "url",
    [
        "postgres://h/db",
        "postgres://h/db?schema=",
        "postgres://h/db?schema=pg_catalog",
        "postgres://h/db?schema=a;drop",
        "postgres://h/db?schema=Upper",
        "postgres://h/?schema=book",
    ],
)
def test_an_address_without_a_plain_schema_is_refused(url: str) -> None:
    """The schema's name is part of statements and of roles' names, so it may hold nothing that needs quoting."""
    with pytest.raises(BookDamaged, match="schema="):
        address_of(url)


def test_our_sql_is_translated_outside_of_quotes() -> None:
    """Marks get numbers, lists become elements of JSON; a question in a text stays one."""
    assert spoken("SELECT a FROM t WHERE b = ? AND c = '?' AND \"d?\" = ?") == (
        "SELECT a FROM t WHERE b = $1 AND c = '?' AND \"d?\" = $2"
    )
    assert spoken("x IN (SELECT value FROM json_each(?)) AND y = ?") == (
        "x IN (SELECT jsonb_array_elements_text(CAST($1 AS jsonb))) AND y = $2"
    )
    assert spoken("FROM json_each(?) AS wanted") == "FROM jsonb_array_elements(CAST($1 AS jsonb)) AS wanted"
    assert spoken("SELECT 1") == "SELECT 1"


async def test_a_reader_cannot_write(tmp_path: Path) -> None:
    """Its sessions are read only, and its role could not change a ledger table anyway."""
    async with fresh(tmp_path) as book:
        with pytest.raises(TransactionManagementError, match="read-only"):
            await book.reader.execute_query("INSERT INTO ledger_checkpoint VALUES (1, '', '', '')")


async def test_sums_are_whole_numbers_and_bytes_are_bytes(tmp_path: Path) -> None:
    """PostgreSQL calls a sum numeric; nobody above the client sees a decimal."""
    async with fresh(tmp_path) as book:
        receipt = await book.journal.post(draft("one", move("bank", "a", 7)))
        rows = await book.reader.execute_query_dict("SELECT sum(amount) AS n FROM ledger_posting")
        assert (rows[0]["n"], type(rows[0]["n"])) == (7, int)
        rows = await book.reader.execute_query_dict("SELECT leaf FROM ledger_transaction")
        assert rows[0]["leaf"] == receipt.leaf


async def test_a_read_survives_its_connection(tmp_path: Path) -> None:
    """Somebody ends every session of the book: the next reads and posts are answered."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("before", move("bank", "a", 1)))
        await end_sessions(book.reader.address.dsn)
        answers = await asyncio.gather(*(book.reader.execute_query_dict("SELECT 1 AS n") for _ in range(8)))
        assert [rows[0]["n"] for rows in answers] == [1] * 8
        await end_sessions(book.reader.address.dsn)
        receipt = await book.journal.post(draft("after", move("bank", "a", 1)))
        assert receipt.position == 2


async def test_no_server_is_busy_not_an_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read that finds nobody, even asked again, says that it is too busy now."""
    async with fresh(tmp_path) as book:

        def gone() -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr(book.reader, "acquire_connection", gone)
        with pytest.raises(Busy):
            await book.reader.execute_query_dict("SELECT 1")
        monkeypatch.undo()


async def end_sessions(dsn: str) -> None:
    """As an administrator would."""
    administrator = await asyncpg.connect(dsn)
    try:
        await administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await administrator.close()
