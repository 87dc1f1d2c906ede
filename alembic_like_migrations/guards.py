"""Write the triggers that keep a table insert-only, for the SQL file beside a migration.

    python -m alembic_like_migrations.guards [postgres] people_area people_member …

SQLite's INSERT OR REPLACE deletes the row it meets without asking a delete trigger, unless recursive_triggers is on,
and a guard over one unique key is slipped past through another. So every table refuses UPDATE, DELETE, and an INSERT
that meets an existing row through ANY of its unique keys.

PostgreSQL has no such back door, but a TRUNCATE that asks no row's trigger, and a replication role in which triggers
sleep unless they are ALWAYS enabled. There a table's triggers call `never_changed`, a function of the ledger.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from pathlib import Path

MUTABLE = {
    "people_credential",
    "people_identity_code",
    "web_session",
    "web_limit",
    "web_job",
    "web_screen",
    "tortoise_migrations",
}
"""Tables whose rows come and go: who is signed in, what is running, what was tried too often."""

ERASABLE = {
    "awards_correction_note",
    "awards_sponsor_name",
    "awards_verification_note",
    "market_care_text",
    "market_donor_name",
    "market_settlement_note_text",
    "market_shift_note",
    "market_undo_note",
    "people_person",
    "people_application_text",
    "people_former_word",
    "events_batch_name",
    "events_event_text",
    "events_step_note",
    "events_sealed_text",
    "openness_objection_text",
    "openness_ruling_text",
    "evidence_snapshot_text",
}
"""Tables that hold what names a person. Their rows may be erased."""


def guard(connection: sqlite3.Connection, table: str) -> str:
    """The three triggers of one insert-only table."""
    meets = "\n    OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {_same(key)})"  # noqa: S608 - the name of a table of ours
        for key in unique_keys(connection, table)
    )
    return f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END;

CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is never deleted from'); END;

CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN {meets}
BEGIN SELECT RAISE(ABORT, '{table} has that row already'); END;
"""


def postgres_guard(table: str) -> str:
    """The same for PostgreSQL, where no unique key needs a guard; word for word as its catalogue says it."""
    events = (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    return "".join(
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION never_changed();\n"
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{event.lower()};\n"
        for event, each in events
    )


def _same(key: tuple[str, ...]) -> str:
    return " AND ".join(f'"{column}" = NEW."{column}"' for column in key)


def unique_keys(connection: sqlite3.Connection, table: str) -> list[tuple[str, ...]]:
    """The primary key and every unique index of a table, as column names."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    keys = [tuple(column[1] for column in sorted(columns, key=lambda c: c[5]) if column[5])]
    for _, name, unique, *_ in sorted(
        connection.execute(f"PRAGMA index_list({table})").fetchall(), key=lambda i: i[1]
    ):
        if unique:
            key = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({name})"))
            if key not in keys:
                keys.append(key)
    return keys


async def _print(tables: list[str]) -> None:
    from points.district import migrate

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        await migrate(path)
        connection = sqlite3.connect(path)
        try:
            print("\n".join(guard(connection, table) for table in tables))
        finally:
            connection.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["postgres"]:
        print("\n".join(map(postgres_guard, sys.argv[2:])))
    else:
        asyncio.run(_print(sys.argv[1:]))
