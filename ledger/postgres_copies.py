"""What keeping a book safe needs of PostgreSQL: a dump made while others write, read back, and put in place.

A book is not restored by what its backup says should be done: tables, guards, roles and rights are made by our own
migrations, as far as the backup's, and only rows are read from it. They are put together in a schema of their own,
beside the one where the book will stand, which it becomes at the end in one transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg

from ledger import postgres_dumps, postgres_roles
from ledger.copying import Head, Migrate, Progress, Text
from ledger.errors import BookDamaged, CopyDamaged, LedgerError, NoSpace, PlaceBusy, TargetInUse
from ledger.merkle import EMPTY_ROOT
from ledger.postgres import BROKEN, Address, address_of, is_address
from ledger.postgres_dumps import Rows
from ledger.postgres_engine import lock_of
from ledger.postgres_roles import BOOKKEEPING

NAME = "postgres"
SUFFIX = ".dump"
SCRATCH = "jishan: not a book, thrown away when nobody works on it"
"""The comment on a schema in which a book is put together or tried. No other schema is ever dropped by us."""
WAIT = "5s"
"""For whoever was killed a moment ago, and whose session is still ending."""

_THINGS = """
SELECT EXISTS (SELECT 1 FROM pg_depend AS d JOIN pg_namespace AS n ON n.oid = d.refobjid
    WHERE d.refclassid = 'pg_namespace'::regclass AND n.nspname = $1)"""
_COMMENT = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = $1"
_FUNCTIONS = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = $1::text::regnamespace"
_SEQUENCES = """
SELECT c.relname AS table, a.attname AS column, pg_get_serial_sequence(c.oid::regclass::text, a.attname) AS sequence
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = $1::text::regnamespace AND c.relkind = 'r'
    AND pg_get_serial_sequence(c.oid::regclass::text, a.attname) IS NOT NULL"""


def copy(url: str, draft: Path, progress: Progress) -> None:
    """Dump a book as it stands into `draft`, as one snapshot, while others read and write."""
    postgres_dumps.write(address_of(url), draft, progress)


def head(copied: Path) -> Head:
    """The newest head that was signed; how many entries there are is known when they were read."""
    with postgres_dumps.read(copied, "ledger_checkpoint") as dump:
        signed = [row for rows in dump for row in rows.values()]
    if not signed:
        return Head(0, 0, EMPTY_ROOT, "")
    newest = max(signed, key=lambda row: int(row["size"]))
    return Head(0, int(newest["size"]), newest["root"], newest["note"].decode())


@contextmanager
def texts(copied: Path) -> Iterator[Iterator[Text]]:
    """Every position, text and leaf of a dump, in order, while every other table in it is read through. CopyDamaged."""
    with postgres_dumps.read(copied) as dump:
        yield _in_order(dump)


def _in_order(dump: Iterator[Rows]) -> Iterator[Text]:
    """A dump has rows as they lie on the disk: in order, but for those that fill what a failed batch left."""
    early: dict[int, Text] = {}
    following = 1
    for rows in dump:
        for row in rows.values() if rows.table == "ledger_transaction" else ():
            early[int(row["position"])] = (int(row["position"]), row["body"], row["leaf"])
            while following in early:
                yield early.pop(following)
                following += 1
    for position in sorted(early):
        yield early[position]


@asynccontextmanager
async def lent(folder: Path, near: str) -> AsyncIterator[str]:  # noqa: ARG001 - a schema needs no folder
    """The address of a schema on the server of `near`, under the roles of its book; it is dropped at the end."""
    if not is_address(near):
        raise BookDamaged(problem="试恢复 PostgreSQL 的备份要一台服务器：jishan --book postgres://… drill …")
    address = _beside(address_of(near), "drill")
    async with _alone(address):
        yield address.url


async def vacant(url: str) -> None:
    """Raise TargetInUse when there is anything in the schema where a book is to be put."""
    address = address_of(url)
    connection = await _connected(address)
    try:
        if await connection.fetchval(_THINGS, address.schema):
            raise TargetInUse(path=address)
    finally:
        await connection.close()


@asynccontextmanager
async def scratch(backup: Path, url: str, *, migrate: Migrate, progress: Progress) -> AsyncIterator[str]:
    """A book made of a backup's rows in a schema beside the one where it will stand; its address.

    It is gone at the end, placed or not. What an earlier restore that was killed left there is swept away.
    """
    address = _beside(address_of(url), "restoring")
    versions = await asyncio.to_thread(postgres_dumps.versions, backup, BOOKKEEPING)
    async with _alone(address) as connection:
        await postgres_roles.borrow(connection, address, comment=SCRATCH)
        await _migrate_like(backup, versions, address, migrate)
        await _fill(connection, address, backup, progress)
        await migrate(address.url)
        yield address.url


async def place(made: str, url: str) -> None:
    """Let a restored book, closed now, appear at its address: whole, durable, and never over another."""
    source, target = address_of(made), address_of(url)
    connection = await _connected(target)
    try:
        async with connection.transaction():
            await connection.execute(f"DROP SCHEMA IF EXISTS {target.schema} RESTRICT")  # an empty one
            await connection.execute(f"ALTER SCHEMA {source.schema} RENAME TO {target.schema}")
            await connection.execute(f"SET LOCAL search_path = {target.schema}")
            for (function,) in await connection.fetch(_FUNCTIONS, target.schema):
                await connection.execute(f"ALTER FUNCTION {function} SET search_path = {target.schema}")
            if not target.borrowed:
                await connection.execute(f"COMMENT ON SCHEMA {target.schema} IS NULL")
    except (asyncpg.DependentObjectsStillExistError, asyncpg.DuplicateSchemaError):
        raise TargetInUse(path=target) from None
    except asyncpg.PostgresError as error:
        raise BookDamaged(problem=f"{target}：{error}") from error
    finally:
        await connection.close()


def _beside(address: Address, purpose: str) -> Address:
    """A schema for a while, with the roles of the book it is for."""
    schema = f"{address.schema[: 49 - len(purpose)]}_{purpose}"
    return replace(address, schema=schema, roles=address.roles or address.schema)


async def _connected(address: Address) -> asyncpg.Connection[Any]:
    try:
        return await address.connect(lock_timeout=WAIT)
    except (*BROKEN, asyncpg.PostgresError) as error:
        raise BookDamaged(problem=f"{address}：{error}") from error


@asynccontextmanager
async def _alone(address: Address) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection, until whose end nobody else puts a book together there; what is left of one goes before and after.

    Raises PlaceBusy when somebody is at it, TargetInUse when what is there is nobody's we know.
    """
    connection = await _connected(address)
    try:
        await _only_one(connection, address)
        await _sweep(connection, address)
        try:
            yield connection
        finally:
            await _sweep(connection, address)
    finally:
        await connection.close()


