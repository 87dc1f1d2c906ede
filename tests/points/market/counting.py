"""Count the statements a page costs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ledger.book import Book


@asynccontextmanager
async def statements_during(book: Book) -> AsyncIterator[list[str]]:
    """The statements that a book's reader runs inside the block, as SQLite itself reports them."""
    seen: list[str] = []
    async with book.reader.acquire_connection() as connection:
        await connection.set_trace_callback(seen.append)
    try:
        yield seen
    finally:
        async with book.reader.acquire_connection() as connection:
            await connection.set_trace_callback(None)
