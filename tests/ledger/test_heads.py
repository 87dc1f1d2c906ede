"""The signed heads of a book: signed when it grew, found again, and never over a history that was changed."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from ledger import checkpoints, encoding, heads, signatures, tree
from ledger.book import Book
from ledger.errors import NotAnExtension, WrongSignature
from ledger.models import LedgerCheckpoint
from ledger.transactions import Draft, Evidence
from points.district import open_district
from tests import books
from tests.ledger.tampering import Original, opened

pytestmark = pytest.mark.anyio


async def grow(book: Book, name: str) -> int:
    """One more act; the answer is its position."""
    evidence = Evidence("decision", "1", "sha256:" + "0" * 64)
    request = encoding.digest_of({"name": name})
    return (
        await book.journal.post(Draft(f"act/{name}", "act", evidence, date(2026, 1, 1), request))
    ).position


async def test_a_head_is_signed_once_for_each_size(original: Original) -> None:
    """Signing again without growth gives the same note and no row; after growth a new one, which holds the growth."""
    with original.copy() as copy:
        async with open_district(f"sqlite://{copy}") as book:
            first = await heads.checkpoint(book, original.key)
            again = await heads.checkpoint(book, original.key)
            assert (first.size, first.note) == (again.size, again.note)
            position = await grow(book, "one")
            second = await heads.checkpoint(book, original.key)
            assert second.size == position == first.size + 1
            assert await heads.last(book) == second
            assert await LedgerCheckpoint.all().using_db(book.reader).count() == 2
            signed = checkpoints.verify(second.note, str(original.key.verifier))
            assert (signed.size, signed.root) == (position, await tree.root_at(book.reader, position))


async def test_a_head_that_holds_a_position_is_taken_from_the_shelf(original: Original) -> None:
    """An older head that is large enough serves; only a position behind all of them is signed for."""
    with original.copy() as copy:
        async with open_district(f"sqlite://{copy}") as book:
            first = await heads.checkpoint(book, original.key)
            position = await grow(book, "one")
            assert (await heads.at_or_after(book, first.size, original.key)).size == first.size
            assert await LedgerCheckpoint.all().using_db(book.reader).count() == 1
            assert (await heads.at_or_after(book, position, original.key)).size == position
            assert await LedgerCheckpoint.all().using_db(book.reader).count() == 2
            with pytest.raises(AssertionError, match="no such position"):
                await heads.at_or_after(book, position + 1, original.key)


async def test_many_who_sign_at_once_agree(original: Original) -> None:
    """Twenty who sign the same growth at the same time: one row, one note."""
    with original.copy() as copy:
        async with open_district(f"sqlite://{copy}") as book:
            await grow(book, "one")
            signed = await asyncio.gather(*(heads.checkpoint(book, original.key) for _ in range(20)))
            assert len({head.note for head in signed}) == 1
            assert await LedgerCheckpoint.all().using_db(book.reader).count() == 2


async def test_a_changed_history_is_not_signed(original: Original) -> None:
    """When a leaf before the last head is not what it was, the signer refuses, and no row is written."""
    with original.copy() as copy:
        with opened(copy) as file:
            file.execute("UPDATE ledger_transaction SET leaf = zeroblob(32) WHERE position = 400")
        async with open_district(f"sqlite://{copy}") as book:
            with pytest.raises(NotAnExtension):
                await heads.checkpoint(book, original.key)
            assert await LedgerCheckpoint.all().using_db(book.reader).count() == 1


async def test_another_key_does_not_go_on(original: Original) -> None:
    """A head signed by another key of the same name is not extended."""
    other = signatures.generate(original.key.name)
    with original.copy() as copy:
        async with open_district(f"sqlite://{copy}") as book:
            await grow(book, "one")
            with pytest.raises(WrongSignature):
                await heads.checkpoint(book, other)


async def test_a_book_without_a_head_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    """There is no last head before the first."""
    async with books.fresh(tmp_path_factory.mktemp("empty")) as book:
        assert await heads.last(book) is None