async def _only_one(connection: asyncpg.Connection[Any], address: Address) -> None:
    try:
        await connection.execute(f"SELECT pg_advisory_lock({lock_of(address.schema) ^ 2})")
    except asyncpg.LockNotAvailableError:
        raise PlaceBusy(place=address) from None


async def _sweep(connection: asyncpg.Connection[Any], address: Address) -> None:
    """Drop a schema in which a book was put together."""
    if connection.is_closed():
        return  # the server went; the next one to come sweeps
    comment = await connection.fetchval(_COMMENT, address.schema)
    if comment == SCRATCH:
        await connection.execute(f"DROP SCHEMA IF EXISTS {address.schema} CASCADE")
    elif await connection.fetchval(_THINGS, address.schema):
        raise TargetInUse(path=address)


async def _migrate_like(
    backup: Path, versions: list[tuple[str, str]], address: Address, migrate: Migrate
) -> None:
    """The tables as they were when the backup was taken, by our own migrations of that time."""
    upto = dict(versions)  # of each room, the last
    try:
        await migrate(address.url, upto=upto)
    except (KeyError, ValueError) as error:
        problem = f"它是更新的积善簿备份的（{error}），请用那个版本恢复"
        raise CopyDamaged(file=backup.name, problem=problem) from error


async def _fill(
    connection: asyncpg.Connection[Any], address: Address, backup: Path, progress: Progress
) -> None:
    """Every row of the backup, in one transaction, as the owner, with what the planner should know of them."""
    try:
        async with connection.transaction():
            await connection.execute(f"SET LOCAL ROLE {address.owner}")
            await connection.execute(f"SET LOCAL search_path = {address.schema}")
            with postgres_dumps.read(backup, progress=progress) as dump:
                while (rows := await asyncio.to_thread(next, dump, None)) is not None:
                    if rows.table != BOOKKEEPING:
                        await _copy_rows(connection, address, rows)
                        await connection.execute(f'ANALYZE "{rows.table}"')
            await _set_sequences(connection, address)
    except (asyncpg.PostgresError, *BROKEN) as error:
        raise _refused(error, backup) from error


async def _copy_rows(connection: asyncpg.Connection[Any], address: Address, rows: Rows) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        while piece := await asyncio.to_thread(postgres_dumps.piece, rows.lines):
            yield piece

    await connection.copy_to_table(
        rows.table, source=pieces(), columns=rows.columns, schema_name=address.schema, format="text"
    )


async def _set_sequences(connection: asyncpg.Connection[Any], address: Address) -> None:
    """Where a number is handed out, the next one is new."""
    for table, column, sequence in await connection.fetch(_SEQUENCES, address.schema):
        last = await connection.fetchval(f'SELECT max("{column}") FROM "{table}"')  # noqa: S608 - our tables
        if last is not None:
            await connection.execute("SELECT setval($1::text::regclass, $2)", sequence, last)


def _refused(error: Exception, backup: Path) -> LedgerError:
    if isinstance(error, asyncpg.DiskFullError):
        return NoSpace()
    if isinstance(error, asyncpg.DataError | asyncpg.IntegrityConstraintViolationError | asyncpg.RaiseError):
        return CopyDamaged(file=backup.name, problem=str(error))
    if isinstance(error, asyncpg.UndefinedTableError | asyncpg.UndefinedColumnError):
        return CopyDamaged(file=backup.name, problem=str(error))
    return BookDamaged(problem=str(error))
