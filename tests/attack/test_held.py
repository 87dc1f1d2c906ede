"""Another process holds the book: whoever waits is told Busy when their patience ends, and nobody ever meets a lock."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger import sqlite, turnstile
from ledger.book import Book
from ledger.errors import Busy, LedgerError
from tests import books
from tests.attack import consistency
from tests.attack.faults import ROOT
from tests.figures import FULL
from tests.ledger.drafts import draft, move, opened
from tests.postgres import ENGINES

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

PATIENCE = turnstile.PATIENCE_SECONDS if FULL else 1.0
LEEWAY_SECONDS = 3.0 if FULL else 25.0
"""What a machine may take on top when it is busy with other tests too."""


@contextmanager
def holder(url: str, how: str, seconds: float) -> Iterator[None]:
    """A process that holds the book for so long, or until it is not needed any more."""
    command = [sys.executable, "-m", "tests.attack.holding", url, str(seconds), how]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            yield
        finally:
            process.terminate()


async def answers(book: Book, count: int, name: str) -> list[tuple[str, float]]:
    """What so many callers at once are told, and after how many seconds."""

    async def one(number: int) -> tuple[str, float]:
        began = time.monotonic()
        try:
            await book.journal.post(draft(f"{name}/{number}", move("bank", "a", 1)))
        except LedgerError as error:
            kind = "locked" if "locked" in str(error) else type(error).__name__
            return kind, time.monotonic() - began
        return "Receipt", time.monotonic() - began

    return await asyncio.gather(*(one(number) for number in range(count)))


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
async def test_behind_another_process_the_answer_is_busy(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before the patience ends and soon after it, for every caller; then all goes on."""
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", PATIENCE)
    url = await books.make(tmp_path)
    async with opened(url) as book:
        with holder(url, "lock", PATIENCE * 4 + 30):
            told = await answers(book, 20, "behind")
        assert {kind for kind, _ in told} == {"Busy"}
        assert min(seconds for _, seconds in told) >= PATIENCE - 0.1
        assert max(seconds for _, seconds in told) <= PATIENCE + LEEWAY_SECONDS
        assert {kind for kind, _ in await answers(book, 20, "after")} == {"Receipt"}
        assert await consistency.check_book(book) == 20


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
async def test_whoever_is_slow_is_waited_for(engine: str, tmp_path: Path) -> None:
    """A process that gives the book back in time costs the others nothing but that time."""
    url = await books.make(tmp_path)
    async with opened(url) as book:
        with holder(url, "lock", 0.7):
            assert {kind for kind, _ in await answers(book, 20, "behind")} == {"Receipt"}
        assert await consistency.check_book(book) == 20


async def test_a_program_that_knows_nothing_of_turns_is_waited_for_too(tmp_path: Path) -> None:
    """It holds SQLite's own lock: the answer is Busy after SQLite's patience, or a receipt when it lets go before."""
    url = await books.make(tmp_path)
    async with opened(url) as book:
        with holder(url, "transaction", 1.0):
            assert {kind for kind, _ in await answers(book, 20, "behind")} == {"Receipt"}
        with holder(url, "transaction", 60):
            told = await answers(book, 20, "refused")
        assert {kind for kind, _ in told} == {Busy.__name__}
        assert await consistency.check_book(book) == 20


async def test_a_book_that_does_not_wait_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack sees the fault it is for: a connection that gives up where somebody else is writing."""
    monkeypatch.setitem(sqlite._PRAGMAS, "busy_timeout", "0")
    url = await books.make(tmp_path)
    async with opened(url) as book:
        with holder(url, "transaction", 60):
            assert {kind for kind, _ in await answers(book, 20, "behind")} == {Busy.__name__}


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
async def test_a_book_that_waits_for_ever_is_noticed(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a turn whose patience has no end."""
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 1000.0)
    url = await books.make(tmp_path)
    async with opened(url) as book:
        with holder(url, "lock", 60):
            waiting = asyncio.ensure_future(answers(book, 5, "behind"))
            done, _ = await asyncio.wait({waiting}, timeout=2)
            assert not done
        await waiting
