"""One at a time, in time, and nothing is kept by those who went away."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ledger import turnstile
from ledger.errors import BookDamaged, Busy, ReadOnly
from ledger.turnstile import Turnstile
from tests.attack.consistency import held_lock
from tests.patience import until

pytestmark = pytest.mark.anyio


async def test_tasks_pass_one_at_a_time(tmp_path: Path) -> None:
    """Never two inside, through two turnstiles of one book as through one; by another name of the file as well."""
    (tmp_path / "other.db").symlink_to(tmp_path / "book.db")
    gates = [Turnstile(tmp_path / "book.db"), Turnstile(tmp_path / "other.db")]
    inside = most = 0

    async def pass_through(gate: Turnstile) -> None:
        nonlocal inside, most
        async with gate.turn():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(pass_through(gates[n % 2]) for n in range(40)))
    assert (inside, most) == (0, 1)


def waiters() -> int:
    """The threads that wait for a file's lock; others of the process come and go."""
    return sum(thread.name == turnstile.WAITER for thread in threading.enumerate())


def is_free(path: Path) -> bool:
    """Whether somebody else could have the file's lock at once."""
    try:
        with held_lock(path):
            return True
    except BlockingIOError:
        return False


async def test_giving_up_leaves_no_lock_and_one_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind another process everybody is told Busy in time; one thread waits for all of them, and gives back."""
    monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.02)
    gate = Turnstile(tmp_path / "book.db")
    with held_lock(tmp_path / "book.db"):
        for _ in range(10):
            with pytest.raises(Busy):
                async with gate.turn():
                    pass
        assert waiters() == 1
    await until(lambda: not waiters() and is_free(tmp_path / "book.db"))


async def test_whoever_comes_next_takes_over_the_wait(tmp_path: Path) -> None:
    """A cancelled waiter's place in the line is the next one's."""
    gate = Turnstile(tmp_path / "book.db")

    async def pass_through() -> str:
        async with gate.turn():
            return "passed"

    with held_lock(tmp_path / "book.db"):
        first = asyncio.ensure_future(pass_through())
        await asyncio.sleep(0.01)
        first.cancel()
        second = asyncio.ensure_future(pass_through())
        await asyncio.sleep(0.01)
    assert await asyncio.wait_for(second, 60) == "passed"
    assert first.cancelled()


async def test_nobody_passes_when_nobody_may(tmp_path: Path) -> None:
    """The reason is told, also to those who waited already, and the lock is given back."""
    gate = Turnstile(tmp_path / "book.db")

    async def wait() -> None:
        async with gate.turn():
            pass

    async with gate.turn():
        waiting = asyncio.ensure_future(wait())
        await asyncio.sleep(0)
        gate.read_only = "磁盘"
    with pytest.raises(ReadOnly, match="磁盘"):
        await waiting
    with held_lock(tmp_path / "book.db"):
        pass


async def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    """No lock can be made there: the book is damaged, and the next one is told the same, not left waiting."""
    gate = Turnstile(tmp_path / "gone" / "book.db")
    for _ in range(2):
        with pytest.raises(BookDamaged):
            async with gate.turn():
                pass


def test_a_process_ends_though_it_waits(tmp_path: Path) -> None:
    """A program that gave up waiting does not wait at its end either."""
    program = (
        "import asyncio, sys; from pathlib import Path; from ledger import turnstile, errors\n"
        "turnstile.PATIENCE_SECONDS = 0.05\n"
        "async def main():\n"
        "    try:\n"
        "        async with turnstile.Turnstile(Path(sys.argv[1])).turn(): pass\n"
        "    except errors.Busy: print('busy')\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).resolve().parent.parent.parent
    with held_lock(tmp_path / "book.db"):
        command = [sys.executable, "-c", program, str(tmp_path / "book.db")]
        ended = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout == "busy\n"
