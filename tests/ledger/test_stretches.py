"""A book is read once, in stretches; an account that was forgotten is looked up as it stood before."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger import checks_of_balances, stretches
from ledger.findings import Audit
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio


async def test_every_row_comes_once_and_accounts_stand_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From any place on, in stretches of any length, with a memory of one account: the numbers continue each other."""
    monkeypatch.setattr(stretches, "REMEMBERED", 1)
    async with fresh(tmp_path) as book:
        pairs = [(move("bank", "ab"[number % 2], 2), move("bank", "c", 1)) for number in range(40)]
        await book.journal.post_all([draft(str(number), *pair) for number, pair in enumerate(pairs)])
        await book.journal.post(draft("back", move("c", "a", 5)))
        for since in (0, 1, 17, 40):
            for page in (1, 7, 100):
                monkeypatch.setattr(stretches, "PAGE", page)
                audit = Audit(book.reader, 41, {}, since=since)
                read = []
                async for stretch in stretches.read(audit):
                    read += [row[0] for row in stretch.transactions]
                    assert list(checks_of_balances.of_stretch(stretch)) == []
                assert read == list(range(since + 1, 42))


async def test_what_is_written_meanwhile_is_not_read(tmp_path: Path) -> None:
    """An audit is of the book as it stood when it began."""
    async with fresh(tmp_path) as book:
        await book.journal.post_all([draft(str(n), move("bank", "a", 1)) for n in range(5)])
        read = [row[0] async for one in stretches.read(Audit(book.reader, 3, {})) for row in one.transactions]
    assert read == [1, 2, 3]
