"""Visits to the pages of the sample town: somebody signs in, fills in the forms they see, and goes where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from points.sample.town import SignIn
from tests import town
from tests.web.site import ORIGIN, sign_in
from web.settings import Settings


@dataclass
class Visit:
    """One person's browser, signed in. `page` is the text of what they see now."""

    client: TestClient
    answer: Any = None

    @property
    def page(self) -> str:
        """The page as it was sent."""
        return str(self.answer.text)

    @property
    def words(self) -> str:
        """What the page says, without its tags, each run of spaces as one."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    @property
    def path(self) -> str:
        """Where they are."""
        return str(self.answer.url.path)

    def go(self, path: str) -> Visit:
        """Open an address, following redirects."""
        self.answer = self.client.get(path, follow_redirects=True)
        return self

    def send(self, action: str | None = None, /, **fields: Any) -> Visit:
        """Fill in the form of this page whose action begins with `action` (here when left out) and send it."""
        where, hidden = self.form(action or self.path)
        self.answer = self.client.post(where, data=hidden | fields, follow_redirects=True)
        return self

    def form(self, action: str) -> tuple[str, dict[str, str]]:
        """The address and hidden fields of a form of this page."""
        for where, inside in re.findall(
            r'<form method="post" action="([^"]+)"(.*?)</form>', self.page, re.DOTALL
        ):
            if where.startswith(action):
                hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inside)
                return where, {name: unescape(value) for name, value in hidden}
        raise AssertionError(f"no form leads to {action}: {self.words}")


@contextmanager
def opened(settings: Settings) -> Iterator[TestClient]:
    """The site of a town, running."""
    with TestClient(
        town.site(settings), base_url="http://localhost", headers=ORIGIN, follow_redirects=False
    ) as client:
        yield client


def visit(site: TestClient, person: SignIn) -> Visit:
    """A new browser in which this person signed in."""
    browser = TestClient(site.app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False)
    browser.portal = site.portal
    answer = sign_in(browser, person.number, person.secret, staff=person.is_staff)
    assert answer.status_code == 303, answer.text
    return Visit(browser)
