"""A transaction on a book in SQLite that nobody can leave half open, and whose end is known or said to be in doubt.

Every BEGIN, COMMIT and ROLLBACK is a visit to the writer's thread, to its end, after whatever was asked there before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from ledger.errors import NoSpace, OutcomeUnknown
from ledger.sqlite import BookClient, in_our_words, storage_error
from ledger.turnstile import Turnstile

IN_DOUBT = "上一次提交没有得到磁盘的确认，请检查磁盘后重新启动"


@asynccontextmanager
async def immediate(turnstile: Turnstile, client: BookClient) -> AsyncIterator[BookClient]:
    """A transaction on the writer: begun IMMEDIATE, committed at the end, rolled back on any error or cancellation."""
    async with _ended(turnstile):
        try:
            await client.visit(_begin)
            yield client
            await client.visit(_commit)
        finally:
            if client.connection.in_transaction:
                await client.visit(_roll_back)


async def at_once(
    turnstile: Turnstile, client: BookClient, work: Callable[[sqlite3.Connection], None]
) -> None:
    """The same for work that needs nothing but the connection: all of it in one visit, from BEGIN to COMMIT."""
    async with _ended(turnstile):
        await client.visit(lambda connection: _from_begin_to_commit(connection, work))


@asynccontextmanager
async def _ended(turnstile: Turnstile) -> AsyncIterator[None]:
    """A turn, with one transaction. When nobody can say how that ended, nobody writes until the book is opened anew."""
    async with turnstile.turn():
        try:
            with in_our_words():
                yield
        except OutcomeUnknown:
            turnstile.read_only = IN_DOUBT
            raise


def _from_begin_to_commit(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], None]) -> None:
    try:
        _begin(connection)
        work(connection)
        _commit(connection)
    finally:
        if connection.in_transaction:
            _roll_back(connection)


def _begin(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise storage_error(error) from error


def _commit(connection: sqlite3.Connection) -> None:
    """An error here means that nobody knows, save when the disk was full: then SQLite has kept nothing."""
    try:
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise NoSpace from error
        raise OutcomeUnknown from error


def _roll_back(connection: sqlite3.Connection) -> None:
    try:
        connection.rollback()
    except sqlite3.Error as error:
        raise OutcomeUnknown from error
