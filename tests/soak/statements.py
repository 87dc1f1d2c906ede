"""How many statements the pages of a book take, asked in this process: what is in the book must not change it."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from ledger.book import Book
from points.district import open_district
from tests.attack.saturday_town import PASSWORD, PIN, Cast
from tests.web.site import ORIGIN, sign_in
from web.app import create_app
from web.doorkeeper import BookDoorkeeper
from web.settings import Settings

PAGES = {
    "": ("/", "/catalogue", "/shops", "/rules"),
    "member": ("/points", "/statement", "/reservations", "/hours"),
    "counter": ("/counter/1",),
    "verifier": ("/verifications",),
    "admin": ("/audit", "/imports", "/ledger"),
}
ASKED = ("execute_query", "execute_query_dict", "execute_insert")


def count(cast: Cast) -> dict[str, int]:
    """The statements of each page's reader, by whom and path; every page is asked once before it is counted."""
    app = create_app(cast.settings, open_book=_open, doorkeeper=BookDoorkeeper(cast.settings.pepper()))
    found = {}
    with TestClient(app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False) as site:
        book: Book = app.state.book
        for who, paths in PAGES.items():
            browser = _signed_in(app, site, cast, who)
            for path in paths:
                assert browser.get(path).status_code == 200, path
                seen: list[str] = []
                _listen(book, seen)
                browser.get(path)
                found[f"{who} {path}".strip()] = len(seen)
            if who:
                browser.post("/signout", data={"csrf": _token(browser)})
    return found


def _open(settings: Settings) -> Any:
    return open_district(settings.book)


def _token(browser: TestClient) -> str:
    return browser.get("/rules").text.split('name="csrf" value="', 1)[1].split('"', 1)[0]


def _signed_in(app: Starlette, site: TestClient, cast: Cast, who: str) -> TestClient:
    browser = TestClient(app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False)
    browser.portal = site.portal
    people = {**cast.hands, "counter": cast.staff[0], "admin": cast.admin, "member": cast.queue[-1].member}
    if who:
        staff = who != "member"
        answer = sign_in(browser, people[who], PASSWORD if staff else PIN, staff=staff)
        assert answer.status_code == 303, answer.text
    return browser


def _listen(book: Book, seen: list[str]) -> None:
    """Write down what the book's reader is asked from now on."""
    for name in ASKED:
        asked = getattr(type(book.reader), name)

        async def heard(sql: str, *values: Any, asked: Any = asked) -> Any:
            seen.append(sql)
            return await asked(book.reader, sql, *values)

        setattr(book.reader, name, heard)
