"""What stands in a book's schema is held against the SQL files, and every way of changing it is seen or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncpg
import pytest

from alembic_like_migrations.guards import postgres_guard
from alembic_like_migrations.rooms import APPS
from ledger import audit, postgres_guards, schema
from ledger.errors import BookDamaged
from ledger.postgres import address_of
from tests import books, postgres
from tests.ledger.drafts import CHART, draft, fresh, move, open_book
from tests.test_migrations import OLD_BATCHES

pytestmark = pytest.mark.anyio


async def owner(book: Any) -> Any:
    """An administrator's connection to the book's schema."""
    return await asyncpg.connect(book.engine.address.dsn, server_settings={"search_path": "book"})


async def test_a_migrated_book_stands_as_its_files_say(tmp_path: Path) -> None:
    """Every statement of every SQL file is found in the catalogue, word for word."""
    async with fresh(tmp_path) as book:
        wanted = schema.guards(APPS, "postgres")
        assert schema.missing_from(await schema.present(book.reader), wanted) == []
        assert len(wanted) > 200
        assert wanted.keys() >= {"ledger_posting", "never_changed", "ledger_posting_no_update"}
        assert "always ledger_posting_no_truncate" in wanted


async def test_what_old_files_were_called_moves_there_too(tmp_path: Path) -> None:
    """As on SQLite: names move, endings stay, what an erasure did not reach goes, and the guard is back."""
    file = Path("alembic_like_migrations/events/0011_old_batch_names.postgres.sql")
    async with fresh(tmp_path) as book:
        connection = await owner(book)
        try:
            for batch, (name, day, _, _) in OLD_BATCHES.items():
                await connection.execute(
                    "INSERT INTO events_batch (id, kind, file_name, file_digest, started_at)"
                    f" VALUES ('{batch}', 'members', '{name}', 'x', '{day} 03:04:05+00')"
                )
            await connection.execute("INSERT INTO events_batch_name VALUES ('of today', '今天.csv')")
            await connection.execute(
                "INSERT INTO people_member_erasure (member, erased_on, asked_by, approved_by, reason, reference)"
                " VALUES ('V-000001', '2024-03-01', 'S-0001', 'S-0002', 'asked', 'x')"
            )
            async with connection.transaction():
                for statement in schema.statements(file):
                    await connection.execute(statement)
            rows = await connection.fetch(
                "SELECT b.id, n.name, b.file_name FROM events_batch AS b"
                " LEFT JOIN events_batch_name AS n ON n.batch = b.id"
            )
        finally:
            await connection.close()
        assert {row[0]: (row[1], row[2]) for row in rows} == {
            batch: (name, ending) for batch, (_, _, name, ending) in OLD_BATCHES.items()
        }
        wanted = schema.guards(APPS, "postgres")
        assert schema.missing_from(await schema.present(book.reader), wanted) == []


def test_both_dialects_guard_the_same_tables() -> None:
    """A table that is insert-only on one engine is insert-only on the other, and none may be emptied."""
    sqlite, other = schema.guards(APPS, "sqlite"), schema.guards(APPS, "postgres")
    guarded = {name.removesuffix("_no_update") for name in sqlite if name.endswith("_no_update")}
    for event in ("update", "delete", "truncate"):
        assert {name for name in other if name.endswith(f"_no_{event}") and " " not in name} == {
            f"{table}_no_{event}" for table in guarded
        }
    assert {name for name in other if name.startswith("always ")} == {
        f"always {table}_no_{event}" for table in guarded for event in ("update", "delete", "truncate")
    }


def test_the_files_are_what_the_guards_script_writes() -> None:
    """Nobody edited a trigger by hand, and every guarded table has all of its own."""
    written = "\n".join(
        file.read_text()
        for app in APPS.values()
        for file in sorted(Path(*str(app["migrations"]).split(".")).glob("*.postgres.sql"))
    )
    tables = [
        name for name in schema.guards(APPS, "postgres") if name.endswith("_no_update") and " " not in name
    ]
    for name in tables:
        assert postgres_guard(name.removesuffix("_no_update")) in written, name


DAMAGE = [
    "DROP TRIGGER ledger_posting_no_update ON ledger_posting",
    "ALTER TABLE ledger_posting DISABLE TRIGGER ledger_posting_no_update",
    "ALTER TABLE ledger_posting ENABLE TRIGGER ledger_posting_no_update",
    "ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_amount_check",
    "ALTER TABLE ledger_posting DROP CONSTRAINT ledger_posting_source_version_key",
    "ALTER TABLE ledger_transaction ALTER COLUMN body DROP NOT NULL",
    "ALTER TABLE ledger_transaction ALTER COLUMN kind TYPE text COLLATE pg_catalog.default",
    "DROP INDEX ledger_transaction_evidence",
    (
        "CREATE OR REPLACE FUNCTION never_changed() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT "
        "AS 'BEGIN RETURN NEW; END'"
    ),
    "ALTER FUNCTION never_changed() RESET search_path",
    (
        "CREATE TRIGGER swallow BEFORE INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION "
        "suppress_redundant_updates_trigger()"
    ),
    "CREATE RULE swallow AS ON INSERT TO people_member DO INSTEAD NOTHING",
    "GRANT UPDATE ON ledger_posting TO book_app",
    "GRANT TRUNCATE ON events_event TO book_app",
    "ALTER TABLE ledger_posting OWNER TO book_app",
]


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_book_whose_guards_were_touched_does_not_open(tmp_path: Path, damage: str) -> None:
    """The owner can do all of it; the audit names it, and the book does not open again."""
    async with fresh(tmp_path) as book:
        connection = await owner(book)
        if "OWNER TO" in damage:
            await connection.execute("GRANT CREATE ON SCHEMA book TO book_app")
        await connection.execute(damage)
        await connection.close()
        report = await audit.run(book.reader, [audit.guards_are_in_place], guards=book.guards)
        assert not report.whole
        with pytest.raises(BookDamaged):
            async with open_book(books.url_of(book), chart=CHART, apps=APPS):
                pass


async def test_nothing_written_can_be_changed(tmp_path: Path) -> None:
    """Not by the application's role, which has no right to; nor by an administrator whom the triggers stop."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
        connection = await owner(book)
        for statement in (
            "UPDATE ledger_posting SET amount = 2",
            "DELETE FROM ledger_transaction",
            "TRUNCATE ledger_posting",
            "INSERT INTO ledger_account SELECT * FROM ledger_account ON CONFLICT (id) DO UPDATE SET floor = 0",
        ):
            with pytest.raises(asyncpg.RaiseError, match="never changed"):
                await connection.execute(statement)
            await connection.execute("SET session_replication_role = replica")
            with pytest.raises(asyncpg.RaiseError, match="never changed"):
                await connection.execute(statement)
            await connection.execute("RESET session_replication_role")
            await connection.execute("SET ROLE book_app")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute("SET session_replication_role = replica")
            await connection.execute("RESET ROLE")
        await connection.close()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"version": 140000}, "15"),
        ({"collation": "zh_CN.UTF-8"}, "locale=C"),
        ({"encoding": "SQL_ASCII"}, "UTF8"),
        ({"fsync": "off"}, "fsync"),
        ({"commit": "off"}, "commit"),
        ({"pages": "off"}, "pages"),
    ],
)
def test_a_server_that_does_not_keep_what_it_is_given_is_refused(given: dict[str, Any], said: str) -> None:
    """Version, collation and the settings without which an acknowledged commit is not durable."""
    good = {
        "version": 150000,
        "commit": "on",
        "fsync": "on",
        "pages": "on",
        "collation": "C",
        "encoding": "UTF8",
    }
    assert postgres_guards._problem(good) == ""
    assert said in postgres_guards._problem(good | given)


async def test_a_database_that_sorts_otherwise_is_refused(tmp_path: Path) -> None:
    """Where text is not compared by its code points, the ranges that find accounts would miss some."""
    name = (await postgres.make()).partition("?")[0].rpartition("/")[2]
    await postgres.command(
        f"CREATE DATABASE {name}_x TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'zh'"
    )
    try:
        with pytest.raises(BookDamaged, match="createdb"):
            await schema.migrate(postgres.address(f"{name}_x"), APPS)
    finally:
        await postgres.command(f"DROP DATABASE {name}_x")
    assert address_of(postgres.address(name)).schema == "book"
