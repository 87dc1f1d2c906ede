"""The last item, wanted by everybody at once: over HTTP from two server processes, with commands beside them."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from ledger import audit as auditing
from ledger import signatures, statements
from ledger.book import Book
from points import chart
from points.district import open_district
from points.evidence.checks import evidence_matches
from points.market import deliveries, shops
from points.people import signin
from points.sample.town import STAFF
from tests import town
from tests.figures import figure
from tests.web.site import token_in
from web.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.attack]

ROOT = Path(__file__).resolve().parent.parent.parent
ADMIN, ZHANG, KEEPER = STAFF[0], STAFF[3], STAFF[6]
SALT, SOAP, PIN = 2, 1, "704153"
MEMBERS, KEYS = figure(short=4, full=20), figure(short=6, full=10)
COMMANDS = 2
JISHAN = [sys.executable, "-c", "from web.cli import main; main()"]


@dataclass
class Counter:
    """张强's browser, whose one session is known to both servers. `seen` are the answers' statuses."""

    clients: Sequence[httpx2.AsyncClient]
    csrf: str = ""
    seen: list[int] = field(default_factory=list)

    async def post(
        self, path: str, fields: Mapping[str, str] | None = None, *, server: int = 0
    ) -> httpx2.Response:
        """Send a form to one of the servers."""
        answer = await self.clients[server].post(path, data={"csrf": self.csrf, **(fields or {})})
        self.seen.append(answer.status_code)
        return answer

    async def sign_in(self) -> None:
        """Once, on the first server; the cookie is then given to the second."""
        first, *others = self.clients
        self.csrf = token_in((await first.get("/signin/staff")).text)
        answer = await self.post("/signin/staff", {"number": ZHANG.number, "secret": ZHANG.secret})
        assert answer.status_code == 303, answer.text
        for other in others:
            other.cookies.update(first.cookies)
        self.csrf = token_in((await first.get("/counter/1")).text)

    async def agreed(self, member: str, item: int, on: str) -> str:
        """Find a member, choose one of an item, give the PIN: the address where only the confirmation is missing."""
        found = await self.post("/counter/1", {"who": member})
        chosen = {f"item-{item}": "1", "key": secrets.token_hex(12), "on": on}
        order = await self.post(found.headers["location"], chosen)
        answer = await self.post(order.headers["location"], {"secret": PIN})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"]) + "/redemption"


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """A town in which one packet of salt stands on the shelf, and several members have the points and a PIN."""
    settings = await asyncio.to_thread(town.copied, tmp_path)
    async with open_district(settings.book) as book:
        shop = await shops.find(book, 1)
        await deliveries.receive(
            book, shop, {SALT: 1}, document="1", by=KEEPER.number, on=book.today(), key="last"
        )
        for member in await customers(book):
            await signin.set_pin(book, member, PIN, by=ADMIN.number, pepper=settings.pepper())
    return settings


async def customers(book: Book) -> list[str]:
    """Members who could pay for it, none of whom works here."""
    rich = [b for b in await statements.balances(book.reader, "member/V-") if "/until/" in b.address]
    able = sorted({balance.address.split("/")[1] for balance in rich if balance.balance >= 3})
    assert len(able) >= MEMBERS
    return able[:MEMBERS]


@asynccontextmanager
async def counter_of(settings: Settings, servers: int) -> AsyncIterator[Counter]:
    """So many server processes on one book, and a browser signed in at them."""
    async with AsyncExitStack() as stack:
        urls = [await stack.enter_async_context(serving(settings)) for _ in range(servers)]
        limits = httpx2.Limits(max_connections=300)
        clients = [
            await stack.enter_async_context(
                httpx2.AsyncClient(base_url=url, headers={"Origin": url}, timeout=120, limits=limits)
            )
            for url in urls
        ]
        counter = Counter(clients)
        await counter.sign_in()
        yield counter


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[str]:
    """`jishan serve` in a process of its own, stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["--book", settings.book, "serve", "--port", str(port)]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*JISHAN, *arguments, cwd=ROOT, stdout=quiet)
    try:
        await answers(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 60)


async def answers(port: int, process: asyncio.subprocess.Process) -> None:
    """Wait until a server lets somebody in, at most a minute."""
    latest = time.monotonic() + 60
    while time.monotonic() < latest:
        assert process.returncode is None, "the server ended while starting"
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            await writer.wait_closed()
            return
    raise AssertionError("the server did not start")


