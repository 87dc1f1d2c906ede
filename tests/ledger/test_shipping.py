"""New entries reach a second place: all of them once, in order, and never those of another history."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ledger import files, segments, shipping
from ledger.book import Book
from ledger.errors import BookDamaged, CopyDamaged, NotContinuous, OtherBook, PlaceBusy
from ledger.frontier import Frontier
from ledger.shipping import Shipped
from tests.ledger import drafts
from tests.ledger.copies import fill, flip, quiet, rows_of, tamper

pytestmark = pytest.mark.anyio


async def ship(book: Book, folder: Path) -> Shipped:
    """Ship what there is."""
    return await shipping.ship(book.reader, folder, progress=quiet)


def shipped(folder: Path) -> list[tuple[int, bytes, bytes]]:
    """Position, text and leaf of everything in a folder, read strictly."""
    there = segments.following(segments.listed(folder), Frontier(), quiet)
    return [(entry.position, entry.body, entry.leaf) for entry in there]


async def written(book: Book) -> list[tuple[int, bytes, bytes]]:
    """The same of a book."""
    return [(row[0], row[-2], row[-1]) for row in await rows_of(book, "ledger_transaction")]


async def test_everything_is_shipped_once(tmp_path: Path) -> None:
    """1,250 entries in segments of 100 at most; again, nothing; then only what is new."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 1250)
        assert await ship(book, tmp_path / "there") == Shipped(1250, 13, 1250)
        assert await ship(book, tmp_path / "there") == Shipped(0, 0, 1250)
        await fill(book, 3, first=1251)
        assert await ship(book, tmp_path / "there") == Shipped(3, 1, 1253)
        assert shipped(tmp_path / "there") == await written(book)


async def test_a_book_without_entries_ships_nothing(tmp_path: Path) -> None:
    """And can begin later."""
    async with drafts.fresh(tmp_path) as book:
        assert await ship(book, tmp_path / "there") == Shipped(0, 0, 0)
        await fill(book, 1)
        assert await ship(book, tmp_path / "there") == Shipped(1, 1, 1)


async def test_following_delivers_in_time_and_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred entries go at once and one waits for its turn; what waits when it is stopped is shipped."""
    monkeypatch.setattr(shipping, "LOOK_SECONDS", 0.05)
    async with drafts.fresh(tmp_path) as book, asyncio.timeout(120):
        await fill(book, 2)
        heard, stop = followed(book, tmp_path / "there", every=1000)
        assert await heard.get() == 2
        await fill(book, 120, first=3)
        while (last := await heard.get()) < 100:
            pass
        await fill(book, 1, first=123)
        await asyncio.sleep(0.3)
        assert heard.empty(), "one entry did not wait for its turn"
        assert (await stop()).last == 123 > last
        heard, stop = followed(book, tmp_path / "there", every=0.1)
        await fill(book, 1, first=124)
        assert await heard.get() == 124
        await stop()
        assert shipped(tmp_path / "there") == await written(book)


def followed(
    book: Book, folder: Path, *, every: float
) -> tuple[asyncio.Queue[int], Callable[[], Awaitable[Shipped]]]:
    """Follow a book into a folder: how far each delivery goes, and how to stop."""
    heard, stopped = asyncio.Queue[int](), asyncio.Event()
    following = asyncio.ensure_future(
        shipping.follow(
            book.reader, folder, stopped=stopped, told=lambda sent: heard.put_nowait(sent.last), every=every
        )
    )

    async def stop() -> Shipped:
        stopped.set()
        return await following

    return heard, stop


async def test_another_book_is_refused(tmp_path: Path) -> None:
    """A folder is for one book."""
    async with drafts.fresh(tmp_path, "one.db") as book:
        await fill(book, 3)
        await ship(book, tmp_path / "there")
        one = await written(book)
    async with drafts.fresh(tmp_path, "two.db") as book:
        await fill(book, 5)
        with pytest.raises(OtherBook, match="there"):
            await ship(book, tmp_path / "there")
    assert shipped(tmp_path / "there") == one


@pytest.mark.embedded("a file is copied and put back")
async def test_a_book_that_lost_or_changed_history_is_refused(tmp_path: Path) -> None:
    """Restored from yesterday: it has fewer entries; gone another way since: it has others. Nothing is written."""
    path = tmp_path / "book.db"
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 4)
    shutil.copy(path, tmp_path / "yesterday.db")
    async with drafts.opened(path) as book:
        await fill(book, 4, first=5)
        await ship(book, tmp_path / "there")
    before = shipped(tmp_path / "there")
    async with drafts.opened(tmp_path / "yesterday.db") as book:
        with pytest.raises(NotContinuous, match="那里有 8 笔，账本只有 4 笔"):
            await ship(book, tmp_path / "there")
        await fill(book, 6, first=100)
        with pytest.raises(NotContinuous, match="到第 8 笔为止的历史不同"):
            await ship(book, tmp_path / "there")
    assert shipped(tmp_path / "there") == before


@pytest.mark.embedded("a file is changed behind the book's back")
async def test_damage_is_not_shipped(tmp_path: Path) -> None:
    """A text that is not its leaf's stops the delivery before it; what went before is there."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 3)
        await ship(book, tmp_path / "there")
        await fill(book, 3, first=4)
    tamper(
        tmp_path / "book.db",
        "ledger_transaction",
        "UPDATE ledger_transaction SET body = CAST(body || ' ' AS BLOB) WHERE position = 5",
    )
    async with drafts.opened(tmp_path / "book.db") as book:
        with pytest.raises(BookDamaged, match="第 5 笔"):
            await ship(book, tmp_path / "there")
    assert len(shipped(tmp_path / "there")) == 3


async def test_a_damaged_end_and_a_second_shipper_are_refused(tmp_path: Path) -> None:
    """Nothing is added behind a segment that cannot be read, and two do not write to one folder."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 3)
        await ship(book, tmp_path / "there")
        with files.only_one(tmp_path / "there"), pytest.raises(PlaceBusy):
            await ship(book, tmp_path / "there")
        flip(next((tmp_path / "there").iterdir()), 30)
        with pytest.raises(CopyDamaged, match="第 1 行"):
            await ship(book, tmp_path / "there")
