"""A book on PostgreSQL comes back from its copies exactly, with its roles and guards, or it does not come at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from alembic_like_migrations.rooms import APPS
from ledger import audit, backups, heads, postgres_copies, restore, schema, shipping, tree
from ledger.backups import Backup
from ledger.book import Book
from ledger.checkpoints import Checkpoint
from ledger.errors import BookDamaged, CopyDamaged, NotContinuous, PlaceBusy, TargetInUse
from ledger.postgres import address_of
from ledger.postgres_dumps import Rows
from ledger.restore import Restored, Sources
from tests import books, postgres
from tests.ledger.copies import AT, fill, meter, quiet
from tests.ledger.drafts import CHART, draft, move, open_book
from tests.ledger.stories import KEY, VKEY

pytestmark = pytest.mark.anyio
LEDGER = {"ledger": APPS["ledger"]}
TABLES = ("ledger_account", "ledger_transaction", "ledger_posting", "ledger_tile", "ledger_checkpoint")


def opened(url: str) -> Any:
    """A book that is a ledger and nothing else."""
    return open_book(url, chart=CHART, apps=LEDGER)


async def migrate(url: str, *, upto: Mapping[str, str] | None = None) -> None:
    """Its tables."""
    await schema.migrate(url, LEDGER, upto=upto)


HOUSE = restore.House(open=opened, migrate=migrate, checks=())


@asynccontextmanager
async def fresh() -> AsyncIterator[Book]:
    """An empty one: its tables are made in half a second, those of a whole house in three."""
    async with opened(await postgres.make(("ledger",))) as book:
        yield book


async def take(url: str, folder: Path) -> Backup:
    """A backup."""
    return await asyncio.to_thread(backups.take, url, folder, at=AT, progress=quiet, verifying=quiet)


def named(url: str, name: str) -> str:
    """Another schema of the same database."""
    return url.replace("schema=book", f"schema={name}")


async def put(url: str, sources: Sources, name: str = "new") -> Restored:
    """Restore into another schema."""
    return await restore.restore(sources, named(url, name), house=HOUSE, meter=meter)


async def told(url: str, *statements: str) -> Any:
    """Tell the book's database something as an administrator; the answer to the last of it."""
    connection = await asyncpg.connect(address_of(url).dsn)
    try:
        for statement in statements[:-1]:
            await connection.execute(statement)
        return [tuple(row) for row in await connection.fetch(statements[-1])]
    finally:
        await connection.close()


async def schemas(url: str) -> set[str]:
    """The schemas that somebody made."""
    rows = await told(
        url, "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema|^public'"
    )
    return {name for (name,) in rows}


async def ledger_of(url: str, name: str) -> list[Any]:
    """Every row of the ledger's tables in a schema."""
    return [await told(url, f"SELECT * FROM {name}.{table} ORDER BY 1") for table in TABLES]


async def made(folder: Path) -> tuple[str, Backup, Checkpoint]:
    """A book with a backup of 300 entries and 320 shipped, of which the witness saw all."""
    async with fresh() as book:
        url = books.url_of(book)
        await fill(book, 300)
        await heads.checkpoint(book, KEY)
        backup = await take(url, folder / "copies")
        await fill(book, 20, first=301)
        await shipping.ship(book.reader, folder / "segments", progress=quiet)
        return url, backup, Checkpoint("", 320, await tree.root_at(book.reader, 320))


async def test_backup_and_segments_give_the_same_book(tmp_path: Path) -> None:
    """Row for row, in a schema with roles of its own; the book in use is as it was, and each can be written."""
    url, backup, seen = await made(tmp_path)
    assert (backup.engine, backup.size, backup.path.suffix) == ("postgres", 300, ".dump")
    before = await ledger_of(url, "book")
    restored = await put(url, Sources(backup, tmp_path / "segments", seen, VKEY))
    assert (restored.size, restored.from_segments, restored.well) == (320, 20, True)
    assert restored.root == seen.root.hex()
    assert await ledger_of(url, "new") == before == await ledger_of(url, "book")
    assert await schemas(url) == {"book", "new"}
    for name in ("book", "new"):
        async with opened(named(url, name)) as book:
            assert (await book.journal.post(draft("next", move("bank", "a", 1)))).position == 321


