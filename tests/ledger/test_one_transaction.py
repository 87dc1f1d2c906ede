"""What a verb may do with the client of Book.write, on both engines, and what it is told when it does more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from tortoise.exceptions import BaseORMException
from tortoise.transactions import in_transaction

from ledger.book import Book
from ledger.models import LedgerCheckpoint
from ledger.one_transaction import NotYourTransaction
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """An empty book."""
    async with fresh(tmp_path) as it:
        yield it


def row(size: int) -> LedgerCheckpoint:
    """A row; the ledger's own table serves, because rows are rows to it."""
    return LedgerCheckpoint(size=size, root=b"\0" * 32, note="note", signed_at="now")


async def nested(client: Any) -> None:
    """Tortoise's own transaction."""
    async with client._in_transaction() as inner:
        await row(2).save(using_db=inner, force_create=True)


async def by_name(client: Any) -> None:
    """The same, asked of whatever connection Tortoise finds by its name."""
    async with in_transaction(client.connection_name):
        pass


async def get_or_create(client: Any) -> None:
    """Which begins a transaction of its own."""
    await LedgerCheckpoint.get_or_create(
        {"root": b"\0" * 32, "note": "note", "signed_at": "now"}, using_db=client, size=2
    )


async def script(client: Any) -> None:
    """Which commits."""
    await client.execute_script("SELECT 1; SELECT 2")


def saying(words: str) -> Callable[[Any], Awaitable[Any]]:
    """A statement about transactions."""

    async def say(client: Any) -> Any:
        return await client.execute_query(words)

    return say


WRONG: dict[str, Callable[[Any], Awaitable[Any]]] = {
    "a transaction in it": nested,
    "a transaction by name": by_name,
    "get_or_create": get_or_create,
    "a script": script,
    "COMMIT": saying(" commit"),
    "ROLLBACK": saying("ROLLBACK"),
    "SAVEPOINT": saying("SAVEPOINT here"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
async def test_nothing_begins_or_ends_a_transaction_in_it(
    book: Book, wrong: Callable[[Any], Awaitable[Any]]
) -> None:
    """It is refused at once, nothing of the block is kept, and the journal goes on."""
    with pytest.raises((NotYourTransaction, BaseORMException)):
        await write_and(book, wrong)
    assert not await LedgerCheckpoint.all().using_db(book.reader)
    assert (await book.journal.post(draft("after", move("bank", "a", 1)))).position == 1


async def write_and(book: Book, wrong: Callable[[Any], Awaitable[Any]]) -> None:
    """A row, and then something wrong."""
    async with book.write() as client:
        await row(1).save(using_db=client, force_create=True)
        await wrong(client)


async def test_nothing_is_written_when_it_has_ended(book: Book) -> None:
    """A client that somebody kept writes nothing by itself, and reads nothing that is not committed."""
    async with book.write() as client:
        await row(1).save(using_db=client, force_create=True)
    for late in (
        row(2).save(using_db=client, force_create=True),
        LedgerCheckpoint.filter(size=1).using_db(client),
        client.execute_query_dict("SELECT size FROM ledger_checkpoint"),
    ):
        with pytest.raises(NotYourTransaction):
            await late
    assert [one.size for one in await LedgerCheckpoint.all().using_db(book.reader)] == [1]


async def test_single_statements_are_written_together(book: Book) -> None:
    """Creating, saving and inserting many may be used, and looking at what was written so far."""
    async with book.write() as client:
        await LedgerCheckpoint.create(using_db=client, size=1, root=b"\0" * 32, note="1", signed_at="now")
        await LedgerCheckpoint.bulk_create([row(2), row(3)], using_db=client)
        assert await LedgerCheckpoint.all().using_db(client).count() == 3
    assert await LedgerCheckpoint.all().using_db(book.reader).count() == 3
