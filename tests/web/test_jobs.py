"""Long work: one worker for each job, taken up again when its worker died, and a failure that says why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.book import Book
from ledger.clock import Clock
from points.district import open_district
from points.market.errors import SoldOut
from tests import books
from web import jobs
from web.i18n import Say
from web.jobs import Progress
from web.models import Job
from web.settings import Settings, load

pytestmark = pytest.mark.anyio


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """An empty book."""
    async with books.fresh(tmp_path) as opened:
        yield opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings for that book."""
    return load(book=f"sqlite://{tmp_path / 'book.db'}")


Work = Callable[[dict[str, Any], Progress], Any]


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], str]:
    """Offers some work under the name `try`."""

    def offer(work: Work) -> str:
        async def run(
            _book: Book, _settings: Settings, given: dict[str, Any], progress: Progress
        ) -> dict[str, Any]:
            result: dict[str, Any] = await work(given, progress)
            return result

        monkeypatch.setitem(jobs.KINDS, "try", run)
        return "try"

    return offer


async def the_job(book: Book, key: str, state: str) -> Job:
    """The job, once it is in a state; at most a minute."""
    async with asyncio.timeout(60):
        while True:
            job = await jobs.find(book, key)
            assert job is not None
            if job.state == state:
                return job
            await asyncio.sleep(0.02)


def later(monkeypatch: pytest.MonkeyPatch, span: timedelta) -> None:
    """The book's clock goes on by so much."""
    now = Clock.now
    monkeypatch.setattr(Clock, "now", lambda self: now(self) + span)


async def test_what_is_asked_for_is_done_and_its_result_kept(
    book: Book, settings: Settings, kind: Callable[[Work], str]
) -> None:
    """With its arguments; the row says how far it came."""

    async def add(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
        progress(3, 3)
        return {"sum": given["a"] + given["b"]}

    async with jobs.running(book, settings):
        asked = await jobs.ask(book, kind(add), by="S-0005", arguments={"a": 1, "b": 2})
        job = await the_job(book, asked.id, "done")
    assert json.loads(job.result or "") == {"sum": 3}
    assert (job.done, job.total, job.asked_by) == (3, 3, "S-0005")


async def test_one_key_asks_once(book: Book, kind: Callable[[Work], str]) -> None:
    """A double click is one job."""

    async def nothing(_given: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        return {}

    name = kind(nothing)
    first = await jobs.ask(book, name, by="S-0005", key="k" * 24)
    again = await jobs.ask(book, name, by="S-0005", key="k" * 24)
    assert (again.id, await Job.all().using_db(book.reader).count()) == (first.id, 1)


async def test_two_workers_never_do_one_job_twice(
    book: Book, settings: Settings, kind: Callable[[Work], str], tmp_path: Path
) -> None:
    """Two openings of one book, as two processes have them, share thirty jobs: each is done once."""
    done: list[int] = []

    async def note(given: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        done.append(given["n"])
        await asyncio.sleep(0)
        return {}

    name = kind(note)
    for n in range(30):
        await jobs.ask(book, name, by="S-0005", arguments={"n": n})
    async with open_district(f"sqlite://{tmp_path / 'book.db'}") as other:

        async def work(one: Book) -> int:
            count = 0
            while job := await jobs.claim(one):
                await jobs.do(one, settings, job)
                count += 1
            return count

        shares = await asyncio.gather(work(book), work(other))
    assert sorted(done) == list(range(30))
    assert min(shares) > 0, "one of the two did nothing: the race was none"


async def test_a_job_whose_worker_was_killed_is_taken_up_again(
    book: Book, settings: Settings, kind: Callable[[Work], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before it has been silent for a while; and the first worker, if it lives after all, changes nothing more."""

    async def work(_given: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        return {"by": "the second"}

    asked = await jobs.ask(book, kind(work), by="S-0005")
    first = await jobs.claim(book)
    assert first is not None
    assert await jobs.claim(book) is None
    later(monkeypatch, jobs.STALE + timedelta(seconds=1))
    second = await jobs.claim(book)
    assert second is not None
    await jobs.do(book, settings, second)
    with pytest.raises(jobs._TakenOver):
        await jobs._write(book, first, result="the first's")
    job = await jobs.find(book, asked.id)
    assert job is not None
    assert (job.state, json.loads(job.result or "")) == ("done", {"by": "the second"})


async def test_a_worker_that_is_stopped_puts_its_job_back(
    book: Book, settings: Settings, kind: Callable[[Work], str]
) -> None:
    """At the next start it is taken up at once, not half a minute later."""
    begun = asyncio.Event()

    async def endless(_given: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        begun.set()
        await asyncio.Event().wait()
        return {}

    async with jobs.running(book, settings):
        asked = await jobs.ask(book, kind(endless), by="S-0005")
        await asyncio.wait_for(begun.wait(), 60)
    job = await jobs.find(book, asked.id)
    assert job is not None
    assert job.state == "waiting"


async def test_a_refusal_says_why_and_can_be_said_in_english(
    book: Book, settings: Settings, kind: Callable[[Work], str]
) -> None:
    """The sentence and its facts are kept, not only the text."""

    async def sold_out(_given: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        raise SoldOut(item="大米", left=0, wanted=1)

    async with jobs.running(book, settings):
        asked = await jobs.ask(book, kind(sold_out), by="S-0005")
        job = await the_job(book, asked.id, "failed")
    why = json.loads(job.result or "")
    assert str(Say(why["say"], **why["facts"])) == "没有换成，积分没有扣。大米刚被换完了。" == job.message


async def test_our_own_fault_ends_the_job_and_not_the_worker(
    book: Book, settings: Settings, kind: Callable[[Work], str], caplog: pytest.LogCaptureFixture
) -> None:
    """The page says so without its detail, the log has it, and the next job is done."""

    async def faulty(given: dict[str, Any], _progress: Progress) -> dict[str, Any]:
        return {"share": 1 / given["by"]}

    name = kind(faulty)
    async with jobs.running(book, settings):
        bad = await jobs.ask(book, name, by="S-0005", arguments={"by": 0})
        good = await jobs.ask(book, name, by="S-0005", arguments={"by": 1})
        assert (await the_job(book, bad.id, "failed")).message == jobs.FAULT
        await the_job(book, good.id, "done")
    assert "ZeroDivisionError" in caplog.text


async def test_progress_is_written_when_it_changes_and_not_otherwise(
    book: Book, settings: Settings, kind: Callable[[Work], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand steps cost at most two writes a second, and a job that stands still writes only a sign of life."""
    written: list[dict[str, Any]] = []
    write = jobs._write

    async def noting(book: Book, job: Job, **changes: Any) -> None:
        written.append(changes)
        await write(book, job, **changes)

    async def work(_given: dict[str, Any], progress: Progress) -> dict[str, Any]:
        for step in range(1000):
            progress(step, 1000)
        await asyncio.sleep(1.8)
        return {}

    monkeypatch.setattr(jobs, "_write", noting)
    await jobs.ask(book, kind(work), by="S-0005")
    job = await jobs.claim(book)
    assert job is not None
    await jobs.do(book, settings, job)
    beats = [changes["done"] for changes in written if "beat_at" in changes]
    assert beats == [999]
