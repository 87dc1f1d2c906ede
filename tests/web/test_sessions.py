"""Sessions live on the server, change their token when somebody signs in, and end when they should."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ledger.errors import Busy
from tests.web.site import Site, open_site, sign_in, token_in
from web import sessions
from web.access import MEMBER, Door
from web.models import Session
from web.routes import ROUTES


async def fresh(request: Request) -> Response:
    """Whether the password was asked just now."""
    return PlainTextResponse(str(sessions.is_fresh(request)))


async def again(request: Request) -> Response:
    """As after asking for the password again."""
    await sessions.step_up(request)
    return PlainTextResponse("ok")


@pytest.fixture
def routes() -> list[object]:
    """Doors that ask about the session."""
    return [
        Door("/fresh", fresh, name="fresh", who=MEMBER),
        Door("/again", again, name="again", who=MEMBER, methods=["POST"]),
        *ROUTES,
    ]


def rows(site: Site) -> list[Session]:
    """The table, as it stands."""

    async def read() -> Any:
        return await Session.all().using_db(site.book.reader)

    found: list[Session] = site.run(read)
    return found


def is_in(site: Site) -> bool:
    """Whether the site's own browser is signed in."""
    return site.client.get("/fresh").status_code == 200


def test_the_table_cannot_be_used_to_sign_in(site: Site) -> None:
    """The cookie is 43 characters of base64, 256 bits; the table has only their SHA-256."""
    sign_in(site.client, "10000001155", "314159")
    cookie = site.client.cookies["sid"]
    (row,) = rows(site)
    assert len(cookie) == 43
    assert row.id == sessions.digest(cookie)
    assert site.browser().get("/fresh", headers={"Cookie": f"sid={cookie}"}).status_code == 200
    assert site.browser().get("/fresh", headers={"Cookie": f"sid={row.id}"}).status_code == 303
    assert site.browser().get("/fresh", headers={"Cookie": f"sid={row.id[:43]}"}).status_code == 303


def test_on_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    """__Host-, Secure, HttpOnly, SameSite=Lax, for every path."""
    with open_site(tmp_path, insecure_cookie=False) as site:
        browser = site.browser()
        browser.base_url = browser.base_url.copy_with(scheme="https")
        browser.headers["origin"] = "https://localhost"
        header = sign_in(browser, "10000001155", "314159").headers["set-cookie"]
    name, *attributes = header.split("; ")
    assert name.startswith("__Host-sid=")
    assert set(attributes) == {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"}


def test_signing_in_gives_a_new_token(site: Site) -> None:
    """A token that somebody planted before is worth nothing afterwards, and the old session is gone."""
    site.client.cookies.set("sid", "A" * 43, domain="localhost.local")
    sign_in(site.client, "10000001155", "314159")
    first = site.client.cookies["sid"]
    assert first != "A" * 43
    sign_in_again = token_in(site.client.get("/nowhere").text)
    form = {"csrf": sign_in_again, "number": "S-0002", "secret": "zhou-jing"}
    assert site.client.post("/signin/staff", data=form).status_code == 303
    assert site.client.cookies["sid"] != first
    assert [row.member for row in rows(site)] == ["S-0002"]


def test_signing_out_kills_the_row(site: Site) -> None:
    """The cookie, kept by somebody else, opens nothing any more; what the browser stored is cleared."""
    sign_in(site.client, "10000001155", "314159")
    thief = site.browser()
    thief.cookies.set("sid", site.client.cookies["sid"])
    assert thief.get("/fresh").status_code == 200
    answer = site.client.post("/signout", data={"csrf": token_in(site.client.get("/nowhere").text)})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert rows(site) == []
    assert thief.get("/fresh").status_code == 303
    assert "已经退出" in site.client.get("/signed-out").text


@pytest.mark.parametrize(
    ("number", "secret", "staff", "minutes"),
    [
        ("10000001155", "314159", False, 30),
        ("S-0001", "zhang-qiang", True, 15),
        ("S-0002", "zhou-jing", True, 30),
    ],
)
def test_a_session_left_alone_ends(site: Site, number: str, secret: str, staff: bool, minutes: int) -> None:
    """Half an hour for a resident and an auditor, a quarter for staff; and they are told why."""
    sign_in(site.client, number, secret, staff=staff)
    site.clock.later(minutes=minutes, seconds=-1)
    assert is_in(site)
    site.clock.later(minutes=minutes)
    answer = site.client.get("/fresh")
    assert answer.headers["location"].startswith("/signin?away=1&")
    assert "您离开了一会儿" in site.client.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("number", "secret", "hours"), [("10000001155", "314159", 24), ("S-0001", "zhang-qiang", 8)]
)
def test_a_busy_session_ends_too(site: Site, number: str, secret: str, hours: int) -> None:
    """A day for a resident, a shift for staff, however busy it was."""
    sign_in(site.client, number, secret, staff=hours == 8)
    for _ in range(hours * 6 - 1):
        site.clock.later(minutes=10)
        assert is_in(site)
    site.clock.later(minutes=10)
    assert not is_in(site)


