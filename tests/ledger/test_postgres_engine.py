"""Writing on PostgreSQL: turns, the advisory lock, commits in doubt, and what a cancellation leaves behind: nothing."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from ledger import turnstile
from ledger.errors import Busy, Contended, OutcomeUnknown, ReadOnly
from ledger.journal import TRIES
from ledger.models import LedgerCheckpoint
from ledger.postgres_engine import lock_of
from tests import books, postgres
from tests.attack import consistency
from tests.attack.racing import race
from tests.figures import figure
from tests.ledger.drafts import APPS, CHART, draft, fresh, move, open_book
from tests.ledger.test_postgres import end_sessions
from tests.patience import until

pytestmark = pytest.mark.anyio
ours_alone = pytest.mark.skipif(
    bool(postgres.ELSEWHERE), reason="whom another server waits for is its administrator's affair"
)


async def outcome(work: Any) -> Any:
    """What it answers or raises."""
    try:
        return await work
    except Exception as error:
        return error


async def administrator(book: Any) -> Any:
    """A connection beside the book's."""
    return await asyncpg.connect(book.reader.address.dsn)


def row(size: int) -> LedgerCheckpoint:
    """A row that may come with a draft."""
    return LedgerCheckpoint(size=size, root=b"\0" * 32, note="note", signed_at="now")


async def test_a_writer_that_holds_the_lock_makes_others_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past the patience the answer is Busy, nothing was written, and afterwards all is well."""
    async with fresh(tmp_path) as book:
        other = await administrator(book)
        await other.execute(f"SELECT pg_advisory_lock({lock_of(book.engine.address.schema)})")
        monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.2)
        answers = await asyncio.gather(
            *(outcome(book.journal.post(draft(f"no/{n}", move("bank", "a", 1)))) for n in range(3)),
            outcome(_touch(book)),
        )
        assert [type(answer) for answer in answers] == [Busy] * 4
        await other.close()
        await book.journal.post(draft("yes", move("bank", "a", 1)))
        assert await consistency.check_book(book) == 1


async def _touch(book: Any) -> None:
    async with book.write():
        pass


async def test_cancelled_callers_leak_nothing(tmp_path: Path) -> None:
    """Posts and writes cancelled at random moments: every connection is there afterwards, and no half of a write."""
    chance, rounds = random.Random(7), figure(short=400, full=3000)

    async def write(number: int) -> None:
        async with book.write() as client:
            await row(2 * number).save(using_db=client, force_create=True)
            await asyncio.sleep(0)
            await row(2 * number + 1).save(using_db=client, force_create=True)

    async with fresh(tmp_path) as book:
        for number in range(rounds):
            work = (
                write(number) if number % 2 else book.journal.post(draft(f"n/{number}", move("bank", "a", 1)))
            )
            task = asyncio.ensure_future(work)
            await asyncio.sleep(chance.choice([0, 0.0003, 0.001, 0.003]) * chance.random())
            task.cancel()
            await asyncio.wait([task], timeout=60)
            assert task.done()
        async with asyncio.timeout(60):
            last = await book.journal.post(draft("last", move("bank", "a", 1)))
            await _touch(book)
        assert await consistency.check_book(book) == last.position > 1
        sizes = {one.size for one in await LedgerCheckpoint.all().using_db(book.reader)}
        assert {size ^ 1 for size in sizes} == sizes, "half a write"


async def test_two_open_books_decide_anew_without_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the lock does not hold, as on many machines at once, the keys do: no gap, no double, one winner."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("fill", move("bank", "a", 5)))
        async with open_book(books.url_of(book), chart=CHART, apps=APPS) as second:
            second.engine._lock = 1
            both = (book, second)
            drafts = [draft(f"take/{n}", move("a", f"b{n}", 1)) for n in range(60)]
            answers = await asyncio.gather(
                *(outcome(both[n % 2].journal.post(one)) for n, one in enumerate(drafts)),
                *(outcome(both[n % 2].journal.post(draft("same", move("bank", "c", 1)))) for n in range(20)),
            )
        receipts = [answer for answer in answers if not isinstance(answer, Exception)]
        assert len({receipt.reference for receipt in receipts}) == 6, "five units and one reference"
        assert {type(a).__name__ for a in answers} <= {"Receipt", "BelowFloor", "Busy", "Contended"}
        assert await consistency.check_book(book) == 7


async def test_a_batch_that_met_another_writer_is_decided_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four times in a row somebody came first: the fifth try is written. Five times: Busy, and nothing is there."""
    async with fresh(tmp_path) as book:
        real, left = type(book.engine.batch(CHART)).write, [4]

        async def contended(self: Any, *given: Any) -> None:
            if left[0]:
                left[0] -= 1
                raise Contended
            await real(self, *given)

        monkeypatch.setattr("ledger.storage_postgres.PostgresBatch.write", contended)
        assert (await book.journal.post(draft("fifth", move("bank", "a", 1)))).position == 1
        left[0] = 5
        assert isinstance(await outcome(book.journal.post(draft("never", move("bank", "a", 1)))), Busy)
        assert await consistency.check_book(book) == 1


