"""Baselines on PostgreSQL through asyncpg: the ledger's very rows by COPY, and a bare transfer between two rows.

They write into schemas of their own beside the measured book's, with the same tables, indexes, guards and pinned plans,
and every commit is as durable. Rows are in hand before the clock starts.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg

from benchmarks.figures import Round, Watch
from benchmarks.raw_sqlite import AFTER
from ledger.postgres import Address, Writer, address_of
from ledger.postgres_words import spoken
from points import district

Rows = dict[str, list[Any]]
CONNECTIONS = 64
"""The bare transfer's callers share so many, at most: a server has a hundred."""
_LOCKED = "SELECT id FROM {rows} WHERE id IN ($1, $2) ORDER BY id FOR UPDATE"
_MOVE = "UPDATE {rows} SET balance = balance + $2 WHERE id = $1"


@asynccontextmanager
async def beside(url: str, name: str) -> AsyncIterator[Address]:
    """A schema with the same rows as the book at `url`, for as long as the block lasts."""
    ours = address_of(url)
    copy = replace(ours, schema=f"{ours.schema}_{name}")
    await _drop(ours, copy)
    await district.migrate(copy.url)
    try:
        async with reader(ours) as source, writer(copy) as target:
            for table in AFTER:
                with tempfile.TemporaryFile() as rows:
                    await source.copy_from_table(table, output=rows, format="binary")
                    rows.seek(0)
                    await target.copy_to_table(table, source=rows, format="binary")
        yield copy
    finally:
        await _drop(ours, copy)


async def _drop(ours: Address, copy: Address) -> None:
    connection = await ours.connect()
    try:
        await connection.execute(f"DROP SCHEMA IF EXISTS {copy.schema} CASCADE")
        with contextlib.suppress(asyncpg.PostgresError):  # not everybody may drop roles; they can do nothing
            await connection.execute(f"DROP ROLE IF EXISTS {copy.owner}, {copy.application}")
    finally:
        await connection.close()


@asynccontextmanager
async def reader(address: Address) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection as the book's application, as it reads."""
    connection = await address.connect(**address.settings(address.application))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def writer(address: Address) -> AsyncIterator[asyncpg.Connection[Any]]:
    """A connection with the plans of the ledger's own writer."""
    client = Writer(address, part="writer", connection_name="raw")
    await client.create_connection(with_db=True)
    try:
        yield client.connection
    finally:
        await client.close()


async def copy(source: Address, target: Address, *, after: int, until: int, group: int) -> Round:
    """Write what stands in `source` at after < position ≤ until into `target`, `group` transactions a commit."""
    async with reader(source) as ours:
        groups = [
            await rows_between(ours, start, min(start + group, until)) for start in range(after, until, group)
        ]
    took = []
    async with writer(target) as connection:
        watch = Watch()
        for rows in groups:
            started = time.perf_counter()
            await write(connection, rows)
            took.append(time.perf_counter() - started)
        return watch.round(until - after, took)


async def rows_between(connection: asyncpg.Connection[Any], after: int, until: int) -> Rows:
    """The rows of a stretch of the ledger, by table."""
    return {
        table: [tuple(row) for row in await connection.fetch(spoken(query), after, until)]
        for table, query in AFTER.items()
    }


async def write(connection: asyncpg.Connection[Any], rows: Rows) -> None:
    """One group, in one transaction."""
    await connection.execute("BEGIN")
    for table, some in rows.items():
        if some:
            await connection.copy_records_to_table(table, records=some)
    await connection.execute("COMMIT")


class TwoRows:
    """Balances in rows that are locked and changed: one fund, many members, nothing remembered."""

    def __init__(self, address: Address, members: int) -> None:
        self._address = address
        self._members = members
        self._table = f"{address.schema}.two_rows"

    async def make(self) -> None:
        """The table, with a fund that has enough."""
        connection = await self._address.connect(role=self._address.owner)
        try:
            await connection.execute(
                f"CREATE TABLE {self._table} (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0))"
            )
            some = [(0, 10**12), *((member, 0) for member in range(1, self._members + 1))]
            await connection.copy_records_to_table("two_rows", schema_name=self._address.schema, records=some)
        finally:
            await connection.close()

    async def run(self, count: int, callers: int) -> Round:
        """So many transfers of one from the fund, each a transaction: lock both rows, change both, commit."""
        async with asyncpg.create_pool(
            self._address.dsn,
            min_size=min(callers, CONNECTIONS),
            max_size=min(callers, CONNECTIONS),
            server_settings={"role": self._address.owner},
        ) as pool:
            waiting = iter(range(count))
            watch = Watch()
            took = await asyncio.gather(*(self._caller(pool, waiting) for _ in range(callers)))
            return watch.round(count, [seconds for one in took for seconds in one])

    async def _caller(self, pool: Any, waiting: Any) -> list[float]:
        took = []
        lock, move = _LOCKED.format(rows=self._table), _MOVE.format(rows=self._table)
        for number in waiting:
            member, started = number % self._members + 1, time.perf_counter()
            async with pool.acquire() as connection, connection.transaction():
                await connection.fetch(lock, 0, member)
                await connection.execute(move, 0, -1)
                await connection.execute(move, member, 1)
            took.append(time.perf_counter() - started)
        return took
