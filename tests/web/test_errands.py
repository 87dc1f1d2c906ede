"""The errands of the house: heads are signed while the ledger grows, and what has ended is swept out."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger import encoding, heads, signatures
from ledger.book import Book
from ledger.transactions import Draft, Evidence
from tests import books
from tests.patience import until
from web import errands
from web.models import Limit, Session
from web.settings import Settings, load

pytestmark = pytest.mark.anyio


def settings_with_key(folder: Path) -> Settings:
    """Settings for a book with its key."""
    settings = load(book=f"sqlite://{folder / 'book.db'}")
    signatures.save(signatures.generate("jishan/test"), settings.key_file)
    return settings


async def write_one(book: Book, number: int) -> None:
    """One more entry."""
    evidence = Evidence("note", str(number), encoding.digest(str(number)))
    request = encoding.digest_of({"number": number})
    await book.journal.post(Draft(f"note/{number}", "act", evidence, date(2026, 1, 1), request))


async def test_the_head_is_signed_when_the_ledger_grew(tmp_path: Path) -> None:
    """And not again while nothing was written."""
    settings = settings_with_key(tmp_path)
    async with books.fresh(tmp_path) as book:
        await write_one(book, 1)
        assert await errands.sign(book, settings)
        assert not await errands.sign(book, settings)
        await write_one(book, 2)
        assert await errands.sign(book, settings)
        last = await heads.last(book)
        assert last is not None
        assert last.size == 2


async def test_what_has_ended_is_swept_out(tmp_path: Path) -> None:
    """Sessions at their end; counts of tries only long after, so that who goes on guessing is locked longer."""
    async with books.fresh(tmp_path) as book:
        now = book.now()
        async with book.write() as db:
            for key, ends in (("ended", -1), ("lives", 60)):
                times = {"created_at": now, "seen_at": now, "expires_at": now + timedelta(seconds=ends)}
                await Session.create(using_db=db, id=key, member="S-0005", kind="staff", csrf="c", **times)
            for key, days in (("old", -31), ("young", -29)):
                await Limit.create(using_db=db, key=key, count=5, until=now + timedelta(days=days))
        await errands.sweep(book)
        assert [one.id for one in await Session.all().using_db(book.reader)] == ["lives"]
        assert [one.key for one in await Limit.all().using_db(book.reader)] == ["young"]


async def test_an_errand_that_fails_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A key that is not there yet is logged; once it is there, the head is signed."""
    monkeypatch.setattr(errands, "EVERY_SECONDS", 0.01)
    settings = load(book=f"sqlite://{tmp_path / 'book.db'}")
    async with books.fresh(tmp_path) as book:
        await write_one(book, 1)
        running = asyncio.create_task(errands.run(book, settings))
        await until(lambda: caplog.records)
        assert await heads.last(book) is None
        signatures.save(signatures.generate("jishan/test"), settings.key_file)
        await until(lambda: heads.last(book))
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
