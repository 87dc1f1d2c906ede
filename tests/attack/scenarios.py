"""What the ledger must survive, each as a coroutine over a migrated book's file that fails by an assertion.

    python -m tests.attack.scenarios NAME BOOK.db

The tests run them on this tree, and `faults` runs them on copies in which something is broken, where they must fail.
"""

from __future__ import annotations

import asyncio
import random
import sqlite3
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from ledger import turnstile
from ledger.book import Book
from ledger.errors import (
    AlreadyReversed,
    BelowFloor,
    Busy,
    ClockWrong,
    OutcomeUnknown,
    ReadOnly,
    ReferenceConflict,
    RowConflict,
)
from ledger.journal import BATCH
from ledger.models import LedgerCheckpoint
from ledger.transactions import Receipt
from tests.attack import consistency
from tests.attack.consistency import held_lock
from tests.attack.racing import race
from tests.figures import figure
from tests.ledger.drafts import draft, move, opened


async def outcome(work: Awaitable[Any]) -> Any:
    """What it answers or raises."""
    try:
        return await work
    except Exception as error:
        return error


async def soon(work: Awaitable[Any]) -> Any:
    """Its answer, which takes a second at most (three, because the machine may be busy with other tests)."""
    async with asyncio.timeout(3):
        return await work


def row(size: int) -> LedgerCheckpoint:
    """A row that may come with a draft; the ledger's own table serves, because rows are rows to it."""
    return LedgerCheckpoint(size=size, root=b"\0" * 32, note="note", signed_at="now")


async def the_last_unit_goes_once(path: Path) -> None:
    """Of many tasks that want the last unit one has it, and the others are told what is left."""
    async with opened(path) as book:
        await book.journal.post(draft("fill", move("bank", "a", 1)))
        takes = [outcome(book.journal.post(draft(f"take/{n}", move("a", f"b{n}", 1)))) for n in range(64)]
        answers = await asyncio.gather(*takes)
    assert [type(a) for a in answers].count(Receipt) == 1, answers
    assert [type(a) for a in answers].count(BelowFloor) == 63, answers
    assert consistency.check(path) == 2


async def one_reference_has_one_effect(path: Path) -> None:
    """The same reference and request, whenever and however often: one effect, one answer; another request: refused."""
    async with opened(path) as book:
        same = draft("once", move("bank", "a", 1))
        first, *more = await asyncio.gather(*(book.journal.post(same) for _ in range(32)))
        other = await outcome(book.journal.post(draft("once", move("bank", "a", 2), asked="more")))
        moved = await book.journal.post(draft("away", move("a", "b", 1)))
        later = await book.journal.post(same)
    assert {(r.position, r.leaf) for r in (*more, later)} == {(first.position, first.leaf)}
    assert all(r.repeated for r in (*more, later))
    assert not first.repeated
    assert isinstance(other, ReferenceConflict), other
    assert (moved.position, consistency.check(path)) == (2, 2)


async def a_correction_happens_once(path: Path) -> None:
    """Two corrections of one transaction in one batch, and a third later: one stands."""
    async with opened(path) as book:
        await book.journal.post(draft("give", move("bank", "a", 5)))
        backs = [draft(f"back/{n}", move("a", "bank", 5), reverses="give") for n in range(3)]
        await book.journal.post(draft("more", move("bank", "a", 20)))
        answers = await asyncio.gather(*(outcome(book.journal.post(back)) for back in backs[:2]))
        answers.append(await outcome(book.journal.post(backs[2])))
    assert [type(a) for a in answers] == [Receipt, AlreadyReversed, AlreadyReversed], answers
    assert consistency.check(path) == 3


async def together_is_all_or_nothing(path: Path) -> None:
    """A group of which one falls leaves no trace, whatever else is in the batch."""
    async with opened(path) as book:
        good, bad = draft("good", move("bank", "a", 1)), draft("bad", move("b", "a", 1))
        answers = await asyncio.gather(
            outcome(book.journal.post_together([good, bad])),
            outcome(book.journal.post(draft("after", move("a", "c", 1)))),
            outcome(
                book.journal.post_together([draft("x", move("bank", "a", 1)), draft("y", move("a", "c", 1))])
            ),
        )
    assert isinstance(answers[0], BelowFloor), answers
    assert isinstance(answers[1], BelowFloor), "it spent what was never given"
    assert [r.position for r in answers[2]] == [1, 2], answers
    assert consistency.check(path) == 2