STANDS = """
SELECT (SELECT string_agg(DISTINCT r.rolname, ',') FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner
        WHERE c.relnamespace = 'new'::regnamespace) AS owners,
    (SELECT bool_or(rolcanlogin OR rolsuper) FROM pg_roles WHERE rolname IN ('new_owner', 'new_app')) AS may_log_in,
    (SELECT string_agg(DISTINCT privilege_type, ',') FROM information_schema.role_table_grants
        WHERE table_schema = 'new' AND grantee = 'new_app' AND table_name LIKE 'ledger%') AS may,
    (SELECT string_agg(DISTINCT tgenabled::text, ',') FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'new'::regnamespace AND NOT t.tgisinternal) AS enabled,
    (SELECT string_agg(DISTINCT proconfig::text, ',') FROM pg_proc WHERE pronamespace = 'new'::regnamespace) AS path,
    obj_description('new'::regnamespace, 'pg_namespace') AS comment"""


@pytest.mark.parametrize("before", ["nothing", "the roles", "an empty schema"])
async def test_roles_and_guards_are_right_whatever_was_there(tmp_path: Path, before: str) -> None:
    """The owner cannot log in, the application reads and inserts, every trigger is ALWAYS on, and the audit is clean;
    on a new server, where the roles still stand, and where an administrator prepared an empty schema."""
    url, backup, _ = await made(tmp_path)
    if before == "the roles":
        await put(url, Sources(backup))
        await told(url, "DROP SCHEMA new CASCADE", "SELECT 1")
    elif before == "an empty schema":
        await told(url, "CREATE SCHEMA new", "SELECT 1")
    assert (await put(url, Sources(backup))).well
    assert await told(url, STANDS) == [("new_owner", False, "INSERT,SELECT", "A", "{search_path=new}", None)]
    async with opened(named(url, "new")) as book:
        assert (await audit.run(book.reader, guards=book.guards, vkey=VKEY)).whole


async def test_an_owner_who_can_log_in_is_not_given_a_book(tmp_path: Path) -> None:
    """A role of that name that somebody may log in as could change the guards: nothing is placed."""
    url, backup, _ = await made(tmp_path)
    await told(url, "DROP ROLE IF EXISTS loose_owner", "CREATE ROLE loose_owner LOGIN", "SELECT 1")
    try:
        with pytest.raises(BookDamaged, match="权限"):
            await put(url, Sources(backup), "loose")
        assert await schemas(url) == {"book"}
    finally:
        await told(url, "DROP OWNED BY loose_owner", "DROP ROLE loose_owner", "SELECT 1")


async def test_nothing_is_put_over_a_book(tmp_path: Path) -> None:
    """Neither over one that stands, nor over a table that came while it was put together."""
    url, backup, _ = await made(tmp_path)
    before = await ledger_of(url, "book")
    with pytest.raises(TargetInUse):
        await put(url, Sources(backup), "book")
    migrate_first = HOUSE.migrate

    async def meanwhile(url: str, *, upto: Mapping[str, str] | None = None) -> None:
        await migrate_first(url, upto=upto)
        await told(
            url, "CREATE SCHEMA IF NOT EXISTS new; CREATE TABLE IF NOT EXISTS new.mine (a int)", "SELECT 1"
        )

    house = replace(HOUSE, migrate=meanwhile)
    with pytest.raises(TargetInUse):
        await restore.restore(Sources(backup), named(url, "new"), house=house, meter=meter)
    assert await told(url, "SELECT count(*) FROM new.mine") == [(0,)]
    assert await ledger_of(url, "book") == before
    assert await schemas(url) == {"book", "new"}


async def test_only_what_we_left_is_swept_away(tmp_path: Path) -> None:
    """A schema that a killed restore left goes; one of that name that is somebody's stays, and it is said."""
    url, backup, _ = await made(tmp_path)
    await told(url, "CREATE SCHEMA new_restoring", "CREATE TABLE new_restoring.mine (a int)", "SELECT 1")
    with pytest.raises(TargetInUse, match="new_restoring"):
        await put(url, Sources(backup))
    assert await told(url, "SELECT count(*) FROM new_restoring.mine") == [(0,)]
    await told(url, f"COMMENT ON SCHEMA new_restoring IS '{postgres_copies.SCRATCH}'", "SELECT 1")
    assert (await put(url, Sources(backup))).well
    assert await schemas(url) == {"book", "new"}


