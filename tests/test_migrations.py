"""The schema is what the models say, and every table that must only grow refuses everything else, by itself."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.models import Model

from alembic_like_migrations.guards import ERASABLE, MUTABLE, guard, unique_keys
from alembic_like_migrations.rooms import APPS
from ledger import schema
from points import district
from tests import books

KEPT_BY_SQLITE = re.compile(r"sqlite_")


@pytest.fixture(scope="module")
def template() -> Path:
    """A freshly migrated book."""
    return asyncio.run(books.template())


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection to a copy, as somebody with a shell has it, with recursive triggers on."""
    path = tmp_path / "book.db"
    path.write_bytes(template.read_bytes())
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA recursive_triggers=ON")
        connection.execute("PRAGMA foreign_keys=OFF")
        yield connection


def tables(connection: sqlite3.Connection) -> list[str]:
    """The tables of a book."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return sorted(name for name in names if not KEPT_BY_SQLITE.match(name))


def guarded(connection: sqlite3.Connection) -> list[str]:
    """The tables that are only inserted into."""
    return [name for name in tables(connection) if name not in MUTABLE | ERASABLE]


async def changes(apps: dict[str, dict[str, Any]]) -> list[object]:
    """What a new migration would have to change, by Tortoise's own detector."""
    async with TortoiseContext() as context:
        connections = {"writer": "sqlite://:memory:"}
        await context.init(config={"connections": connections, "apps": apps, "use_tz": True})
        assert context.apps is not None
        return list(await MigrationAutodetector(context.apps, apps).changes())


def test_models_and_migrations_do_not_drift() -> None:
    """Nothing would have to change; a room whose migrations are left out would be noticed."""
    assert asyncio.run(changes(APPS)) == []
    without = APPS | {"evidence": {**APPS["evidence"], "migrations": "tests.vectors"}}
    assert len(asyncio.run(changes(without))) == 1


def test_migrating_again_changes_nothing(template: Path, tmp_path: Path) -> None:
    """A second `migrate` leaves the schema and what was applied as they were."""
    path = tmp_path / "book.db"
    path.write_bytes(template.read_bytes())
    before = dump(path)
    asyncio.run(district.migrate(path))
    assert dump(path) == before


def dump(path: Path) -> list[object]:
    """The whole schema and the migrations applied."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        objects = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        applied = "SELECT app, name FROM tortoise_migrations ORDER BY app, name"
        return objects.fetchall() + connection.execute(applied).fetchall()


def test_the_tables_that_may_change_are_these(file: sqlite3.Connection) -> None:
    """Whoever adds a table decides what it is; a table without guards is on one of two short lists."""
    rows = file.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name")
    with_guards = {name for (name,) in rows}
    assert with_guards == set(guarded(file))
    assert {name for name in MUTABLE | ERASABLE if name not in tables(file)} == set()
    assert len(with_guards) > 30


def test_every_table_has_its_three_guards_over_every_key(file: sqlite3.Connection) -> None:
    """The triggers are, word for word, those that today's unique keys call for."""
    for table in guarded(file):
        rows = file.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", [table])
        present = {sql.rstrip(";").strip() for (sql,) in rows if f"TRIGGER {table}_stands" not in sql}
        wanted = {one.strip().rstrip(";") for one in guard(file, table).split("\n\n")}
        assert present == wanted, f"write the guards of {table} anew"


def test_every_statement_beside_a_migration_is_looked_for() -> None:
    """What a SQL file creates is on the list that opening a book checks; of a trigger in new words, the newest."""
    folder = Path(__file__).parent.parent / "alembic_like_migrations"
    files = [path for room in APPS for path in sorted((folder / room).glob("*.sqlite.sql"))]
    statements = [statement for path in files for statement in schema.statements(path)]
    replaced = [each for each in statements if each.startswith("DROP TRIGGER")]
    dropped = [each.split()[-1].rstrip(";") for each in statements if each.startswith("DROP TABLE")]
    gone = [each for each in statements if any(f" ON {table}\n" in each for table in dropped)]
    unasked = [each for each in statements if each.startswith("DROP INDEX idx_")]  # Tortoise made them
    assert (len(dropped), len(gone), len(unasked)) == (1, 3, 5)
    moved = [each for each in statements if each.startswith(("INSERT ", "UPDATE "))]
    left = len(statements) - 2 * len(replaced) - len(dropped) - len(gone) - len(unasked) - len(moved)
    assert left == len(schema.guards(APPS)) > 100


