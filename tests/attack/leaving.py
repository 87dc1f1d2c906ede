"""Visitors who leave: requests broken off at every door of a running site, and what must be true of it afterwards.

    python -m tests.attack.leaving FOLDER COUNT

FOLDER holds a town (tests/town.py). Some leave in the middle of what they say, some before the answer, some while it
comes. Whoever comes next is answered; no connection, task, transaction or lock is left; nothing is logged as our fault.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import httpx2
import uvicorn

from ledger import audit, signatures
from ledger.book import Book
from points.district import open_district
from points.evidence.checks import evidence_matches
from tests.attack import consistency, visitors
from tests.attack.visitors import Call
from tests.patience import until
from web.app import create_app
from web.commands.serving import open_with_jobs
from web.doorkeeper import BookDoorkeeper
from web.models import Job
from web.routes import ROUTES
from web.settings import Settings, load

AT_ONCE = 8
PROMISED_SECONDS = 10
"""The next is answered within a second; ten, because this machine may be busy with other tests."""
LEFT_SECONDS = 30
"""After so long nothing of those who left may be held."""
LENT = ("AnyIO worker thread", "asyncio_")
"""Threads of pools, which keep a few for whoever comes next."""
NO_LINGERING = struct.pack("ii", 1, 0)


class Complaints(logging.Handler):
    """What the site logs as its own fault."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.heard.append(f"{record.getMessage()} {record.exc_info[1] if record.exc_info else ''}")


@dataclass(frozen=True)
class Site:
    """A running site, its open book, and what it holds while nobody is there."""

    port: int
    server: uvicorn.Server
    book: Book
    complaints: Complaints

    @property
    def host(self) -> str:
        """What a browser calls it."""
        return f"127.0.0.1:{self.port}"

    def browser(self) -> httpx2.AsyncClient:
        """One that has never been here."""
        url = f"http://{self.host}"
        return httpx2.AsyncClient(base_url=url, headers={"Origin": url}, timeout=60)


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Site]:
    """The whole site in this process, as `jishan serve` assembles it."""
    app = create_app(settings, open_book=open_with_jobs, doorkeeper=BookDoorkeeper(settings.pepper()))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=10)
    server, complaints = uvicorn.Server(config), Complaints()
    logging.getLogger().addHandler(complaints)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:
            assert not serving.done(), "the site does not start"
            await asyncio.sleep(0.02)
        yield Site(listening.getsockname()[1], server, app.state.book, complaints)
    except BaseException:
        traceback.print_exc()
        os._exit(1)  # a site with a fault may be one that cannot be stopped
    finally:
        server.should_exit = True
        await asyncio.wait_for(serving, 60)
        listening.close()


async def attack(settings: Settings, count: int) -> dict[str, float]:
    """Break off so many requests, over all doors; the answer says how many there were, and the slowest next answer."""
    chance, slowest = Random(11), 0.0
    async with running(settings) as site:
        town = await visitors.arrive(site.book, settings.pepper(), site.browser)
        calls = town.calls(ROUTES)
        await all_answer(site, calls)
        before = await holding(site)
        rounds = [calls[n % len(calls)] for n in range(max(count, len(calls)))]
        chance.shuffle(rounds)
        for start in range(0, len(rounds), AT_ONCE):
            leavers = (leave(site, call, chance) for call in rounds[start : start + AT_ONCE])
            await asyncio.gather(*leavers)
            slowest = max(slowest, await next_one(site, calls, chance))
        await nothing_left(site, before)
        assert site.complaints.heard == [], site.complaints.heard[:3]
    await sound(settings)
    return {"doors": len(calls), "broken off": len(rounds), "slowest next answer": round(slowest, 3)}


