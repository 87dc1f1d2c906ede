"""Who may do what in a book on PostgreSQL, and who may make one."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from alembic_like_migrations.guards import ERASABLE, MUTABLE
from alembic_like_migrations.rooms import APPS
from ledger import postgres_roles
from ledger.errors import BookDamaged
from ledger.postgres import address_of
from tests import books, postgres
from tests.ledger.drafts import CHART, draft, fresh, move, open_book

pytestmark = pytest.mark.anyio
ours_alone = pytest.mark.skipif(
    bool(postgres.ELSEWHERE), reason="logins are another server's administrator's affair"
)

RIGHTS = """
SELECT table_name, string_agg(privilege_type, ',' ORDER BY privilege_type) AS may
FROM information_schema.role_table_grants WHERE table_schema = 'book' AND grantee = 'book_app' GROUP BY table_name"""


async def test_rows_that_stay_may_only_be_inserted(tmp_path: Path) -> None:
    """SELECT and INSERT everywhere; UPDATE and DELETE only where rows come and go, or name a person."""
    async with fresh(tmp_path) as book:
        rights = {row["table_name"]: row["may"] for row in await book.reader.execute_query_dict(RIGHTS)}
    more = {table for table, may in rights.items() if may == "DELETE,INSERT,SELECT,UPDATE"}
    assert {table for table, may in rights.items() if may == "INSERT,SELECT"} | more == rights.keys() - {
        "tortoise_migrations"
    }
    assert rights["tortoise_migrations"] == "SELECT"
    assert more == (MUTABLE | ERASABLE) & rights.keys() - {"tortoise_migrations"}


@ours_alone
async def test_somebody_who_is_only_a_member_writes_the_book(tmp_path: Path) -> None:
    """A login that is a member of the application role, and nothing else, opens and posts, but cannot migrate."""
    async with fresh(tmp_path) as book:
        url = books.url_of(book)
        await postgres.command(
            "DO $$ BEGIN CREATE ROLE clerk LOGIN PASSWORD 'secret'; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            "GRANT book_app TO clerk",
        )
        name = url.replace("postgres://postgres@", "postgres://clerk:secret@")
        async with open_book(name, chart=CHART, apps=APPS) as theirs:
            await theirs.journal.post(draft("one", move("bank", "a", 1)))
        connection = await asyncpg.connect(address_of(name).dsn)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("SET ROLE book_owner")
        await connection.close()


@ours_alone
async def test_whoever_may_not_make_roles_is_told_what_an_administrator_runs(tmp_path: Path) -> None:
    """The statements are in the refusal; once they were run, an owner who is no administrator can migrate."""
    async with fresh(tmp_path) as book:
        database = books.url_of(book).partition("?")[0].rpartition("/")[2]
    url = postgres.address(database, schema="theirs").replace("postgres@", "builder@")
    address = address_of(url)
    await postgres.command(
        "DO $$ BEGIN CREATE ROLE builder LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    with pytest.raises(BookDamaged, match="CREATE ROLE theirs_owner NOLOGIN"):
        await postgres_roles.migrate(address, APPS)
    administrator = await asyncpg.connect(address_of(postgres.address(database)).dsn)
    for statement in postgres_roles.setting_up(address):
        await administrator.execute(statement.replace("CURRENT_USER", "builder"))
    await administrator.close()
    await postgres_roles.migrate(address, APPS)
    async with open_book(url, chart=CHART, apps=APPS) as theirs:
        assert (await theirs.journal.post(draft("one", move("bank", "a", 1)))).position == 1


async def test_a_migration_may_run_again(tmp_path: Path) -> None:
    """The second time it changes nothing."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
        await postgres_roles.migrate(book.engine.address, APPS)
        assert (await book.journal.post(draft("two", move("bank", "a", 1)))).position == 2
