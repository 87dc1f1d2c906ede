"""Redemptions measured over HTTP, beside the cheapest page of the same server in the same run.

    python -m benchmarks.counter [--rounds 5] [--count 300] [--clients 16] [--only page,redemption]
                                 [--book postgres://…?schema=…]

One `jishan serve` in a process of its own, on a book whose members have points and PINs; so many browsers keep a line
open and ask in turn. "page" is /signed-out, the cheapest there is: nobody signed in, nothing read, a page from a
template; "the same page" is asked by the browser that stands at the counter, so that it costs a session as well, as
every press does. "redemption" is the last press at the counter, the one that moves points and goods and is durable when
it is answered, for orders whose PIN was given. "PIN" is the press before, with argon2id as it stands in the book.
"serving" is all a person needs: found by card, choosing, chosen, PIN, pressed. Each round runs them all, so ratios hold
on a busy machine; `cpu` is the processor time of the server alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.counter_town import PASSWORD, PIN, Town, make
from benchmarks.figures import Round, contest, figure, surroundings
from web import orders

PAGE = "/signed-out"
TOKEN = re.compile(rb'name="csrf" value="([^"]+)"')
FIELDS = re.compile(rb'name="(key|on)" value="([^"]+)"')


class Line:
    """One browser's open line to the server."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def open(self) -> Line:
        """Dial."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.town.port)
        return self

    async def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, *, stranger: bool = False
    ) -> tuple[str, bytes]:
        """One request; where it led (or ""), and the page. A `stranger` has no cookies and keeps none."""
        host = f"127.0.0.1:{self.town.port}"
        head = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
        if not stranger:
            head.append(f"Cookie: {self.town.cookies}")
        body = urlencode({"csrf": self.town.csrf, **(fields or {})}).encode() if method == "POST" else b""
        if body:
            kind = "application/x-www-form-urlencoded"
            head += [f"Origin: http://{host}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join([*head, "\r\n"]).encode() + body)
        raw = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        named = [line.partition(": ") for line in raw.split("\r\n")[1:] if line]
        said = {name.lower(): value for name, _, value in named if name.lower() != "set-cookie"}
        kept = [value.split(";")[0] for name, _, value in named if name.lower() == "set-cookie"]
        if kept and not stranger:
            self.town.cookies = "; ".join(kept)
        page = await self.reader.readexactly(int(said.get("content-length", 0)))
        self.town.statuses.add(int(raw[9:12]))
        return said.get("location", ""), page


async def sign_in(town: Town) -> None:
    """The counter, once: all lines are tabs of one browser."""
    line = await Line(town).open()
    _, page = await line.ask("GET", "/signin/staff")
    town.csrf = _found(TOKEN, page)
    where, _ = await line.ask("POST", "/signin/staff", {"number": town.staff, "secret": PASSWORD})
    assert where, "nobody is signed in"
    _, page = await line.ask("GET", "/counter/1")
    town.csrf = _found(TOKEN, page)
    line.writer.close()


def _found(pattern: re.Pattern[bytes], page: bytes) -> str:
    match = pattern.search(page)
    assert match, page[:500]
    return match[1].decode()


Work = Callable[[Line, str], Awaitable[None]]


async def see_page(line: Line, _order: str) -> None:
    """The cheapest page, by nobody."""
    _, page = await line.ask("GET", PAGE, stranger=True)
    assert page


async def see_same_page(line: Line, _order: str) -> None:
    """The same page, by the counter."""
    _, page = await line.ask("GET", PAGE)
    assert page


async def see_counter(line: Line, _order: str) -> None:
    """The counter's own first page, for the price of a session."""
    _, page = await line.ask("GET", "/counter/1")
    assert page


async def press(line: Line, order: str) -> None:
    """The press that redeems."""
    where, _ = await line.ask("POST", f"/counter/1/orders/{order}/redemption")
    assert where.startswith("/counter/1/redemptions/"), where


async def give_pin(line: Line, order: str) -> None:
    """The PIN of an order."""
    where, _ = await line.ask("POST", f"/counter/1/orders/{order}", {"secret": PIN})
    assert where