async def redeem_by_command(settings: Settings, member: str, key: str) -> dict[str, object]:
    """`jishan redeem` of the same thing, with its answer for programs."""
    arguments = ["--book", settings.book, "--json", "redeem", "--shop", "1", "--member", member]
    arguments += ["--item", "食盐", "--by", ZHANG.number, "--key", key]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*JISHAN, *arguments, cwd=ROOT, stdout=pipe)
    output, _ = await process.communicate()
    answer: dict[str, object] = json.loads(output)
    return answer


async def points_and_salt(book: Book) -> tuple[int, int, int, int]:
    """What members can spend, what the shop took, the salt on the shelf and the salt handed over."""
    purses = await statements.balances(book.reader, "member/", unit=chart.POINTS)
    spendable = sum(purse.balance for purse in purses if "/until/" in purse.address)
    taken = await statements.balance(book.reader, chart.taken(1))
    left = await statements.balance(book.reader, chart.stock(1), chart.item(SALT))
    gone = await statements.balance(book.reader, chart.HANDED_OUT, chart.item(SALT))
    return spendable, taken, left, gone


async def test_exactly_one_gets_the_last_item(settings: Settings) -> None:
    """One succeeds, all others are told why; nobody meets a 5xx; points and stock are exact; the audit passes."""
    async with open_district(settings.book) as book:
        before, members, on = await points_and_salt(book), await customers(book), book.today().isoformat()
    async with counter_of(settings, servers=2) as counter:

        async def orders_of(member: str) -> list[str]:
            return [await counter.agreed(member, SALT, on) for _ in range(KEYS)]

        orders = [one for some in await asyncio.gather(*map(orders_of, members)) for one in some]
        commands = [
            asyncio.create_task(redeem_by_command(settings, member, f"command-{n}"))
            for n, member in enumerate(members[:COMMANDS])
        ]
        await asyncio.sleep(0.7)  # a command needs that long to be about as far as a browser
        sent = [counter.post(order, server=n % 2) for n, order in enumerate(orders)]
        answered = await asyncio.gather(*sent)
        said = await asyncio.gather(*commands)

    assert [status for status in counter.seen if status >= 500] == []
    won = [answer for answer in answered if answer.status_code == 303]
    lost = [answer for answer in answered if answer.status_code == 422]
    assert len(won) + len(lost) == len(orders) == MEMBERS * KEYS
    assert all("没有换成，积分没有扣。食盐刚被换完了。" in answer.text for answer in lost)
    commanded = [answer for answer in said if "position" in answer]
    assert {answer["error"] for answer in said if "error" in answer} <= {"SoldOut"}
    assert len(won) + len(commanded) == 1
    await assert_moved_once(settings, before)


async def assert_moved_once(settings: Settings, before: tuple[int, int, int, int]) -> None:
    """Three points and one packet have moved, and the whole book is sound."""
    spendable, taken, left, gone = before
    vkey = str(signatures.load(settings.key_file).verifier)
    async with open_district(settings.book) as book:
        assert await points_and_salt(book) == (spendable - 3, taken + 3, left - 1, gone + 1)
        checks = [*auditing.CHECKS, evidence_matches]
        report = await auditing.run(book.reader, checks, guards=book.guards, vkey=vkey)
        assert report.findings == ()


async def test_ten_presses_are_one_redemption(settings: Settings) -> None:
    """At once, at both servers, then again: one effect, one receipt; the others say that nothing was taken twice."""
    async with open_district(settings.book) as book:
        member, on = (await customers(book))[0], book.today().isoformat()
        before = (await points_and_salt(book))[:2]
    async with counter_of(settings, servers=2) as counter:
        order = await counter.agreed(member, SOAP, on)
        answers = await asyncio.gather(*(counter.post(order, server=n % 2) for n in range(10)))
        answers.append(await counter.post(order))
    assert {answer.status_code for answer in answers} == {303}
    where = [
        re.fullmatch(r"(/counter/1/redemptions/\d+)(\?again=1)?", a.headers["location"]) for a in answers
    ]
    assert len({found[1] for found in where if found}) == 1
    assert [bool(found and found[2]) for found in where].count(False) == 1
    async with open_district(settings.book) as book:
        assert (await points_and_salt(book))[:2] == (before[0] - 3, before[1] + 3)