async def all_answer(site: Site, calls: list[Call]) -> None:
    """Undisturbed, no door answers with a fault of ours, and most let their visitor in.

    The others say that there is no such thing, or that the form wants more: they too have read it by then.
    """
    statuses = [(call.name, await in_time(answered(site, call), call.path)) for call in calls]
    ours = [one for one in statuses if one[1] >= 500]
    assert ours == [], (ours, site.complaints.heard[:3])
    closed = [name for name, status in statuses if status >= 400]
    assert len(closed) < len(calls) / 2, (
        f"{len(closed)} of {len(calls)}: the attack does not get through these doors: {closed}"
    )


async def answered(site: Site, call: Call) -> int:
    """The status of the answer to a call that is waited for."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    head, body = call.said(site.host)
    writer.write(head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) + body)
    said = await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(said.split(b" ", 2)[1])


async def leave(site: Site, call: Call, chance: Random) -> None:
    """Begin a call, and go at some point of it: with or without a goodbye."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    head, body = call.said(site.host)
    said = chance.choice(
        [
            head[: chance.randrange(len(head))],
            head,
            head + body[: len(body) // 2],
            head + body,
            head + body,
            head + body,
        ]
    )
    writer.write(said)
    await asyncio.sleep(chance.choice([0, 0.001, 0.005, 0.02, 0.1]) * chance.random())
    if said == head + body and chance.random() < 0.3:
        await asyncio.wait_for(reader.read(chance.choice([1, 20, 500])), 60)
    if chance.random() < 0.5:
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGERING)
    writer.transport.abort()


async def next_one(site: Site, calls: list[Call], chance: Random) -> float:
    """Whoever comes next is answered in time: a page somebody looks at, and a write that gets its turn."""
    looking = chance.choice([call for call in calls if call.method == "GET"])
    writing = next(call for call in calls if call.path == "/readyz")
    began = time.monotonic()
    assert await in_time(answered(site, looking), looking.path) < 500, looking.path
    assert await in_time(answered(site, writing), writing.path) == 200, "nothing can be written any more"
    return time.monotonic() - began


async def in_time(work: Awaitable[int], what: str) -> int:
    """Its answer, if it comes in time."""
    try:
        async with asyncio.timeout(PROMISED_SECONDS):
            return await work
    except TimeoutError:
        raise AssertionError(f"{what} is not answered in time") from None


async def holding(site: Site) -> dict[str, int]:
    """How much the site holds once the long work that was asked for is done and nobody is connected."""
    await until(
        partial(_idle, site), "somebody is still connected, or some work is never done", seconds=LEFT_SECONDS
    )
    return {
        "tasks": len(asyncio.all_tasks()),
        "threads": sum(not one.name.startswith(LENT) for one in threading.enumerate()),
        "files": len(list(Path("/proc/self/fd").iterdir())),
    }


async def _idle(site: Site) -> bool:
    state = site.server.server_state
    waiting = Job.filter(state__in=["waiting", "running"]).using_db(site.book.reader)
    return not (state.connections or state.tasks or await waiting.exists())


async def nothing_left(site: Site, before: dict[str, int]) -> None:
    """No more tasks, threads or open files than before, no transaction, no lock."""

    async def as_before() -> bool:
        now = await holding(site)
        return all(now[name] <= before[name] for name in before)

    await until(as_before, f"more is held than {before}", seconds=LEFT_SECONDS)
    for name in ("writer", "reader"):
        assert not getattr(site.book.engine, name).connection.in_transaction, f"a transaction is open: {name}"
    consistency.check(site.book.path)


async def sound(settings: Settings) -> None:
    """The closed book is whole, and its audit finds nothing."""
    vkey = str(signatures.load(settings.key_file).verifier)
    async with open_district(settings.book) as book:
        report = await audit.run(
            book.reader, [*audit.CHECKS, evidence_matches], guards=book.guards, vkey=vkey
        )
        assert report.whole, [str(finding) for finding in report.findings][:3]


if __name__ == "__main__":
    os.environ.pop("JISHAN_BOOK", None)
    town_of = load(book=f"sqlite://{Path(sys.argv[1]) / 'town.db'}", insecure_cookie=True)
    print(json.dumps(asyncio.run(attack(town_of, int(sys.argv[2])))))  # noqa: T201 - the answer
