"""Which row had a key first: kept in a database of its own that is gone with whoever holds it, not in memory."""

from __future__ import annotations

import sqlite3

_INSERT = "INSERT INTO first (key, row) VALUES (?, ?) ON CONFLICT DO NOTHING"
_SELECT = "SELECT row FROM first WHERE key = ?"


class Firsts:
    """Keys with the number of the row that had each first."""

    def __init__(self) -> None:
        self._db = scratch("CREATE TABLE first (key TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID")

    def of(self, key: str, row: int) -> int:
        """The row that had this key first: this one, when no row had it before."""
        if self._db.execute(_INSERT, (key, row)).rowcount:
            return row
        return int(self._db.execute(_SELECT, (key,)).fetchone()[0])


def scratch(table: str) -> sqlite3.Connection:
    """A database with one table, in a file without a name; four megabytes of it at most are in memory."""
    db = sqlite3.connect("", isolation_level=None)
    for statement in (
        "PRAGMA cache_size = -4096",
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        table,
        "BEGIN",
    ):
        db.execute(statement)
    return db
