"""What two people answer for asks for the password again, and loses nothing that was sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.routing import Route

from points.sample.town import STAFF
from tests.web.guests import Guests, visiting, words
from web import sessions
from web.again import asked_again
from web.routes import ROUTES

ZHENG = next(one for one in STAFF if one.name == "郑义")
FRESH = timedelta(minutes=5)
ALONE = {"applications.decide"}
"""Decided by one person."""


@pytest.fixture
def guests(tmp_path: Path) -> Iterator[Guests]:
    """The sample town."""
    with visiting(tmp_path) as there:
        yield there


@pytest.fixture(autouse=True)
def nothing_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five minutes ago is a moment ago."""
    monkeypatch.setattr(sessions, "FRESH", timedelta(microseconds=-1))


def asked(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> str:
    """A role that 陈国强 asks for, with a fresh password."""
    with monkeypatch.context() as patch:
        patch.setattr(sessions, "FRESH", FRESH)
        admin = guests.by("陈国强")
        wanted = {"key": "k", "member": "S-0003", "role": "fund_keeper", "area": "坪山街道"}
        return admin.press(admin.get("/roles"), "/roles", **wanted)


def test_an_approval_waits_for_the_password_and_is_then_done(
    guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not without it, not with a wrong one; with the right one what was sent is done, and the browser goes on."""
    request, second = asked(guests, monkeypatch), guests.by("郑义")
    page = second.get(request)
    digest = page.split('name="digest" value="', 1)[1].split('"', 1)[0]
    sent = {"digest": digest, "decision": "approve"}
    for given, status in (({}, 403), ({"again": ""}, 422), ({"again": "wrong"}, 422)):
        answer = second.client.post(request, data={"csrf": token(page), **sent, **given})
        assert answer.status_code == status
        page = answer.text
        assert hidden(page) == sent
        assert "要另一人审批" in words(guests.by("陈国强").get(request))
    assert "还可以试 4 次" in words(page)
    before = second.client.cookies["sid"]
    assert second.press(page, request, **hidden(page), again=ZHENG.secret)
    assert second.client.cookies["sid"] != before
    assert "郑义审批" in words(second.get("/roles?member=S-0003"))


def test_a_page_in_answer_to_the_right_password_can_be_sent_again(
    guests: Guests, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its form carries the new session's secret."""
    request, second = asked(guests, monkeypatch), guests.by("郑义")
    data = {"csrf": token(second.get(request)), "digest": "other", "decision": "approve"}
    refused = second.client.post(request, data={**data, "again": ZHENG.secret})
    assert refused.status_code in {409, 422}
    again = second.client.post(request, data={**data, "csrf": token(refused.text)})
    assert again.status_code == 403
    assert "请再输一次密码" in words(again.text)


def test_guessing_locks_as_at_the_sign_in(guests: Guests, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sixth is not looked at, even when it is right."""
    request, second = asked(guests, monkeypatch), guests.by("郑义")
    data = {"csrf": token(second.get(request)), "digest": "", "decision": "approve"}
    statuses = [second.client.post(request, data={**data, "again": str(n)}).status_code for n in range(5)]
    assert second.client.post(request, data={**data, "again": ZHENG.secret}).status_code == 429
    assert set(statuses[:4]) == {422}


def test_every_decision_of_two_people_asks() -> None:
    """A door that decides asks, but for those that one person decides alone."""
    deciding = {
        route.name: route.endpoint
        for route in ROUTES
        if isinstance(route, Route) and route.name.endswith(".decide")
    }
    code = asked_again(deciding["roles.decide"]).__code__
    assert {name for name, view in deciding.items() if view.__code__ is not code} == ALONE


def token(page: str) -> str:
    """The token of a page's form."""
    return page.split('name="csrf" value="', 1)[1].split('"', 1)[0]


def hidden(page: str) -> dict[str, str]:
    """What was sent, as the page that asks keeps it."""
    form = page.split("<main", 1)[1]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return {name: value for name, value in found.items() if name in {"digest", "decision"}}
