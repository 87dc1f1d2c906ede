"""What stands in a book's schema, said as PostgreSQL says it, so that it can be held against the migrations' SQL files.

The files are written in those same words. A table is its columns; its keys and checks, its triggers, that they are
ALWAYS enabled, and what the application role may do are statements of their own.
"""

from __future__ import annotations

from typing import Any

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.errors import BookDamaged

_COLLATIONS = ("C", "POSIX", "C.UTF-8", "C.utf8")

_SERVER = """
SELECT current_setting('server_version_num')::int AS version, current_setting('synchronous_commit') AS commit,
    current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
    CASE WHEN d.datlocprovider = 'c' THEN d.datcollate ELSE d.datlocprovider::text END AS collation,
    pg_encoding_to_char(d.encoding) AS encoding
FROM pg_database AS d WHERE d.datname = current_database()"""

_TABLES = """
SELECT c.relname AS name, format(E'CREATE TABLE %s (\\n%s\\n)', c.relname, string_agg(
    format('    %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        CASE WHEN a.attcollation = 'pg_catalog."C"'::regcollation THEN ' COLLATE "C"' ELSE '' END,
        CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END), E',\\n' ORDER BY a.attnum)) AS sql
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' GROUP BY c.relname"""

_CONSTRAINTS = """
SELECT conname AS name, format('ALTER TABLE %s ADD CONSTRAINT %s %s', conrelid::regclass, conname,
    pg_get_constraintdef(oid, true)) AS sql
FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND contype <> 't' AND conrelid <> 0"""

_INDEXES = """
SELECT i.relname AS name, pg_get_indexdef(x.indexrelid, 0, true) AS sql
FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
WHERE i.relnamespace = current_schema()::regnamespace AND x.indisvalid
    AND NOT EXISTS (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = x.indexrelid)"""

_FUNCTIONS = """
SELECT p.proname AS name,
    format(E'CREATE FUNCTION %s() RETURNS trigger LANGUAGE %s SET search_path FROM CURRENT\\nAS %L',
        p.proname, l.lanname, p.prosrc) AS sql
FROM pg_proc AS p JOIN pg_language AS l ON l.oid = p.prolang
WHERE p.pronamespace = current_schema()::regnamespace AND p.pronargs = 0 AND NOT p.prosecdef
    AND p.prorettype = 'trigger'::regtype AND p.proconfig = ARRAY['search_path=' || current_schema()]"""

_TRIGGERS = """
SELECT t.tgname AS name, pg_get_triggerdef(t.oid, true) AS sql FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
UNION ALL
SELECT 'always ' || t.tgname, format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %s', c.relname, t.tgname)
FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal AND t.tgenabled = 'A'
UNION ALL
SELECT 'rule ' || r.rulename, 'CREATE TRIGGER as a rule on ' || c.relname
FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'"""

_FORBIDDEN = """
SELECT c.relname AS name FROM pg_class AS c JOIN pg_trigger AS t ON t.tgrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname = c.relname || '_no_update'
    AND (has_table_privilege(current_user, c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')
        OR pg_has_role(current_user, c.relowner, 'MEMBER')
        OR EXISTS (SELECT 1 FROM pg_roles AS r WHERE r.oid = c.relowner AND r.rolcanlogin))"""


async def present(db: BaseDBAsyncClient) -> dict[str, str]:
    """Every table, key, check, index, function and trigger of the book by name, with its text.

    A guarded table that this role may change is there as a trigger too many, under the name of what is wrong with it.
    """
    found: dict[str, str] = {}
    for query in (_TABLES, _CONSTRAINTS, _INDEXES, _FUNCTIONS, _TRIGGERS):
        found |= {row["name"]: row["sql"] for row in await db.execute_query_dict(query)}
    for row in await db.execute_query_dict(_FORBIDDEN):
        found[f"{row['name']} 的权限"] = f"CREATE TRIGGER in all but name: {row['name']} can be changed"
    return found


async def require_server(connection: asyncpg.Connection[Any]) -> None:
    """Raise BookDamaged unless the server keeps what it says it kept, and sorts text as we do, by its code points."""
    problem = _problem(await connection.fetchrow(_SERVER))
    if problem:
        raise BookDamaged(problem=problem)


def _problem(server: Any) -> str:
    if server["version"] < 150000:
        return "需要 PostgreSQL 15 或更新的版本"
    if server["collation"] not in _COLLATIONS or server["encoding"] != "UTF8":
        return "数据库须用 createdb -T template0 -E UTF8 --locale=C 建立"
    for setting in ("fsync", "pages", "commit"):
        if server[setting] == "off":
            return f"服务器的 {setting} 关着，断电会丢账"
    return ""
