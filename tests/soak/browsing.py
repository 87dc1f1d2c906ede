"""A browser of the soak: what Saturday's counters use, with the time of every answer written down."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from html import unescape

import httpx2

from tests.attack.saturday_count import Tally
from tests.attack.saturday_site import Counter
from tests.attack.saturday_town import PASSWORD, PIN

BEGUN = "jishan.begun"


class Browser(Counter):
    """Somebody's browser; `seconds` gets how long each answer took."""

    def __init__(self, number: str, url: str, tally: Tally, seconds: list[float]) -> None:
        super().__init__(number, [url, url], tally)
        self.seconds = seconds
        self.client.event_hooks = {"request": [self._ask], "response": [self._told]}

    async def _ask(self, request: httpx2.Request) -> None:
        request.extensions[BEGUN] = time.monotonic()

    async def _told(self, answer: httpx2.Response) -> None:
        self.seconds.append(time.monotonic() - answer.request.extensions[BEGUN])

    async def page(self, path: str) -> str:
        """A page of the site, which is there."""
        answer = await self.client.get(self.urls[0] + path)
        self.tally.statuses[answer.status_code] += 1
        assert answer.status_code == 200, (path, answer.status_code)
        self.csrf = (re.findall(r'name="csrf" value="([^"]*)"', answer.text) or [self.csrf])[0]
        return answer.text

    async def press(self, path: str, **fields: str | Sequence[str]) -> str:
        """Send a form that must be taken; where it leads."""
        answer = await self.send(path, **fields)  # type: ignore[arg-type] # several of one name
        assert answer.status_code == 303, (path, answer.status_code, plain(answer.text))
        return str(answer.headers["location"])

    async def enter(self, *, pin: bool = False) -> None:
        """Sign in, by password or by PIN."""
        path = "/signin" if pin else "/signin/staff"
        await self.page(path)
        await self.press(path, number=self.staff, secret=PIN if pin else PASSWORD, next="/")
        await self.page("/rules")

    async def leave(self) -> None:
        """Sign out."""
        await self.press("/signout")


@asynccontextmanager
async def opened(number: str, url: str, tally: Tally, seconds: list[float]) -> AsyncIterator[Browser]:
    """A browser that is closed afterwards."""
    browser = Browser(number, url, tally, seconds)
    async with browser.client:
        yield browser


def plain(page: str) -> str:
    """What somebody reads on a page."""
    body = page.split("<main", 1)[-1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", "<main" + body))).strip()[:600]


def links(page: str, pattern: str) -> list[str]:
    """The addresses on a page that look so, each once."""
    return list(dict.fromkeys(re.findall(rf'href="({pattern})"', page)))
