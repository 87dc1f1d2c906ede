"""Guests of the sample town's site, without a browser: by name; they read, press and count statements."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from ledger.book import Book
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.site import ORIGIN, token_in

PEOPLE = {person.name: person for person in (*RESIDENTS, *STAFF)}


class Guest:
    """Somebody's browser, which follows no redirect by itself."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str, status: int = 200) -> str:
        """A page, which must answer so."""
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.text

    def press(self, page: str, path: str, **fields: Any) -> str:
        """Send a form with the token of a page; where it led."""
        answer = self.client.post(path, data={"csrf": token_in(page), **fields})
        assert answer.status_code == 303, (answer.status_code, words(answer.text))
        return str(answer.headers["location"])


class Guests:
    """The running site of a town of one's own."""

    def __init__(self, app: Starlette, client: TestClient) -> None:
        self.app, self.client = app, client

    @property
    def book(self) -> Book:
        """The open book."""
        book: Book = self.app.state.book
        return book

    def run(self, work: Callable[..., Awaitable[Any]], *arguments: Any) -> Any:
        """Run an asynchronous function in the site's own loop."""
        assert self.client.portal is not None
        return self.client.portal.call(work, *arguments)

    def stranger(self) -> Guest:
        """A browser that nobody signed in with."""
        client = TestClient(self.app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False)
        client.portal = self.client.portal
        return Guest(client)

    def by(self, name: str) -> Guest:
        """The browser of one of the sample's people, signed in."""
        guest, person = self.stranger(), PEOPLE[name]
        path = "/signin/staff" if person.is_staff else "/signin"
        said = {"next": "/", "number": person.number, "secret": person.secret}
        guest.press(guest.get(path), path, **said)
        return guest

    def statements(self, guest: Guest, path: str) -> int:
        """How many statements the book's reader runs for a page, not counting the worker of long jobs."""
        seen: list[str] = []
        self.run(self._trace, seen.append)
        guest.get(path)
        self.run(self._trace, None)
        return sum("web_job" not in statement for statement in seen)

    async def _trace(self, heard: Callable[[str], None] | None) -> None:
        async with self.book.reader.acquire_connection() as connection:
            await connection.set_trace_callback(heard)


@contextmanager
def visiting(folder: Path) -> Iterator[Guests]:
    """A town of one's own, open."""
    app = town.site(town.copied(folder))
    with TestClient(app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False) as client:
        yield Guests(app, client)


def words(page: str) -> str:
    """What somebody reads on a page: no tags, and one space between any two words."""
    body = page.split("<main", 1)[-1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", "<main" + body))).strip()


def links(page: str, beginning: str) -> list[str]:
    """The addresses on a page that begin so, each once, in order."""
    return list(dict.fromkeys(re.findall(rf'href="?({re.escape(beginning)}[^"> ]*)', page)))