async def test_two_restores_to_one_place_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told that somebody is at it; the first goes on."""
    url, backup, _ = await made(tmp_path)
    monkeypatch.setattr(postgres_copies, "WAIT", "100ms")
    scratch = postgres_copies.scratch(backup.path, named(url, "new"), migrate=migrate, progress=quiet)
    async with scratch as address:
        with pytest.raises(PlaceBusy):
            await put(url, Sources(backup))
        await postgres_copies.place(address, named(url, "new"))
    assert await schemas(url) == {"book", "new"}


async def test_a_backup_is_made_while_others_write(tmp_path: Path) -> None:
    """Each has every entry that was acknowledged before it was asked for."""
    async with fresh() as book:
        stopped = asyncio.Event()

        async def post(caller: int) -> None:
            number = 0
            while not stopped.is_set():
                number += 1
                await book.journal.post(draft(f"{caller}/{number:06}", move("bank", "a", 1)))

        callers = [asyncio.ensure_future(post(caller)) for caller in range(4)]
        sizes = []
        for number in range(2):
            before = (await book.journal.post(draft(f"seen/{number}", move("bank", "a", 1)))).position
            sizes.append((await take(books.url_of(book), tmp_path / "copies")).size)
            assert sizes[-1] >= before
        stopped.set()
        await asyncio.gather(*callers)
    assert sizes[0] < sizes[1]


UNGUARDED = "SET session_replication_role = replica; ALTER TABLE book.{table} DISABLE TRIGGER ALL; "


async def tampered(folder: Path, table: str, change: str) -> str:
    """A book of five signed entries that an administrator changed."""
    async with fresh() as book:
        await fill(book, 5)
        await heads.checkpoint(book, KEY)
        url = books.url_of(book)
    await told(url, UNGUARDED.format(table=table), change, "SELECT 1")
    return url


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        (
            "ledger_transaction",
            "UPDATE book.ledger_transaction SET body = body || ' ' WHERE position = 3",
            "第 3 笔",
        ),
        ("ledger_transaction", "DELETE FROM book.ledger_transaction WHERE position = 2", "缺少第 2 笔"),
        ("ledger_transaction", "DELETE FROM book.ledger_transaction WHERE position = 5", "签过的检查点不同"),
        ("ledger_checkpoint", r"UPDATE book.ledger_checkpoint SET root = '\x00'", "签过的检查点不同"),
    ],
)
async def test_a_damaged_book_makes_no_backup(tmp_path: Path, table: str, change: str, said: str) -> None:
    """What does not hold together when it is read back gets no name, and nothing of it is left."""
    if "root" in change:
        change = change.replace(r"\x00", r"\x" + "00" * 32)
    url = await tampered(tmp_path, table, change)
    with pytest.raises(CopyDamaged, match=said):
        await take(url, tmp_path / "copies")
    assert list((tmp_path / "copies").iterdir()) == []


async def test_damage_that_was_backed_up_is_found(tmp_path: Path) -> None:
    """A posting changed before the backup: the audit names the row, and nothing is left on the server."""
    url = await tampered(
        tmp_path, "ledger_posting", "UPDATE book.ledger_posting SET amount = 4 WHERE id = 256"
    )
    restored = await put(url, Sources(await take(url, tmp_path / "copies")))
    assert (restored.placed, restored.well) == (False, False)
    assert any(finding.position == 1 for finding in restored.damage)
    assert await schemas(url) == {"book"}


async def test_another_history_and_another_engine_are_not_placed(tmp_path: Path) -> None:
    """What the witness saw was different; the backup is SQLite's, or the address is."""
    url, backup, seen = await made(tmp_path)
    assert (await put(url, Sources(backup, None, replace(seen, size=250)))).differs
    with pytest.raises(CopyDamaged, match="postgres"):
        await restore.restore(Sources(backup), f"sqlite://{tmp_path}/new.db", house=HOUSE, meter=meter)
    with pytest.raises(NotContinuous, match="清单"):
        await put(url, Sources(replace(backup, size=299)))
    assert await schemas(url) == {"book"}


