"""Is there a book at an address, and making one."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from alembic_like_migrations.rooms import APPS
from ledger import places
from ledger.errors import BookDamaged
from ledger.postgres import address_of
from tests import books, postgres
from tests.ledger.drafts import CHART, draft, move, open_book

pytestmark = pytest.mark.anyio


async def empty(folder: Path) -> str:
    """An address where there is no book yet."""
    if books.engine == "sqlite":
        return f"sqlite://{folder / 'inner' / 'book.db'}"
    database = (await postgres.make()).partition("?")[0].rpartition("/")[2]
    return postgres.address(database, schema="another")


async def test_a_book_is_made_where_there_is_none(tmp_path: Path) -> None:
    """Absent, made, made again: the same book, and what is in it stays."""
    url = await empty(tmp_path)
    assert not await places.exists(url)
    with pytest.raises(BookDamaged, match="jishan init"):
        async with open_book(url, chart=CHART, apps=APPS):
            pass
    for position in (1, 2):
        await places.make(url, APPS)
        assert await places.exists(url)
        async with open_book(url, chart=CHART, apps=APPS) as book:
            receipt = await book.journal.post(draft(f"n/{position}", move("bank", "a", 1)))
            assert receipt.position == position


async def test_an_address_is_shown_without_its_secrets(tmp_path: Path) -> None:
    """A file by its path; a server by its hosts."""
    assert places.shown(f"sqlite://{tmp_path}/book.db") == f"{tmp_path}/book.db"
    assert places.shown("postgres://u:p@h:5/db?schema=s") == "postgres://h:5/db?schema=s"


async def test_a_server_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    """Not a traceback: whoever types a wrong address reads what is wrong with it."""
    with pytest.raises(BookDamaged, match="schema=book"):
        await places.exists(f"postgres://nobody@/db?host={tmp_path}&schema=book")
    assert address_of("postgres:///db?schema=book").schema == "book"
    assert issubclass(asyncpg.PostgresError, Exception)
