"""A small book of the ledger's own tests, its copies, and a house that restores it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic_like_migrations.rooms import APPS
from ledger import backups, places, restore
from ledger.backups import Backup
from ledger.book import Book
from tests.ledger.drafts import draft, move, opened

AT = datetime(2026, 11, 21, 10, 12, 3, tzinfo=UTC)
TABLES = ("ledger_account", "ledger_transaction", "ledger_posting", "ledger_tile")


def quiet(_done: int, _total: int) -> None:
    """Nobody is looking."""


def meter(_label: str) -> Callable[[int, int], None]:
    """A meter nobody looks at."""
    return quiet


async def migrate(url: str, *, upto: Mapping[str, str] | None = None) -> None:
    """Bring the tables at an address up to date, or as far as `upto`."""
    await places.make(url, APPS, upto=upto)


HOUSE = restore.House(open=opened, migrate=migrate, checks=())


async def fill(book: Book, count: int, *, first: int = 1) -> None:
    """Post so many entries: units come from the bank, and every third goes on from box to box."""
    drafts = []
    for number in range(first, first + count):
        postings = [move("bank", f"b{number % 7}", 5), move("bank", f"b{number % 7}", 2, "honour")]
        if number % 3 == 0:
            postings.append(move(f"b{number % 7}", f"c{number % 5}", 4))
        drafts.append(draft(f"fill/{number:08}", *postings))
    await book.journal.post_all(drafts)


def take(path: Path, folder: Path, *, at: datetime = AT) -> Backup:
    """A backup of the book at a path."""
    return backups.take(f"sqlite://{path}", folder, at=at, progress=quiet, verifying=quiet)


def rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table, by its key."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        return file.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


def ledger_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the ledger's own tables, heads apart."""
    return {table: rows(path, table) for table in TABLES}


async def rows_of(book: Book, table: str) -> list[tuple[Any, ...]]:
    """Every row of a table of an open book, by its key, on either engine."""
    found = await book.reader.execute_query_dict(f"SELECT * FROM {table} ORDER BY 1")
    return [tuple(row.values()) for row in found]


async def ledger_in(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the ledger's own tables, heads apart, of an open book on either engine."""
    return {table: await rows_of(book, table) for table in TABLES}


def flip(path: Path, at: int) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def tamper(path: Path, table: str, statement: str) -> None:
    """Change rows of a book as somebody with the file could: the guards of one table are put away and back."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        found = file.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        )
        guards = found.fetchall()
        for name, _ in guards:
            file.execute(f"DROP TRIGGER {name}")
        file.execute(statement)
        for _, text in guards:
            file.execute(text)
        file.commit()
