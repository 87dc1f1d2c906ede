"""Bring a book's schema up to date. Only this opens a connection that may change it."""

from __future__ import annotations

import asyncio
import contextvars
import re
import sqlite3
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.migrations.api import migrate as tortoise_migrate

from alembic_like_migrations import APPS
from alembic_like_migrations.operations import statements
from ledger.errors import BookDamaged

_PRAGMAS = {"synchronous": "FULL", "foreign_keys": "OFF", "recursive_triggers": "ON"}
_NAMED = re.compile(r"CREATE (?:TABLE|TRIGGER|INDEX|UNIQUE INDEX) (\w+)")


async def migrate(path: Path) -> None:
    """Apply every migration that this book lacks. Safe to run again; run it once, on a backup, when a version changes.

    It runs in a context of its own, because Tortoise's migrations enter a context and never leave it.
    """
    task = asyncio.get_running_loop().create_task(_migrate(path), context=contextvars.copy_context())
    await task


async def _migrate(path: Path) -> None:
    credentials: dict[str, Any] = {"file_path": str(path), **_PRAGMAS}
    config = {
        "connections": {"writer": {"engine": "tortoise.backends.sqlite", "credentials": credentials}},
        "apps": APPS,
        "use_tz": True,
        "timezone": "UTC",
    }
    try:
        await tortoise_migrate(config=config)
    finally:
        await Tortoise.close_connections()


def guards() -> dict[str, str]:
    """Every object that a SQL file of ours creates, by name, with its text as SQLite keeps it."""
    folder = Path(__file__).parent.parent / "alembic_like_migrations"
    found = {}
    for file in sorted(folder.glob("*/*.sqlite.sql")):
        for statement in statements(file):
            named = _NAMED.match(statement)
            if named:
                found[named[1]] = statement.rstrip(";").strip()
    return found


def missing_from(present: dict[str, str]) -> list[str]:
    """Which of our tables, indexes and triggers are not there, or not as our files say. `present`: text by name."""
    return [name for name, text in guards().items() if present.get(name, "").strip() != text]


def require_guards(connection: sqlite3.Connection) -> None:
    """Raise BookDamaged unless everything our SQL files set up stands as they say."""
    missing = missing_from(
        dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    )
    if missing:
        raise BookDamaged(problem=f"缺少或被改动：{'、'.join(missing[:5])}；请运行 jishan migrate")