@pytest.mark.parametrize("really", [True, False])
async def test_a_connection_that_dies_in_its_commit_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, really: bool
) -> None:
    """Committed or not, a new connection knows; the caller is told, and a retry is harmless."""
    async with fresh(tmp_path) as book:
        connection, one = book.engine.writer.connection, draft("one", move("bank", "a", 1))
        await book.journal.post(draft("before", move("bank", "a", 1)))
        _break_commit(monkeypatch, connection, really=really)
        first = await outcome(book.journal.post(one))
        assert book.engine.writer.connection is not connection
        if really:
            assert (first.position, first.repeated) == (2, True)
        else:
            assert isinstance(first, OutcomeUnknown)
        again = await book.journal.post(one)
        assert (again.position, again.repeated) == (2, really)
        assert await consistency.check_book(book) == 2


def _break_commit(monkeypatch: pytest.MonkeyPatch, connection: Any, *, really: bool) -> None:
    execute = type(connection).execute

    async def failing(self: Any, statement: str, *values: Any, **more: Any) -> Any:
        if statement != "COMMIT" or self is not connection:
            return await execute(self, statement, *values, **more)
        if really:
            await execute(self, statement)
        self.terminate()
        raise ConnectionResetError

    monkeypatch.setattr(type(connection), "execute", failing)


@ours_alone
async def test_a_commit_with_a_warning_is_in_doubt(tmp_path: Path) -> None:
    """A standby that never answers, and somebody who cancels the wait: committed here, acknowledged to nobody.

    While there is no standby the look-up waits as well, so the caller hears that it is unknown; once there need be
    none, the same reference is answered with what was written.
    """
    async with fresh(tmp_path) as book:
        other = await administrator(book)
        one = draft("one", move("bank", "a", 1))
        await set_standbys(other, "'missing'")
        try:
            waiting = asyncio.ensure_future(outcome(book.journal.post(one)))
            for _ in range(2):  # the commit, and then the commit of the look-up
                await cancel_the_wait(other)
            assert isinstance(await waiting, OutcomeUnknown)
        finally:
            await set_standbys(other, "''")
            await other.close()
        again = await book.journal.post(one)
        assert (again.position, again.repeated) == (1, True)


async def set_standbys(connection: Any, names: str) -> None:
    """Whom a commit waits for."""
    await connection.execute("SET synchronous_commit = local")
    await connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = {names}")
    await connection.execute("SELECT pg_reload_conf()")

    async def heard() -> bool:
        return bool(await connection.fetchval("SHOW synchronous_standby_names") == names.strip("'"))

    await until(heard)


async def cancel_the_wait(connection: Any) -> None:
    """As an administrator who loses patience."""
    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"

    async def found() -> list[Any]:
        return list(await connection.fetch(waiting))

    await until(found, "nobody waits for a standby")
    for (pid,) in await found():
        await connection.execute(f"SELECT pg_cancel_backend({pid})")
    await asyncio.sleep(0.05)


