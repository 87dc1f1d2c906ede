"""A till is a browser with a cookie of its own, and its paper is one of two."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from web import tills
from web.sessions import Jar


def asking(**cookies: str) -> Any:
    """A request with these cookies."""
    state: dict[str, Any] = {"jar": Jar(secure=False), "cookies": []}
    return cast("Any", SimpleNamespace(cookies=cookies, scope={"state": state}))


def test_a_browser_becomes_a_till_once_and_stays_the_same() -> None:
    """What the server knows is not the cookie itself; a second press gives the same till and no new cookie."""
    first = asking()
    assert tills.of(first) is None
    till = tills.begin(first)
    (cookie,) = first.scope["state"]["cookies"]
    token = cookie.partition("=")[2].partition(";")[0]
    assert token not in till
    assert "HttpOnly" in cookie
    again = asking(till=token)
    assert tills.of(again) == tills.begin(again) == till
    assert again.scope["state"]["cookies"] == []


def test_paper_is_80_or_58() -> None:
    """Anything else is 80."""
    assert [tills.paper(asking(paper=wide)) for wide in ("80", "58", "12", "")] == ["80", "58", "80", "80"]