def insert(connection: sqlite3.Connection, table: str, verb: str = "INSERT", **other: object) -> None:
    """One row with something in every column that fits its type and its checks."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    values = {name: sample(name, kind) for _, name, kind, *_ in columns} | other
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"{verb} INTO {table} ({names}) VALUES ({marks})", [*values.values()])


def sample(name: str, kind: str) -> object:
    """A value of a column's type."""
    special = {
        "reverses": 300,
        "position": 301,
        "request": "x" * 71,
        "effective_on": "2018-07-04",
        "size": 300,
    }
    lengths = {
        "recorded_at": "x" * 27,
        "checked_at": "x" * 27,
        "leaf": b"x" * 32,
        "root": b"x" * 32,
        "hashes": b"x" * 8192,
        "target": 301,
    }
    special |= {"floor": 0, "level": 1, "id": 300 if "INT" in kind else "300"} | lengths
    if name in special:
        return special[name]
    return 300 if "INT" in kind else b"x" if kind == "BLOB" else "300"


def test_no_statement_gets_past_the_triggers(file: sqlite3.Connection) -> None:
    """UPDATE, DELETE and every INSERT that would replace are refused on a bare connection, by every unique key."""
    tried = 0
    asking = (
        "awards_in_line_stands",
        "awards_second_look_answer_stands",
        "awards_share_vesting_stands",
        "awards_year_close_stands",
        "awards_year_refusal_stands",
        "market_redemption_part_stands",
        "openness_freeze_stands",
    )
    for name in asking:
        file.execute(f"DROP TRIGGER {name}")  # they ask other tables first: the tests of their rooms try them
    for table in guarded(file):
        insert(file, table)
        column = file.execute(f"PRAGMA table_info({table})").fetchone()[1]
        before = file.execute(f"SELECT * FROM {table}").fetchall()
        attacks = [f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"]
        for statement in [*attacks, attacks[0].replace("UPDATE", "UPDATE OR REPLACE")]:
            with pytest.raises(sqlite3.IntegrityError, match=f"{table} is never"):
                file.execute(statement)
        for key in unique_keys(file, table):
            apart = {name: other(name, kind) for _, name, kind, *_ in columns(file, table) if name not in key}
            for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT"):
                with pytest.raises(sqlite3.IntegrityError, match=f"{table} has that row already"):
                    insert(file, table, verb, **apart)
                tried += 1
        assert file.execute(f"SELECT * FROM {table}").fetchall() == before
    assert tried > 120


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[int, str, str]]:
    """The columns of a table."""
    return connection.execute(f"PRAGMA table_info({table})").fetchall()


def other(name: str, kind: str) -> object:
    """Another value than `sample` gives, where a key may be made of it."""
    value = sample(name, kind)
    if name in {"floor", "level"} or isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return value + 2
    return {71: "y" * 71, 27: "y" * 27}.get(len(str(value)), "2018-07-05" if "2018" in str(value) else "301")


def test_a_guard_that_is_taken_away_lets_rows_change(file: sqlite3.Connection) -> None:
    """The test above would notice: without the trigger the row is replaced."""
    insert(file, "ledger_account")
    file.execute("DROP TRIGGER ledger_account_no_replace")
    file.execute("DROP TRIGGER ledger_account_no_delete")
    insert(file, "ledger_account", "INSERT OR REPLACE", opened_at=7)
    assert file.execute("SELECT opened_at FROM ledger_account").fetchall() == [(7,)]


def test_declared_indexes_and_keys_exist(file: sqlite3.Connection) -> None:
    """Each `Meta.indexes`, `unique_together`, `unique` and `db_index` of a model is in the file, over real columns."""
    wanted = 0
    for app in APPS.values():
        for module in map(importlib.import_module, app["models"]):
            for model in vars(module).values():
                if (
                    isinstance(model, type)
                    and issubclass(model, Model)
                    and model.__module__ == module.__name__
                ):
                    wanted += declared(file, model)
    assert wanted > 60


def declared(file: sqlite3.Connection, model: type[Model]) -> int:
    """Assert a model's indexes and keys; the answer is how many it declares."""
    meta, table = model._meta, str(model._meta.db_table)
    indexed = {
        tuple(row[2] for row in file.execute(f"PRAGMA index_info({name})"))
        for _, name, *_ in file.execute(f"PRAGMA index_list({table})")
    }
    keys = set(unique_keys(file, table))
    unique = {tuple(key) for key in meta.unique_together}
    unique |= {(name,) for name, field in meta.fields_map.items() if field.unique}
    plain = {tuple(index) for index in meta.indexes if isinstance(index, tuple | list)}
    plain |= {(name,) for name, field in meta.fields_map.items() if field.index and not field.unique}
    assert unique <= keys, f"{table} lacks the keys {unique - keys}"
    assert plain <= indexed, f"{table} lacks the indexes {plain - indexed}"
    return len(unique) + len(plain)


