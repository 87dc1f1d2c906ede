"""No other site can make a browser do something here."""

from __future__ import annotations

import pytest

from tests.web.site import Site, sign_in, token_in


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://localhost:81"}, False),
        ({"Origin": "https://localhost"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({}, False),
    ],
)
def test_only_our_own_origin_may_post(site: Site, headers: dict[str, str], allowed: bool) -> None:
    """What the browser says about where a form comes from decides, even with the right token."""
    browser = site.browser()
    token = token_in(browser.get("/signin").text)
    del browser.headers["origin"]
    answer = browser.post("/language", data={"csrf": token, "language": "en"}, headers=headers)
    assert answer.status_code == (303 if allowed else 403)
    assert ("language=en" in answer.headers.get("set-cookie", "")) is allowed


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_its_token_does_nothing(site: Site, token: str) -> None:
    """From our own origin, before and after signing in."""
    stranger, resident = site.browser(), site.browser()
    sign_in(resident, "10000001155", "314159")
    for browser in (stranger, resident):
        answer = browser.post("/language", data={"csrf": token, "language": "en"})
        assert answer.status_code == 403
        assert "没有做任何改动" in answer.text


def test_the_token_of_another_browser_opens_nothing(site: Site) -> None:
    """A token is bound to its browser, and after signing in to its session."""
    mine, other = site.browser(), site.browser()
    theirs = token_in(other.get("/signin").text)
    mine.get("/signin")
    assert mine.post("/language", data={"csrf": theirs, "language": "en"}).status_code == 403
    before = token_in(mine.get("/signin").text)
    sign_in(mine, "10000001155", "314159")
    assert mine.post("/language", data={"csrf": before, "language": "en"}).status_code == 403
    now = token_in(mine.get("/nowhere").text)
    assert mine.post("/language", data={"csrf": now, "language": "en"}).status_code == 303


def test_reading_changes_nothing(site: Site) -> None:
    """What changes something has no GET."""
    for path in ("/language", "/size", "/contrast", "/signout"):
        assert site.client.get(path).status_code == 405
