"""Plain `csv` and `sqlite3` writing the rows that an import wrote, into the same tables with indexes and guards."""

from __future__ import annotations

import csv
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

IN_A_TRANSACTION = 500


def seconds(before: Path, after: Path, file: Path) -> float:
    """Read a file with `csv`, and insert into `before` what `after` has more: 500 rows to a transaction, fsynced.

    `before` is a copy of the book from before the import, and holds the same rows afterwards. Nothing is checked,
    looked up, decided or hashed here but what the tables themselves ask; reading the rows out of `after` is not timed.
    """
    with closing(sqlite3.connect(after)) as book, closing(connected(before)) as copy:
        names = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        more = {name: rows for name in names if (rows := added(copy, book, name))}
        begun = time.monotonic()
        with file.open(encoding="utf-8-sig", newline="") as lines:
            for _ in csv.reader(lines):
                pass
        for name, rows in more.items():
            marks = ", ".join("?" for _ in rows[0])
            for start in range(0, len(rows), IN_A_TRANSACTION):
                copy.execute("BEGIN IMMEDIATE")
                part = rows[start : start + IN_A_TRANSACTION]
                copy.executemany(f'INSERT INTO "{name}" VALUES ({marks})', part)  # noqa: S608 - its own table
                copy.execute("COMMIT")
        return time.monotonic() - begun


def connected(path: Path) -> sqlite3.Connection:
    """As a book is connected to: the write-ahead log, and every commit on the disk."""
    copy = sqlite3.connect(path, isolation_level=None)
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "journal_size_limit = 67108864",
        "cache_size = -65536",
    ):
        copy.execute(f"PRAGMA {setting}")
    return copy


def added(before: sqlite3.Connection, after: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table that are new, in the order of the table."""
    rows = f'SELECT * FROM "{table}"'  # noqa: S608 - a table of the book
    had = set(before.execute(rows).fetchall())
    return [row for row in after.execute(rows) if row not in had]
