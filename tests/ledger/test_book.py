"""A book opens when it is whole, writes all of a transaction or nothing, and knows what day it is."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tortoise.context import TortoiseContext

from ledger.book import Book, path_of
from ledger.errors import BookDamaged, Busy
from ledger.models import LedgerCheckpoint
from tests import books
from tests.ledger.drafts import draft, fresh, move, opened

pytestmark = pytest.mark.anyio

DAMAGE = {
    "ledger_account_no_update": "DROP TRIGGER ledger_account_no_update",
    "people_member_no_replace": "DROP TRIGGER people_member_no_replace",
    "ledger_transaction_evidence": "DROP INDEX ledger_transaction_evidence",
    "ledger_tile_no_delete": "DROP TRIGGER ledger_tile_no_delete; CREATE TRIGGER ledger_tile_no_delete"
    " BEFORE DELETE ON ledger_tile BEGIN SELECT 1; END",
    "ledger_tile": "ALTER TABLE ledger_tile ADD COLUMN more TEXT",
    "thief": "CREATE TRIGGER thief BEFORE INSERT ON Ledger_Posting BEGIN SELECT RAISE(IGNORE); END",
    "ghost": 'CREATE TRIGGER ghost AFTER INSERT ON "ledger_posting" BEGIN SELECT 1; END',
}


@pytest.mark.parametrize(("name", "statement"), DAMAGE.items(), ids=DAMAGE.keys())
async def test_a_book_whose_guards_were_touched_does_not_open(
    name: str, statement: str, tmp_path: Path
) -> None:
    """A guard that is missing, changed or added is named."""
    await books.make(tmp_path)
    with sqlite3.connect(tmp_path / "book.db") as file:
        file.executescript(statement)
    file.close()
    with pytest.raises(BookDamaged, match=name):
        async with opened(tmp_path / "book.db"):
            pass


async def test_a_later_version_s_own_tables_do_not_keep_a_book_closed(tmp_path: Path) -> None:
    """While a new version is rolled out, the old one goes on."""
    await books.make(tmp_path)
    with sqlite3.connect(tmp_path / "book.db") as file:
        file.execute("CREATE TABLE later (id TEXT)")
        file.execute(
            "CREATE TRIGGER later_no_update BEFORE UPDATE ON later BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    file.close()
    async with opened(tmp_path / "book.db") as book:
        await book.journal.post(draft("1", move("bank", "a", 1)))


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, but long enough to look at" * 100])
async def test_what_is_no_book_does_not_open(content: bytes | None, tmp_path: Path) -> None:
    """No file, an empty one, another one: BookDamaged, and nothing is created."""
    path = tmp_path / "book.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BookDamaged):
        async with opened(path):
            pass
    assert path.exists() == (content is not None)


@pytest.mark.parametrize("url", ["jishan.db", "postgres://x/y", "sqlite://", "sqlite://:memory:"])
def test_an_address_that_names_no_file_is_refused(url: str) -> None:
    """Only files: an address is written sqlite://file."""
    with pytest.raises(BookDamaged):
        path_of(url)


def test_an_address_names_a_file() -> None:
    """Two slashes: from here; three: from the root."""
    assert path_of("sqlite://jishan.db") == Path("jishan.db")
    assert path_of("sqlite:///var/book.db") == Path("/var/book.db")


def row(size: int) -> LedgerCheckpoint:
    """Some row."""
    return LedgerCheckpoint(size=size, root=b"\0" * 32, note="note", signed_at="now")


async def sizes(book: Book) -> list[int]:
    """The rows that stand."""
    return [one.size for one in await LedgerCheckpoint.all().using_db(book.reader).order_by("size")]


async def half_a_write(book: Book) -> None:
    """One row, and then something goes wrong."""
    async with book.write() as client:
        await row(1).save(using_db=client, force_create=True)
        raise ZeroDivisionError


async def test_all_of_a_write_or_nothing(tmp_path: Path) -> None:
    """What fails half way leaves nothing, and the next write is its own."""
    async with fresh(tmp_path) as book:
        with pytest.raises(ZeroDivisionError):
            await half_a_write(book)
        async with book.write() as client:
            await LedgerCheckpoint.bulk_create([row(2), row(3)], using_db=client)
        assert await sizes(book) == [2, 3]


async def test_two_books_are_open_side_by_side(tmp_path: Path) -> None:
    """Each has its own log; nothing of one is seen in the other."""
    async with fresh(tmp_path, "one.db") as one, fresh(tmp_path, "two.db") as two:
        first = await one.journal.post(draft("1", move("bank", "a", 1)))
        second = await two.journal.post(draft("1", move("bank", "a", 2)))
        assert (first.position, second.position) == (1, 1)
        assert first.leaf != second.leaf


async def test_whoever_spoke_another_dialect_in_this_process_leaves_no_word_of_it(tmp_path: Path) -> None:
    """Tortoise keeps a model's queries for the whole process; a book opened after a stranger's context has its own."""
    async with TortoiseContext() as stranger:
        await stranger.init(db_url="asyncpg://x@127.0.0.1/x", modules={"ledger": ["ledger.models"]})
    async with fresh(tmp_path) as book:
        asked = LedgerCheckpoint.filter(size=1).using_db(book.reader).sql(params_inline=False)
    assert asked.endswith('"size"=?')


async def test_what_waits_is_written_before_a_book_closes(tmp_path: Path) -> None:
    """A posting that was taken is in the book after it closed; a later one is told Busy."""
    async with fresh(tmp_path) as book:
        tasks = [
            asyncio.ensure_future(book.journal.post(draft(f"{n}", move("bank", "a", 1)))) for n in range(700)
        ]
        await asyncio.sleep(0)
    assert {(await task).position for task in tasks} == set(range(1, 701))
    with pytest.raises(Busy):
        await book.journal.post(draft("late", move("bank", "a", 1)))


async def test_a_day_is_the_book_s_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At six in the evening UTC it is tomorrow in Shanghai."""
    async with fresh(tmp_path) as book:
        evening = datetime(2018, 7, 4, 18, tzinfo=UTC)
        monkeypatch.setattr(type(book.clock), "now", lambda _: evening)
        assert book.zone == ZoneInfo("Asia/Shanghai")
        assert (book.now(), book.today()) == (evening, date(2018, 7, 5))
