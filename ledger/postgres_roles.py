"""The two roles of a book on PostgreSQL, its schema, and bringing that up to date.

The owner owns the tables and nobody logs in as it. The application role may read, and insert where nothing is changed;
those who log in are made members of it. Both names begin with the schema's.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Iterable, Mapping
from typing import Any

import asyncpg
from tortoise import Tortoise
from tortoise.migrations.api import migrate as tortoise_migrate

from ledger import postgres_guards
from ledger.errors import BookDamaged
from ledger.postgres import BROKEN, Address, connection_of
from ledger.postgres_engine import lock_of

BOOKKEEPING = "tortoise_migrations"
"""Tortoise's own table: which migrations were applied."""


def setting_up(address: Address) -> list[str]:
    """What an administrator runs once for a new book, from roles to schema; each may be run again."""
    owner, application = address.owner, address.application
    return [
        *(
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            for role in (owner, application)
        ),
        f"GRANT {owner}, {application} TO CURRENT_USER",
        f"CREATE SCHEMA IF NOT EXISTS {address.schema} AUTHORIZATION {owner}",
        f"GRANT USAGE ON SCHEMA {address.schema} TO {application}",
    ]


def rights(address: Address, tables: Iterable[str], insert_only: Iterable[str]) -> list[str]:
    """What the application role may do in each table: more than insert only where rows come and go."""
    role, kept = address.application, set(insert_only)
    statements = [f"GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA {address.schema} TO {role}"]
    for table in sorted(tables):
        may = "SELECT, INSERT" if table in kept else "SELECT, INSERT, UPDATE, DELETE"
        may = "SELECT" if table == BOOKKEEPING else may
        statements += [f"REVOKE ALL ON {table} FROM {role}", f"GRANT {may} ON {table} TO {role}"]
    return statements


async def exists(address: Address) -> bool:
    """Whether the schema has tables. Raises BookDamaged when the server cannot be reached."""
    connection = await _connect(address)
    try:
        there = "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = $1)"
        return bool(await connection.fetchval(there, address.schema))
    finally:
        await connection.close()


async def borrow(connection: asyncpg.Connection[Any], address: Address, *, comment: str) -> None:
    """Make a schema for a while, with a comment by which it is known, under roles that are made if there are none.

    Raises BookDamaged when we may not make a schema in this database.
    """
    roles = [address.owner, address.application]
    ready = "SELECT count(*) = 2 FROM pg_roles WHERE rolname = ANY($1::text[]) AND pg_has_role(oid, 'MEMBER')"
    statements = setting_up(address)
    if await connection.fetchval(ready, roles):
        statements = [one for one in statements if "SCHEMA" in one]
    try:
        async with connection.transaction():
            for statement in statements:
                await connection.execute(statement)
            await connection.execute(f"COMMENT ON SCHEMA {address.schema} IS '{comment}'")
    except asyncpg.InsufficientPrivilegeError as error:
        advice = f"要能在这个数据库里建模式（GRANT CREATE ON DATABASE），并且是 {address.owner} 的成员"
        raise BookDamaged(problem=f"{address}：{error}；{advice}") from error


async def migrate(
    address: Address, apps: Mapping[str, Mapping[str, Any]], *, upto: Mapping[str, str] | None = None
) -> None:
    """Make the roles and the schema, apply every migration the book lacks, and hand out the rights.

    With `upto`, no migration of a room comes after the one named, and a room that is not named has none. Only one at a
    time does it. Raises BookDamaged, with the statements for an administrator, when whoever the address names may not;
    ValueError when `upto` names a room we do not have, KeyError when a migration.
    """
    connection = await _connect(address)
    try:
        await postgres_guards.require_server(connection)
        await connection.execute(f"SELECT pg_advisory_lock({lock_of(address.schema) ^ 1})")
        await _set_up(connection, address)
        context = contextvars.copy_context()
        await asyncio.get_running_loop().create_task(_migrate(address, apps, upto), context=context)
        await _hand_out(connection, address)
    finally:
        await connection.close()


async def _connect(address: Address) -> asyncpg.Connection[Any]:
    try:
        return await address.connect(search_path=address.schema)
    except (*BROKEN, asyncpg.PostgresError) as error:
        raise BookDamaged(problem=f"{address}：{error}") from error


async def _set_up(connection: asyncpg.Connection[Any], address: Address) -> None:
    """Nothing, where all of it stands and we may act as the owner: then no right to make roles is needed."""
    ready = (
        "SELECT pg_has_role(r.oid, 'MEMBER') FROM pg_roles AS r JOIN pg_namespace AS n ON n.nspowner = r.oid \
WHERE r.rolname = $1 AND n.nspname = $2"
    )
    if await connection.fetchval(ready, address.owner, address.schema):
        return
    statements = setting_up(address)
    try:
        for statement in statements:
            await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError as error:
        said = ";\n".join(statements)
        advice = f"请管理员以能建角色的身份运行 jishan init，或先执行：\n{said};\n"
        raise BookDamaged(problem=f"{error}；{advice}") from error


async def _migrate(
    address: Address, apps: Mapping[str, Mapping[str, Any]], upto: Mapping[str, str] | None
) -> None:
    config = {
        "connections": {"writer": connection_of(address, "migrator")},
        "apps": {label: dict(app) for label, app in apps.items()},
        "use_tz": True,
        "timezone": "UTC",
    }
    try:
        if upto is None:
            await tortoise_migrate(config=config)
        for room, name in (upto or {}).items():
            await tortoise_migrate(config=config, target=f"{room}.{name}", direction="forward")
    finally:
        await Tortoise.close_connections()


async def _hand_out(connection: asyncpg.Connection[Any], address: Address) -> None:
    tables = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = $1", address.schema)
    guarded = await connection.fetch(
        "SELECT c.relname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid"
        " WHERE c.relnamespace = $1::text::regnamespace AND t.tgname = c.relname || '_no_update'",
        address.schema,
    )
    async with connection.transaction():
        await connection.execute(f"SET LOCAL ROLE {address.owner}")
        for statement in rights(address, [t[0] for t in tables], [g[0] for g in guarded]):
            await connection.execute(statement)