async def test_nothing_in_a_backup_is_carried_out(tmp_path: Path) -> None:
    """Only rows are read, into tables that we know: a foreign table is refused, a foreign function is not made."""
    url, _, _ = await made(tmp_path)
    evil = "CREATE FUNCTION book.evil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    await told(
        url,
        evil,
        "CREATE TRIGGER evil BEFORE INSERT ON book.ledger_tile EXECUTE FUNCTION book.evil()",
        "SELECT 1",
    )
    with_function = await take(url, tmp_path / "one")
    assert (await put(url, Sources(with_function))).well
    assert (
        await told(url, "SELECT 1 FROM pg_proc WHERE pronamespace = 'new'::regnamespace AND proname = 'evil'")
        == []
    )
    await told(url, "CREATE TABLE book.extra AS SELECT 1 AS a", "SELECT 1")
    await told(url, "GRANT SELECT ON book.extra TO book_app", "SELECT 1")
    with pytest.raises(CopyDamaged, match="extra"):
        await put(url, Sources(await take(url, tmp_path / "two")), "newer")
    assert await schemas(url) == {"book", "new"}


async def test_the_tables_of_an_older_version_are_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made as they were, filled, and then migrated; of a version that we do not know nothing is made."""
    url = named(await postgres.make(("ledger",)), "older")
    await migrate(url, upto={"ledger": "0001_initial"})
    row = (
        "INSERT INTO older.ledger_checkpoint VALUES (0, '\\x"
        + tree.Frontier().root.hex()
        + "', 'note', 'now')"
    )
    await told(url, row, "SELECT 1")
    backup = await take(url, tmp_path / "copies")
    assert (await put(url.replace("schema=older", "schema=book"), Sources(backup))).placed
    async with opened(url.replace("schema=older", "schema=new")) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
    for unknown in (("ledger", "0999_later"), ("garden", "0001_initial")):
        monkeypatch.setattr(postgres_copies.postgres_dumps, "versions", lambda *_, one=unknown: [one])
        with pytest.raises(CopyDamaged, match="更新的积善簿"):
            await put(url.replace("schema=older", "schema=book"), Sources(backup), "never")
    assert await schemas(url) == {"book", "older", "new"}


def test_texts_come_in_order_however_they_lie() -> None:
    """A later batch may fill what a failed one left; a text that is missing is missing."""

    def rows(*positions: int) -> Rows:
        lines = (b"%d\tbody\t\\\\xff\n" % position for position in positions)
        return Rows("ledger_transaction", ("position", "body", "leaf"), lines)

    other = Rows("ledger_tile", ("id",), iter([b"1\n"]))
    read = postgres_copies._in_order(iter([other, rows(5, 1, 2, 6, 3, 4)]))
    assert list(read) == [(n, b"body", b"\xff") for n in range(1, 7)]
    assert [text[0] for text in postgres_copies._in_order(iter([rows(4, 1, 3)]))] == [1, 3, 4]


async def test_a_place_to_try_is_dropped_afterwards(tmp_path: Path) -> None:
    """On the server of the address, under the roles of its book; and only a server can lend one."""
    url, backup, _ = await made(tmp_path)
    async with postgres_copies.lent(tmp_path, url) as place:
        address = address_of(place)
        assert (address.schema, address.owner, address.borrowed) == ("book_drill", "book_owner", True)
        assert (await restore.restore(Sources(backup), place, house=HOUSE, meter=meter)).well
        async with opened(place) as book:
            assert (await book.journal.post(draft("tried", move("bank", "a", 1)))).position == 301
        assert await schemas(url) == {"book", "book_drill"}
    assert await schemas(url) == {"book"}
    with pytest.raises(BookDamaged, match="--book postgres"):
        async with postgres_copies.lent(tmp_path, f"sqlite://{tmp_path}/book.db"):
            pass
