"""Baseline: the standard library's sqlite3 writes the very rows the ledger wrote, and does nothing else.

The same schema, indexes and guards, synchronous=FULL, rows in hand before the clock starts, written in groups with
executemany. Nothing is looked up, decided, encoded or hashed: no ledger in Python can be faster on this engine, save
by writing fewer rows.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from benchmarks.figures import Round, Watch

Rows = dict[str, list[tuple[Any, ...]]]

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON",
           "journal_size_limit=67108864", "wal_autocheckpoint=4000", "cache_size=-65536")  # fmt: skip
AFTER = {
    "ledger_account": "SELECT * FROM ledger_account WHERE opened_at > ? AND opened_at <= ? ORDER BY id",
    "ledger_transaction": "SELECT * FROM ledger_transaction WHERE position > ? AND position <= ? ORDER BY position",
    "ledger_posting": "SELECT * FROM ledger_posting WHERE id >= (? + 1) * 256 AND id < (? + 1) * 256 ORDER BY id",
    "ledger_tile": 'SELECT * FROM ledger_tile WHERE ("index" + 1) << CAST(8 * level + 8 AS integer) > ? '
    'AND ("index" + 1) << CAST(8 * level + 8 AS integer) <= ? ORDER BY id',
    "awards_verification": "SELECT v.* FROM ledger_transaction AS x "
    "JOIN awards_verification AS v ON v.reference = x.reference "
    "WHERE x.position > ? AND x.position <= ? ORDER BY x.position",
}  # fmt: skip
"""How the rows that a stretch of the ledger wrote are read back, by table."""


def copy(source: Path, target: Path, *, after: int, until: int, group: int) -> Round:
    """Write what stands in `source` at after < position ≤ until into `target`, `group` transactions a commit."""
    groups = [rows_between(source, start, min(start + group, until)) for start in range(after, until, group)]
    connection = connect(target)
    took = []
    try:
        watch = Watch()
        for rows in groups:
            started = time.perf_counter()
            write(connection, rows)
            took.append(time.perf_counter() - started)
        return watch.round(until - after, took)
    finally:
        connection.close()


def rows_between(source: Path, after: int, until: int) -> Rows:
    """The rows of a stretch of the ledger, by table."""
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        return {table: connection.execute(query, (after, until)).fetchall() for table, query in AFTER.items()}
    finally:
        connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection as durable and as guarded as the ledger's own."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def write(connection: sqlite3.Connection, rows: Rows) -> None:
    """One group, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table, some in rows.items():
        if some:
            marks = ", ".join("?" * len(some[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", some)  # noqa: S608 - our own tables
    connection.execute("COMMIT")