async def only_the_guilty_draft_falls(path: Path) -> None:
    """Of a batch with two rows in the way and one value nobody can encode, those three fall, and nobody else."""
    async with opened(path) as book:
        await book.journal.post(draft("first", move("bank", "a", 1), rows=(row(7),)))
        drafts = [draft(f"d/{n:03}", move("bank", "a", 1), rows=(row(1000 + n),)) for n in range(100)]
        drafts[10] = draft("d/010", move("bank", "a", 1), rows=(row(7),))
        drafts[70] = draft("d/070", move("bank", "a", 1), rows=(row(1069),))
        drafts[80] = draft("d/080", move("bank", "a", 1), rows=(row(2**70),))
        answers = await asyncio.gather(*(outcome(book.journal.post(one)) for one in drafts))
    fallen = {n: type(a) for n, a in enumerate(answers) if not isinstance(a, Receipt)}
    assert fallen.keys() == {10, 70, 80}, fallen
    assert (fallen[10], fallen[70]) == (RowConflict, RowConflict), fallen
    positions = [a.position for a in answers if isinstance(a, Receipt)]
    assert positions == list(range(2, 99)), "in order, without a gap"
    assert consistency.check(path) == 98


async def waiters_give_up(path: Path) -> None:
    """Behind a process or a task that does not finish, the answer is Busy in time, and no lock is left."""
    async with opened(path) as book:
        await book.journal.post(draft("open", move("bank", "a", 1)))
        patience, turnstile.PATIENCE_SECONDS = turnstile.PATIENCE_SECONDS, 0.05
        try:
            threads = threading.active_count()
            with held_lock(path):
                for n in range(5):
                    assert isinstance(
                        await soon(outcome(book.journal.post(draft(f"p{n}", move("bank", "a", 1))))), Busy
                    )
                    assert isinstance(await soon(outcome(_touch(book))), Busy)
                assert threading.active_count() <= threads + 1, "a thread is left behind for every wait"
            await asyncio.sleep(0.05)  # the thread that waited has the file now, and gives it back
            consistency.check(path)
            async with book.write():
                assert isinstance(
                    await soon(outcome(book.journal.post(draft("q", move("bank", "a", 1))))), Busy
                )
        finally:
            turnstile.PATIENCE_SECONDS = patience
        await soon(book.journal.post(draft("again", move("bank", "a", 1))))
    assert consistency.check(path) == 2


async def _touch(book: Book) -> None:
    async with book.write():
        pass


async def a_commit_in_doubt_stops_the_book(path: Path) -> None:
    """After a COMMIT that failed each caller learns what is known, nothing more is written, and a retry is harmless."""
    async with opened(path) as book:
        first, last = draft("first", move("bank", "a", 1)), draft("last", move("bank", "a", 1))
        await book.journal.post(draft("fine", move("bank", "a", 1)))
        for really, name in ((True, "kept"), (False, "lost")):
            break_commit(book, really=really)
            answers = await soon(
                asyncio.gather(
                    outcome(book.journal.post(first if really else last)),
                    *(
                        outcome(book.journal.post(draft(f"{name}/{n}", move("bank", "a", 1))))
                        for n in range(BATCH + 88)
                    ),
                )
            )
            kinds = [type(a) for a in answers]
            assert kinds[0] is (Receipt if really else OutcomeUnknown), answers[0]
            assert kinds[-1] is ReadOnly, "what waited behind it was written"
            assert isinstance(await outcome(book.journal.post(draft("no", move("bank", "a", 1)))), ReadOnly)
            assert isinstance(await outcome(_touch(book)), ReadOnly)
            book.journal.read_only = None  # as after opening it anew
        again = [await soon(book.journal.post(one)) for one in (first, last)]
    assert [receipt.repeated for receipt in again] == [True, False]
    consistency.check(path)


