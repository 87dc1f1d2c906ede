"""Bring a book's schema up to date, and say whether it stands as its migrations left it.

Which tables a book has is for the house to say: `apps` is Tortoise's description of its rooms (label → models and the
package of their migrations). Only `migrate` opens a connection that may change a schema.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import importlib.util
import re
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.api import migrate as tortoise_migrate

from ledger import postgres, postgres_guards, postgres_roles
from ledger.errors import BookDamaged

Apps = Mapping[str, Mapping[str, Any]]

_PRAGMAS = {"synchronous": "FULL", "foreign_keys": "OFF", "recursive_triggers": "ON"}
_NAMED = {
    "sqlite": re.compile(r"CREATE (?:TABLE|TRIGGER|INDEX|UNIQUE INDEX) (\w+)"),
    "postgres": re.compile(
        r"CREATE (?:TABLE|FUNCTION|TRIGGER|INDEX|UNIQUE INDEX) (\w+)|ALTER TABLE \w+ ADD CONSTRAINT (\w+)"
        r"|ALTER TABLE \w+ ENABLE (ALWAYS) TRIGGER (\w+)"
    ),
}
_DROPPED = re.compile(r"DROP (TABLE|TRIGGER|INDEX) (\w+)")


async def migrate(place: Path | str, apps: Apps, *, upto: Mapping[str, str] | None = None) -> None:
    """Apply every migration that this book lacks. Safe to run again; run it once, on a backup, when a version changes.

    On PostgreSQL it can be told after which migration of each room to stop (`upto`, see postgres_roles.migrate).

    Raises BookDamaged when there is something else at `path`. It runs in a context of its own, because Tortoise's
    migrations enter a context and never leave it.
    """
    if isinstance(place, str) and postgres.is_address(place):
        await postgres_roles.migrate(postgres.address_of(place), apps, upto=upto)
        return
    assert upto is None, "a file is copied with its tables"
    path = Path(place)
    _require_database(path)
    context = contextvars.copy_context()
    await asyncio.get_running_loop().create_task(_migrate(path, apps), context=context)


def _require_database(path: Path) -> None:
    """Tortoise would leave the thread of a connection that fails to open behind, and the process would never end."""
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        raise BookDamaged(problem=f"{path}：{error}") from error


async def _migrate(path: Path, apps: Apps) -> None:
    credentials: dict[str, Any] = {"file_path": str(path), **_PRAGMAS}
    config = {
        "connections": {"writer": {"engine": "tortoise.backends.sqlite", "credentials": credentials}},
        "apps": {label: dict(app) for label, app in apps.items()},
        "use_tz": True,
        "timezone": "UTC",
    }
    try:
        await tortoise_migrate(config=config)
    finally:
        await Tortoise.close_connections()


def guards(apps: Apps, dialect: str = "sqlite") -> dict[str, str]:
    """Every object that a SQL file beside a migration creates, by name, with its text as the database keeps it.

    What a later file of the same room drops is not among them, nor what stood on a table that it drops.
    """
    return dict(_guards(tuple(app["migrations"] for app in apps.values()), dialect))


@cache  # the files of a version do not change while it runs
def _guards(packages: tuple[str, ...], dialect: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for package in packages:
        for file in sorted(_folder(package).glob(f"*.{dialect}.sql")):
            for statement in statements(file):
                dropped = _DROPPED.match(statement)
                if dropped:
                    found = {name: text for name, text in found.items() if not _goes(dropped, name, text)}
                named = _NAMED[dialect].match(statement)
                if named:
                    name = " ".join(word.lower() for word in named.groups() if word)
                    found[name] = statement.rstrip(";").strip()
    return found


def _goes(dropped: re.Match[str], name: str, text: str) -> bool:
    """Whether what a file made goes with what another drops: itself, or what stands on that table."""
    gone = dropped[2]
    on = re.search(rf"\b(?:ON|ALTER TABLE) {gone}\b", text.partition("BEGIN")[0])
    return name in {gone, f"always {gone}"} or (dropped[1] == "TABLE" and on is not None)


async def present(db: BaseDBAsyncClient) -> dict[str, str]:
    """The objects that stand in a book's database, by name, with their text."""
    if db.capabilities.dialect == "postgres":
        return await postgres_guards.present(db)
    rows = await db.execute_query_dict("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {row["name"]: row["sql"] for row in rows}


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None, package
    assert spec.submodule_search_locations, package
    return Path(spec.submodule_search_locations[0])


def statements(file: Path) -> Iterator[str]:
    """The whole statements of a SQL file, without its comment lines; a trigger's semicolons do not end it."""
    pending = ""
    complete = sqlite3.complete_statement if ".sqlite." in file.name else _complete_for_postgres
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.lstrip().startswith("--"):
            continue
        pending += line
        if complete(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        raise ValueError(f"{file.name} ends in the middle of a statement")


def _complete_for_postgres(text: str) -> bool:
    """A trigger there is one call; a function's body stands in quotes, and no quote is left open at the end."""
    return text.rstrip().endswith(";") and text.count("'") % 2 == 0


def missing_from(present: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """Which wanted tables, indexes and triggers are not there, or not with that text.

    A trigger too many that names a guarded table is among them: it could swallow an insert, or make one. One of a
    later version, on a table of its own, is not.
    """
    tables = "|".join(name.removesuffix("_no_update") for name in wanted if name.endswith("_no_update"))
    touches = re.compile(rf"CREATE TRIGGER.*\b({tables})\b", re.IGNORECASE | re.DOTALL)
    foreign = [name for name, text in present.items() if name not in wanted and touches.match(text)]
    return [name for name, text in wanted.items() if present.get(name, "").strip() != text] + foreign


def require_guards(connection: sqlite3.Connection, wanted: Mapping[str, str]) -> None:
    """Raise BookDamaged unless everything our SQL files set up stands in a file as they say."""
    require(dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")), wanted)


def require(present: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Raise BookDamaged unless everything our SQL files set up is present as they say."""
    missing = missing_from(present, wanted)
    if missing:
        raise BookDamaged(problem=f"缺少、多出或被改动：{'、'.join(missing[:5])}；请运行 jishan migrate")