def test_a_book_from_before_a_check_was_loosened_is_brought_up_to_date(
    template: Path, tmp_path: Path
) -> None:
    """Its schema becomes the very one of a new book; without the migration it would not open."""
    path = tmp_path / "book.db"
    path.write_bytes(template.read_bytes())
    new = dump(path)
    with contextlib.closing(sqlite3.connect(path)) as older, older:
        older.execute("PRAGMA writable_schema=ON")
        older.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'IN (68, 71)', '= 71') WHERE name = 'ledger_transaction'"
        )
        older.execute("DELETE FROM tortoise_migrations WHERE app = 'ledger' AND name = '0004_requests'")
    assert dump(path) != new
    asyncio.run(district.migrate(path))
    assert dump(path) == new


def test_a_book_from_before_a_table_was_dropped_is_brought_up_to_date(template: Path, tmp_path: Path) -> None:
    """Table and guards go, whatever stood in it, and the schema becomes the very one of a new book."""
    path = tmp_path / "book.db"
    path.write_bytes(template.read_bytes())
    new = dump(path)
    folder = Path(__file__).parent.parent / "alembic_like_migrations" / "events"
    with contextlib.closing(sqlite3.connect(path)) as older, older:
        older.execute(
            "CREATE TABLE events_likeness (event VARCHAR(32) PRIMARY KEY, words VARCHAR(16) NOT NULL)"
        )
        for statement in schema.statements(folder / "0003_records.sqlite.sql"):
            if " ON events_likeness\n" in statement:
                older.execute(statement)
        older.execute("INSERT INTO events_likeness VALUES ('an event', 'what it says')")
        older.execute("DELETE FROM tortoise_migrations WHERE app = 'events' AND name = '0010_no_likeness'")
    assert len(dump(path)) == len(new) + 5 - 1, "a table, the index of its key, three guards; no migration"
    asyncio.run(district.migrate(path))
    assert dump(path) == new


OLD_BATCHES = {
    "old": ("王秀兰.csv", "2024-03-02", "王秀兰.csv", ".csv"),
    "no kind": ("名单.王秀兰", "2024-03-02", "名单.王秀兰", ""),
    "bare": ("王秀兰", "2024-03-02", "王秀兰", ""),
    "before an erasure": ("李红.XLSX", "2024-02-01", None, ".XLSX"),
    "on its day": ("李红.json", "2024-03-01", None, ".json"),
    "of today": (".csv", "2024-03-02", "今天.csv", ".csv"),
    "of today, erased": (".csv", "2024-02-01", None, ".csv"),
}
"""What a book of before has: what the file of a batch was called, its day, and then its name and its ending."""


def test_what_old_files_were_called_moves_to_where_it_can_be_erased(template: Path, tmp_path: Path) -> None:
    """The ending stays; what somebody's erasure did not reach, nobody knowing then where to look, goes. The guard is
    back, and a second time nothing moves."""
    path = tmp_path / "book.db"
    path.write_bytes(template.read_bytes())
    new = dump(path)
    with contextlib.closing(sqlite3.connect(path)) as older, older:
        for batch, (name, day, _, _) in OLD_BATCHES.items():
            older.execute(
                f"INSERT INTO events_batch VALUES ('{batch}', 'members', NULL, '{name}', 'x', '{day} 03:04:05')"
            )
        older.execute("INSERT INTO events_batch_name VALUES ('of today', '今天.csv')")
        insert(older, "people_member_erasure", erased_on="2024-03-01")
        older.execute(
            "DELETE FROM tortoise_migrations WHERE app = 'events' AND name = '0011_old_batch_names'"
        )
    for _ in range(2):
        asyncio.run(district.migrate(path))
        assert dump(path) == new
        with contextlib.closing(sqlite3.connect(path)) as book:
            rows = book.execute(
                "SELECT b.id, n.name, b.file_name FROM events_batch AS b"
                " LEFT JOIN events_batch_name AS n ON n.batch = b.id"
            ).fetchall()
        assert {batch: found for batch, *found in rows} == {
            batch: [name, ending] for batch, (_, _, name, ending) in OLD_BATCHES.items()
        }