async def serve(line: Line, order: str) -> None:
    """From the card to the receipt; `order` says only whose."""
    asked = orders.unseal(order, line.town.settings.pepper())
    assert asked is not None
    where, _ = await line.ask("POST", "/counter/1", {"who": line.town.cards[asked.member]})
    _, page = await line.ask("GET", where)
    fields = {name.decode(): value.decode() for name, value in FIELDS.findall(page)}
    ordered, _ = await line.ask("POST", where, {**fields, f"item-{line.town.soap}": "1"})
    agreed, _ = await line.ask("POST", ordered, {"secret": PIN})
    await press(line, agreed.rsplit("/", 1)[1])


def contender(town: Town, clients: int, work: Work, count: int) -> Callable[[int], Awaitable[Round]]:
    """So many of one kind, shared out among the lines."""

    async def turn(_round: int) -> Round:
        waiting, each = iter(town.orders(count)), []

        async def keep_asking(line: Line) -> None:
            for order in waiting:
                begun = time.perf_counter()
                await work(line, order)
                each.append(time.perf_counter() - begun)

        lines = [await Line(town).open() for _ in range(clients)]
        begun, cpu = time.perf_counter(), _processor(town.pid)
        await asyncio.gather(*map(keep_asking, lines))
        for line in lines:
            line.writer.close()
        return Round(count, time.perf_counter() - begun, _processor(town.pid) - cpu, each)

    return turn


def _processor(pid: int) -> float:
    """Seconds of processor time a process has had, all threads (proc(5))."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


WORKS: dict[str, Work] = {
    "page": see_page,
    "the same page": see_same_page,
    "counter": see_counter,
    "redemption": press,
    "PIN": give_pin,
    "serving": serve,
}


async def measure(
    url: str, folder: Path, *, rounds: int, count: int, clients: int, only: tuple[str, ...] = tuple(WORKS)
) -> Any:
    """The contest; every answer was what it should be, or this raises. The page is always there."""
    town = await make(url, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        town.port = free.getsockname()[1]
    files = {
        "KEY": town.settings.key_file,
        "PEPPER": town.settings.pepper_file,
        "SEAL": town.settings.seal_file,
    }
    known = {**os.environ, **{f"JISHAN_{name}_FILE": str(path) for name, path in files.items()}}
    command = [
        sys.executable,
        "-c",
        "from web.cli import main; main()",
        "--book",
        url,
        "serve",
        "--port",
        str(town.port),
    ]
    process = await asyncio.create_subprocess_exec(*command, env=known, stdout=asyncio.subprocess.DEVNULL)
    town.pid = process.pid
    try:
        await _come_in(town)
        works = {name: work for name, work in WORKS.items() if name in ("page", *only)}
        few = {"PIN": max(clients, count // 10), "serving": max(clients, count // 10)}
        turns = {name: contender(town, clients, work, few.get(name, count)) for name, work in works.items()}
        found = await contest(turns, rounds)
    finally:
        process.terminate()
        await process.wait()
    assert town.statuses <= {200, 303}, town.statuses
    figures = {name: figure(each) for name, each in found.items()}
    page = figures["page"]
    ratios = {
        name: {what: round(each[what] / page[what], 3) for what in ("rate", "p99_ms", "cpu_us")}
        for name, each in figures.items()
    }
    return {"figures": figures, "of the page": ratios, "surroundings": surroundings()}


async def _come_in(town: Town) -> None:
    """Once the server answers."""
    latest = time.monotonic() + 60
    while True:
        try:
            return await sign_in(town)
        except OSError:
            assert time.monotonic() < latest, "the server did not start"
            await asyncio.sleep(0.1)


def main() -> None:
    """Measure, and print what was found as JSON."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--count", type=int, default=300)
    asked.add_argument("--clients", type=int, default=16)
    asked.add_argument("--only", default=",".join(WORKS))
    asked.add_argument("--book", default="")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.book or f"sqlite://{folder}/bench.db"
        found = asyncio.run(
            measure(
                url, Path(folder),
                rounds=given.rounds, count=given.count, clients=given.clients,
                only=tuple(given.only.split(",")),
            )
        )  # fmt: skip
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
