"""Where a Saturday happens: `jishan serve` in processes of its own, and the browsers of its counters."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx2

from tests.attack.saturday_count import Tally
from tests.attack.saturday_town import PASSWORD
from web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
JISHAN = [sys.executable, "-c", "from web.cli import main; main()"]
FIELD = re.compile(r'name="(csrf|key|on)" value="([^"]*)"')


class Counter:
    """One member of staff at a till. Their session is known to both servers, their browser keeps cookies."""

    def __init__(self, staff: str, urls: Sequence[str], tally: Tally) -> None:
        self.staff, self.urls, self.tally = staff, urls, tally
        self.client = httpx2.AsyncClient(timeout=300, follow_redirects=False)
        self.csrf = ""

    async def sign_in(self) -> None:
        """By password; the token of every form of this session stands on any page."""
        await self.read("/signin/staff")
        answer = await self.send("/signin/staff", number=self.staff, secret=PASSWORD)
        assert answer.status_code == 303, answer.text
        await self.read("/counter/1")

    async def read(self, path: str, server: int = 0) -> dict[str, str]:
        """The hidden fields of a page."""
        answer = await self.client.get(self.urls[server] + path)
        self.tally.statuses[answer.status_code] += 1
        found = dict(FIELD.findall(answer.text))
        self.csrf = found.get("csrf", self.csrf)
        return found

    async def send(self, path: str, server: int = 0, **fields: str) -> httpx2.Response:
        """A form."""
        url = self.urls[server]
        answer = await self.client.post(
            url + path, data={"csrf": self.csrf, **fields}, headers={"Origin": url}
        )
        self.tally.statuses[answer.status_code] += 1
        return answer

    async def send_and_leave(self, path: str, server: int) -> None:
        """A form whose answer nobody reads: the line is cut as soon as it was sent."""
        where = self.urls[server].removeprefix("http://")
        body = urlencode({"csrf": self.csrf}).encode()
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.client.cookies.jar)
        head = [
            f"POST {path} HTTP/1.1", f"Host: {where}", f"Origin: http://{where}", f"Cookie: {cookies}",
            "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}", "", "",
        ]  # fmt: skip
        host, port = where.split(":")
        _reader, writer = await asyncio.open_connection(host, int(port))
        writer.write("\r\n".join(head).encode() + body)
        await writer.drain()
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[str]:
    """`jishan serve` in a process of its own, stopped at the end."""
    async with server(settings) as (url, _process):
        yield url


@asynccontextmanager
async def server(
    settings: Settings, *how: str, errors: int | None = None
) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """The same with its process. `how` are options of the interpreter, `errors` is where standard error goes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    python, *program = JISHAN
    process = await asyncio.create_subprocess_exec(
        python, *how, *program, "--book", settings.book, "serve", "--port", str(port),
        cwd=ROOT, env=surroundings(settings), stdout=asyncio.subprocess.DEVNULL, stderr=errors,
    )  # fmt: skip
    try:
        await _answers(port, process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 60)


async def _answers(port: int, process: asyncio.subprocess.Process) -> None:
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


def surroundings(settings: Settings) -> dict[str, str]:
    """What a command of this book needs to know."""
    files = {"KEY": settings.key_file, "PEPPER": settings.pepper_file, "SEAL": settings.seal_file}
    return {**os.environ, **{f"JISHAN_{name}_FILE": str(path) for name, path in files.items()}}