def test_an_admins_session_is_shorter_from_the_moment_of_the_role(site: Site) -> None:
    """The strictest role counts: ten minutes, four hours."""
    assert sessions.term("staff", {"counter", "admin", "auditor"}) == sessions.Term(
        timedelta(minutes=10), timedelta(hours=4)
    )
    sign_in(site.client, "S-0001", "zhang-qiang", staff=True)
    site.keeper.roles["S-0001"] = ("admin",)
    site.clock.later(minutes=11)
    assert not is_in(site)


def test_whoever_is_disabled_is_out_at_the_next_request(site: Site) -> None:
    """And `end_all` takes their rows, wherever they were signed in."""
    other = site.browser()
    sign_in(site.client, "S-0001", "zhang-qiang", staff=True)
    sign_in(other, "S-0001", "zhang-qiang", staff=True)
    site.keeper.gone.add("S-0001")
    assert not is_in(site)
    assert site.run(lambda: sessions.end_all(site.book, "S-0001")) == 2
    site.keeper.gone.clear()
    assert not is_in(site)


def test_dead_rows_are_swept_when_somebody_signs_in(site: Site) -> None:
    """The table does not grow with yesterday's sessions."""
    sign_in(site.browser(), "10000001155", "314159")
    site.clock.later(hours=25)
    sign_in(site.client, "S-0002", "zhou-jing", staff=True)
    assert [row.member for row in rows(site)] == ["S-0002"]


def test_a_book_that_cannot_be_written_still_shows_its_pages(site: Site) -> None:
    """Noting the time of a visit may fail; the visit does not."""
    sign_in(site.client, "10000001155", "314159")
    site.clock.later(minutes=2)
    site.book.refuses = Busy()
    assert is_in(site)


def test_the_password_is_fresh_for_five_minutes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking again makes it fresh again, under a new token."""
    monkeypatch.setattr(sessions, "FRESH", timedelta(minutes=5))
    sign_in(site.client, "S-0002", "zhou-jing", staff=True)
    assert site.client.get("/fresh").text == "True"
    site.clock.later(minutes=6)
    assert site.client.get("/fresh").text == "False"
    before = site.client.cookies["sid"]
    site.client.post("/again", data={"csrf": token_in(site.client.get("/nowhere").text)})
    assert site.client.get("/fresh").text == "True"
    assert site.client.cookies["sid"] != before


@pytest.mark.parametrize(
    "cookie", ["", "x", "A" * 43, "é" * 43, '"', "A" * 8000, "\x80\xff", "..; sid=", "="]
)
def test_a_hostile_cookie_is_a_stranger(site: Site, cookie: str) -> None:
    """Whatever a browser sends as its cookies, the page is shown to a stranger."""
    for name in ("sid", "visitor", "language", "size", "contrast"):
        header = f"{name}={cookie}".encode("latin-1")
        answer = site.browser().get("/", headers={b"Cookie": header})
        assert answer.status_code == 200
