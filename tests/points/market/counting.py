"""Count the statements a page costs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from ledger.book import Book


@asynccontextmanager
async def statements_during(book: Book) -> AsyncIterator[list[str]]:
    """The statements that a book's reader runs inside the block, as the connection itself reports them."""
    seen: list[str] = []
    if book.engine.dialect == "postgres":
        async with postgres_statements(book, seen):
            yield seen
        return
    async with book.reader.acquire_connection() as connection:
        await connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        async with book.reader.acquire_connection() as connection:
            await connection.set_trace_callback(None)


@asynccontextmanager
async def postgres_statements(book: Book, seen: list[str]) -> AsyncIterator[None]:
    """Listen to every connection of the pool."""

    def told(record: Any) -> None:
        seen.append(record.query)

    async with AsyncExitStack() as stack:
        taken = [await stack.enter_async_context(book.reader.acquire_connection()) for _ in range(8)]
        for connection in taken:
            connection.add_query_logger(told)
    try:
        yield
    finally:
        async with AsyncExitStack() as stack:
            taken = [await stack.enter_async_context(book.reader.acquire_connection()) for _ in range(8)]
            for connection in taken:
                connection.remove_query_logger(told)


@asynccontextmanager
async def writes_during(book: Book, seen: list[str]) -> AsyncIterator[None]:
    """The statements that a book's writer runs inside the block."""
    connection = book.engine.writer.connection
    if book.engine.dialect == "postgres":
        with connection.query_logger(lambda record: seen.append(record.query)):
            yield
        return
    await connection.set_trace_callback(seen.append)
    yield
    await connection.set_trace_callback(lambda _: None)


async def steps_of(book: Book, work: Callable[[], Awaitable[object]]) -> int:
    """How many steps SQLite takes for what is read: a row more is a handful more of them, wherever the rows come from.

    It counts instructions of its virtual machine in tens, so it is the same on a busy machine.
    """
    steps = 0

    def another() -> int:
        nonlocal steps
        steps += 1
        return 0

    async with book.reader.acquire_connection() as connection:
        await connection.set_progress_handler(another, 10)
    try:
        await work()
    finally:
        async with book.reader.acquire_connection() as connection:
            await connection.set_progress_handler(None, 0)
    return 10 * steps