async def a_written_row_in_doubt_stops_the_book(path: Path) -> None:
    """The same for rows that are no entry: Book.write says so, even to a caller who was cancelled meanwhile."""
    async with opened(path) as book:
        break_commit(book, really=False)
        assert isinstance(await outcome(_touch(book)), OutcomeUnknown)
        assert isinstance(await soon(outcome(book.journal.post(draft("no", move("bank", "a", 1))))), ReadOnly)
    assert consistency.check(path) == 0


def break_commit(book: Book, *, really: bool) -> None:
    """Let the next COMMIT report a failed fsync, after it was done or instead of it."""

    def failing(bare: sqlite3.Connection) -> None:
        if really:
            bare.execute("COMMIT")
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        raise error

    _Instead.of(book, "COMMIT", failing)


class _Instead:
    """A connection on which something else is done, once, instead of one statement."""

    def __init__(self, bare: sqlite3.Connection, statement: str, work: Callable[[Any], Any]) -> None:
        self._bare, self._statement, self._work = bare, statement, work

    @classmethod
    def of(cls, book: Book, statement: str, work: Callable[[Any], Any]) -> None:
        """In the place of a book's writer."""
        engine: Any = book.engine
        client = engine.writer
        client._bare = cls(client._bare, statement, work)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bare, name)

    def execute(self, statement: str, *values: Any) -> Any:
        if statement != self._statement:
            return self._bare.execute(statement, *values)
        self._statement = ""
        return self._work(self._bare)


async def a_clock_that_jumps_stops_the_book(path: Path) -> None:
    """An hour's jump either way: ClockWrong, until the clock is right again. A little step back: time stands still."""
    real = time.time
    async with opened(path) as book:
        first = await book.journal.post(draft("first", move("bank", "a", 1)))
        try:
            for seconds in (3600, -3600):
                time.time = partial(_shifted, real, seconds)
                answer = await outcome(book.journal.post(draft("no", move("bank", "a", 1))))
                assert isinstance(answer, ClockWrong), answer
            time.time = partial(_shifted, real, -30)
            second = await book.journal.post(draft("second", move("bank", "a", 1)))
        finally:
            time.time = real
    assert second.recorded_at == first.recorded_at
    assert consistency.check(path) == 2


def _shifted(real: Callable[[], float], seconds: int) -> float:
    return real() + seconds


async def four_processes_share_a_book(path: Path) -> None:
    """They post the same references and want the same last units: one effect each, no gap, nobody turned away."""
    async with opened(path) as book:
        await book.journal.post(draft("fill", move("bank", "a", 20)))
    answers = await race(path, figure(short=40, full=2000), ("north", "east", "south", "west"))
    took = [kind for one in answers for name, kind in one.items() if name.startswith("take")]
    assert took.count("Receipt") == 20, f"{took.count('Receipt')} of 20 units went"
    assert set(took) == {"Receipt", "BelowFloor"}, set(took)
    names = [name for name in answers[0] if name.startswith("same")]
    for name in names:
        kinds = sorted(one[name] for one in answers)
        assert kinds == ["Receipt", *["Repeated"] * 3], f"{name} had other effects than one: {kinds}"
    assert consistency.check(path) == 1 + 20 + len(names)


async def whoever_leaves_during_begin_or_commit_leaves_nothing_open(path: Path) -> None:
    """A caller is cancelled while a BEGIN waits for the connection's thread, and another while a COMMIT does.

    The statement is done all the same, later: it must be waited for, and what it began must end.
    """
    async with opened(path) as book:
        for number, statement in enumerate(("BEGIN IMMEDIATE", "COMMIT")):
            reached, go_on = hold_before(book, statement)
            caller = asyncio.ensure_future(_write_one(book, number))
            await soon(reached.wait())
            caller.cancel()
            for _ in range(5):
                await asyncio.sleep(0)
            go_on.set()
            await soon(asyncio.wait([caller]))
            await soon(book.journal.post(draft(f"after/{number}", move("bank", "a", 1))))
            assert not book.engine.writer.connection.in_transaction, "a transaction that nobody knows of"
    with sqlite3.connect(path) as file:
        sizes = {size for (size,) in file.execute("SELECT size FROM ledger_checkpoint")}
    file.close()
    assert sizes == {1}, "what ended at its BEGIN is there, or what ended at its COMMIT is not"
    assert consistency.check(path) == 2


async def _write_one(book: Book, number: int) -> None:
    async with book.write() as client:
        await row(number).save(using_db=client, force_create=True)


