"""What is remembered is right: for the head it was kept at, and not after a batch that fell."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.decisions import Standing
from ledger.errors import BelowFloor, RowConflict
from ledger.models import LedgerCheckpoint
from ledger.remembered import AT_MOST, NO_ENTRY, Remembered
from tests.attack import consistency
from tests.ledger.drafts import draft, fresh, move, opened

KEY = ("a", "points")
STANDING = Standing(1, 5, 0)
HEAD = (1, b"leaf")


def kept() -> Remembered:
    """The memory of a writer that wrote one entry."""
    memory = Remembered()
    memory.standings(NO_ENTRY)[KEY] = STANDING
    memory.keep(HEAD, {KEY: (512, 0)})
    return memory


def test_it_is_remembered_at_the_head_it_was_kept_at() -> None:
    """The same position with another leaf is another log."""
    assert kept().standings(HEAD) == {KEY: STANDING}
    assert kept().standings((2, b"leaf")) == {}
    assert kept().standings((1, b"other")) == {}
    assert kept().accounts == {KEY: (512, 0)}


def test_what_was_not_kept_is_forgotten() -> None:
    """A batch that fell leaves nothing of what it moved on, though the head is as it was."""
    memory = kept()
    memory.standings(HEAD)[KEY] = Standing(2, 4, 0)
    assert memory.standings(HEAD) == {}


def test_it_does_not_grow_for_ever() -> None:
    """One account too many, and all are forgotten."""
    memory = kept()
    many = memory.standings(HEAD)
    many |= {(str(n), "points"): STANDING for n in range(AT_MOST)}
    memory.keep(HEAD, dict.fromkeys(many, (512, 0)))
    assert memory.standings(HEAD) == {}
    assert memory.accounts == {}


@pytest.mark.anyio
async def test_what_another_writes_counts(tmp_path: Path) -> None:
    """Versions go on from what another process wrote meanwhile, and the floor is held against it."""
    async with fresh(tmp_path) as one, opened(tmp_path / "book.db") as two:
        await one.journal.post(draft("1", move("bank", "a", 5)))
        await two.journal.post(draft("2", move("a", "b", 3)))
        with pytest.raises(BelowFloor):
            await one.journal.post(draft("3", move("a", "b", 3)))
        await one.journal.post(draft("4", move("a", "b", 2)))
    assert consistency.check(tmp_path / "book.db") == 3


@pytest.mark.anyio
async def test_a_group_that_stands_is_remembered_and_one_that_falls_is_not(tmp_path: Path) -> None:
    """Drafts that stand together move the memory on; a refusal in them, or a row in the way, leaves it."""
    row = LedgerCheckpoint(size=7, root=b"\0" * 32, note="note", signed_at="now")
    async with fresh(tmp_path) as book:
        await book.journal.post_together([draft("1", move("bank", "a", 5)), draft("2", move("a", "b", 1))])
        with pytest.raises(BelowFloor):
            await book.journal.post_together([draft("3", move("a", "b", 4)), draft("4", move("a", "b", 1))])
        await book.journal.post(draft("5", move("a", "b", 1), rows=(row,)))
        with pytest.raises(RowConflict):
            await book.journal.post(draft("6", move("a", "b", 1), rows=(row,)))
        await book.journal.post(draft("7", move("a", "b", 3)))
    assert consistency.check(tmp_path / "book.db") == 4