@ours_alone
async def test_a_commit_that_is_never_answered_is_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a standby to wait for nobody waits for ever; the wait is not cancelled, so nothing unsafe is shown."""
    async with fresh(tmp_path) as book:
        other = await administrator(book)
        await set_standbys(other, "'missing'")
        try:
            monkeypatch.setattr(turnstile, "PATIENCE_SECONDS", 0.3)
            answer = await outcome(book.journal.post(draft("one", move("bank", "a", 1))))
            assert isinstance(answer, OutcomeUnknown)
            assert await other.fetchval("SELECT count(*) FROM book.ledger_transaction") == 0
            assert isinstance(await outcome(book.journal.post(draft("two", move("bank", "a", 1)))), Busy)
        finally:
            await set_standbys(other, "''")
            await other.close()
        monkeypatch.undo()
        assert (await book.journal.post(draft("one", move("bank", "a", 1)))).repeated


async def test_a_session_ended_in_the_middle_is_begun_again(tmp_path: Path) -> None:
    """Sessions ended again and again under load: whatever was not committed is written on the next connection."""
    async with fresh(tmp_path) as book:

        async def trouble() -> None:
            for _ in range(TRIES - 1):  # on a slow machine every one of them may end a try of the same batch
                await asyncio.sleep(0.05)
                await end_sessions(book.reader.address.dsn)

        # asyncpg leaves a future unread when a connection ends within a COPY; its own call has raised by then.
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        ending = asyncio.ensure_future(trouble())
        answers, number = [], 0
        while not ending.done():
            drafts = [draft(f"n/{number + n:05}", move("bank", "a", 1)) for n in range(32)]
            answers += await asyncio.gather(*(outcome(book.journal.post(one)) for one in drafts))
            number += 32
        await ending
        kinds = {type(answer).__name__ for answer in answers}
        assert kinds <= {"Receipt", "OutcomeUnknown", "Busy"}, kinds
        assert await consistency.check_book(book) >= sum(type(a).__name__ == "Receipt" for a in answers)


async def test_a_book_set_read_only_is_not_written(tmp_path: Path) -> None:
    """The reason is told to posts and writes alike."""
    async with fresh(tmp_path) as book:
        book.journal.read_only = "演练"
        for work in (book.journal.post(draft("no", move("bank", "a", 1))), _touch(book)):
            assert isinstance(await outcome(work), ReadOnly)


async def test_four_processes_share_a_book(tmp_path: Path) -> None:
    """All post the same references and want the same last units: one effect each, no gap, nobody turned away."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("fill", move("bank", "a", 20)))
        count = figure(short=40, full=2000)
        answers = await race(books.url_of(book), count, ("north", "east", "south", "west"))
        for number in range(count):
            same = sorted(one[f"same/{number}"] for one in answers)
            assert same == ["Receipt", "Repeated", "Repeated", "Repeated"]
        takes = [kind for one in answers for name, kind in one.items() if name.startswith("take")]
        assert (takes.count("Receipt"), set(takes)) == (20, {"Receipt", "BelowFloor"})
        assert await consistency.check_book(book) == 1 + 20 + count


AGAIN = """
CREATE SEQUENCE book.tries;
GRANT USAGE ON SEQUENCE book.tries TO book_app;
CREATE FUNCTION book.again() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF nextval(''book.tries'') < {times} THEN RAISE EXCEPTION USING ERRCODE = ''{code}''; END IF;
    RETURN NEW; END';
CREATE TRIGGER again BEFORE INSERT ON book.ledger_transaction FOR EACH ROW EXECUTE FUNCTION book.again()"""


@pytest.mark.parametrize("code", ["40001", "40P01"])
async def test_what_the_server_says_to_try_again_is_tried_again(tmp_path: Path, code: str) -> None:
    """A serialization failure or a deadlock, by its sqlstate: four in a row are borne, more are Busy, none is written
    half or twice."""
    async with fresh(tmp_path) as book:
        other = await administrator(book)
        await other.execute(AGAIN.format(times=5, code=code))
        assert (await book.journal.post(draft("one", move("bank", "a", 1)))).position == 1
        assert await other.fetchval("SELECT last_value FROM book.tries") == 5
        await other.execute("ALTER SEQUENCE book.tries RESTART; DROP FUNCTION book.again() CASCADE")
        await other.execute(AGAIN.partition("TO book_app;")[2].format(times=99, code=code))
        assert isinstance(await outcome(book.journal.post(draft("two", move("bank", "a", 1)))), Busy)
        await other.execute("DROP FUNCTION book.again() CASCADE")
        await other.close()
        assert (await book.journal.post(draft("two", move("bank", "a", 1)))).position == 2
        assert await consistency.check_book(book) == 2


def test_each_book_has_a_lock_of_its_own() -> None:
    """64 bits of a name, the same in every process."""
    assert lock_of("district_440310") == lock_of("district_440310") != lock_of("district_440311")
    assert -(2**63) <= lock_of("book") < 2**63
    assert postgres.SCHEMA == "book"
