"""Balances, histories and receipts, as the postings say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from ledger import statements
from ledger.book import Book
from ledger.statements import Entry
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """Nine entries of two boxes, the last two a day later; box a1 beside box a."""
    async with fresh(tmp_path) as book:
        drafts = [draft(f"in/{n}", move("bank", "a", 10)) for n in range(4)]
        drafts += [draft(f"over/{n}", move("a", "b", 3), move("bank", "a", 1, "honour")) for n in range(3)]
        drafts.append(draft("late", move("b", "a", 2), on=date(2018, 7, 5)))
        drafts.append(draft("near", move("bank", "a1", 7), on=date(2018, 7, 5)))
        await book.journal.post_all(drafts)
        yield book


async def test_balances_are_those_of_the_last_posting(book: Book) -> None:
    """By account, by owner with the slash or without, by unit; one never opened is nought."""
    assert await statements.balance(book.reader, "box/a") == 33
    assert await statements.balance(book.reader, "box/a", "honour") == 3
    keys = [("box/b", "points"), ("box/none", "points")]
    assert await statements.balances_of(book.reader, keys) == {keys[0]: 7, keys[1]: 0}
    found = await statements.balances(book.reader, "box/", unit="points")
    assert [(b.address, b.balance, b.version, b.floor) for b in found] == [
        ("box/a", 33, 8, 0),
        ("box/a1", 7, 1, 0),
        ("box/b", 7, 4, 0),
    ]
    (bank,) = await statements.balances(book.reader, "bank", unit="points")
    assert (bank.balance, bank.floor) == (-47, None)


async def test_balances_on_a_day_count_what_took_effect_by_then(book: Book) -> None:
    """The evening before, on the day, and before anything."""
    days = [date(2018, 7, 3), date(2018, 7, 4), date(2018, 7, 5)]
    assert [await statements.balance(book.reader, "box/a", on=day) for day in days] == [0, 31, 33]
    assert await statements.balance(book.reader, "box/none", on=days[2]) == 0


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
async def test_pages_of_a_history_lose_nothing(size: int, book: Book) -> None:
    """Paged by any size, a history of several accounts is the whole history, newest first, each entry once."""
    keys = [("box/a", "points"), ("box/b", "points")]
    paged: list[Entry] = []
    while page := await statements.history(
        book.reader, keys, before=paged[-1].id if paged else statements.BEYOND, limit=size
    ):
        paged += page
        assert len(page) <= size + 1
    assert [(e.position, e.address, e.amount, e.balance) for e in paged] == [
        (8, "box/a", 2, 33),
        (8, "box/b", -2, 7),
        (7, "box/b", 3, 9),
        (7, "box/a", -3, 31),
        (6, "box/b", 3, 6),
        (6, "box/a", -3, 34),
        (5, "box/b", 3, 3),
        (5, "box/a", -3, 37),
        *((4 - n, "box/a", 10, 40 - 10 * n) for n in range(4)),
    ]
    assert await statements.history(book.reader, []) == []


async def test_an_entry_leads_to_what_it_is_for(book: Book) -> None:
    """Reference, evidence, day and the other side."""
    (entry,) = await statements.history(book.reader, [("box/a1", "points")])
    assert (entry.reference, entry.evidence_kind, entry.evidence_id) == ("t/near", "note", "near")
    assert (entry.effective_on, entry.other, entry.kind) == (date(2018, 7, 5), "bank", "move")


async def test_receipts_and_texts_are_found(book: Book) -> None:
    """By reference and by position; what is not there is left out."""
    known = await statements.known(book.reader, ["t/late", "t/none"])
    assert {name: receipt.position for name, receipt in known.items()} == {"t/late": 8}
    text = await statements.text_at(book.reader, 8)
    assert text is not None
    assert b'"reference":"t/late"' in text
    assert await statements.text_at(book.reader, 10) is None