def hold_before(book: Book, wanted: str) -> tuple[asyncio.Event, threading.Event]:
    """Let the next such statement wait in the connection's thread: told when it waits, and let go by the other."""
    loop, reached, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def held(bare: sqlite3.Connection) -> None:
        loop.call_soon_threadsafe(reached.set)
        go_on.wait()
        bare.execute(wanted)

    _Instead.of(book, wanted, held)
    return reached, go_on


async def cancelled_callers_leak_nothing(path: Path) -> None:
    """Callers who are cancelled at random moments leave no lock, no transaction and no half of anything behind."""
    rounds, chance = figure(short=500, full=5000), random.Random(7)
    async with opened(path) as book:
        for number in range(rounds):
            if number % 25 == 0:
                await soon(book.journal.post(draft(f"next/{number}", move("bank", "a", 1))))
            async with perhaps_locked(path, number % 20 == 0):
                work = chance.choice(WORKS)(book, number)
                await cancel_some_time(asyncio.ensure_future(work), chance)
        await soon(book.journal.post(draft("last", move("bank", "a", 1))))
        await soon(_touch(book))
    consistency.check(path)
    names = consistency.references(path)
    for prefix in ("one/", "two/"):
        assert any(name.startswith(prefix) for name in names), "the fuzz never got through"
    assert {n.replace("/l/", "/r/") for n in names if "/l/" in n} == {n for n in names if "/r/" in n}
    with sqlite3.connect(path) as file:
        sizes = {size for (size,) in file.execute("SELECT size FROM ledger_checkpoint")}
    file.close()
    assert {size + 1 for size in sizes if size % 2 == 0} == {size for size in sizes if size % 2}, (
        "half a write"
    )


@asynccontextmanager
async def perhaps_locked(path: Path, locked: bool) -> AsyncIterator[None]:
    """With the file lock held by another meanwhile, or not."""
    if not locked:
        yield
        return
    async with asyncio.timeout(5):
        while True:
            try:
                lock = held_lock(path)
                lock.__enter__()
                break
            except BlockingIOError:
                await asyncio.sleep(0.001)
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


async def cancel_some_time(task: asyncio.Future[Any], chance: random.Random) -> None:
    """Cancel it after some turns of the loop or some milliseconds, perhaps twice, and wait until it is gone."""
    for _ in range(chance.randrange(8)):
        await asyncio.sleep(0)
    await asyncio.sleep(chance.choice([0, 0, 0.0003, 0.001, 0.002, 0.005]) * chance.random())
    task.cancel()
    if chance.random() < 0.3:
        await asyncio.sleep(0)
        task.cancel()
    async with asyncio.timeout(5):
        await asyncio.wait([task])


async def _post(book: Book, number: int) -> None:
    await book.journal.post(draft(f"one/{number}", move("bank", "a", 1)))


async def _post_two(book: Book, number: int) -> None:
    sides = [draft(f"two/l/{number}", move("bank", "a", 1)), draft(f"two/r/{number}", move("bank", "b", 1))]
    await book.journal.post_together(sides)


async def _write(book: Book, number: int) -> None:
    async with book.write() as client:
        await row(2 * number).save(using_db=client, force_create=True)
        await asyncio.sleep(0)
        await row(2 * number + 1).save(using_db=client, force_create=True)


WORKS: list[Callable[[Book, int], Coroutine[Any, Any, None]]] = [_post, _post_two, _write, _write]

SCENARIOS: dict[str, Callable[[Path], Coroutine[Any, Any, None]]] = {
    scenario.__name__: scenario
    for scenario in (
        the_last_unit_goes_once,
        one_reference_has_one_effect,
        a_correction_happens_once,
        together_is_all_or_nothing,
        only_the_guilty_draft_falls,
        waiters_give_up,
        a_commit_in_doubt_stops_the_book,
        a_written_row_in_doubt_stops_the_book,
        a_clock_that_jumps_stops_the_book,
        four_processes_share_a_book,
        whoever_leaves_during_begin_or_commit_leaves_nothing_open,
        cancelled_callers_leak_nothing,
    )
}

if __name__ == "__main__":
    asyncio.run(SCENARIOS[sys.argv[1]](Path(sys.argv[2])))
