"""A till's lock keeps what was reached and asks for the password; second screens are paired by six digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.site import ORIGIN
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ZHANG, LI = STAFF[3], STAFF[2]
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town for all."""
    return town.copied(tmp_path_factory.mktemp("tills"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def zhang(site: TestClient) -> Visit:
    """张强 at his counter, with somebody found."""
    return visit(site, ZHANG).go("/counter").send(who=WANG.number)


def tablet(site: TestClient) -> Visit:
    """A browser on the counter that nobody signed in to; it has asked for digits."""
    browser = TestClient(site.app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False)
    browser.portal = site.portal
    return Visit(browser).go("/screen").send("/screen")


def digits(screen: Visit) -> str:
    """What it shows."""
    found = re.search(r'<p class="pair-code">([0-9 ]+)</p>', screen.page)
    assert found
    return found[1]


def test_a_locked_screen_opens_nothing_and_leads_back_to_where_it_was(zhang: Visit) -> None:
    """Every address asks for the password first; the right one goes on with the same person."""
    place = zhang.path
    zhang.send("/lock")
    assert zhang.path == "/locked"
    assert "刚才填的都还在" in zhang.words
    for address in (place, "/counter/1", "/members"):
        assert zhang.go(address).path == "/locked"
    assert zhang.go(place).send("/locked", secret=ZHANG.secret).path == place
    assert "给王*兰选物品" in zhang.words


def test_pages_open_to_all_do_not_know_who_locked(zhang: Visit) -> None:
    """No name, no navigation: whoever passes by is a stranger there."""
    zhang.send("/lock")
    assert "张强" not in zhang.go("/").words
    assert "兑换台" not in zhang.words


def test_a_wrong_password_keeps_it_locked_and_counts_with_signing_in(zhang: Visit) -> None:
    """Told in words, with the tries that are left; after five the name is locked everywhere."""
    zhang.send("/lock").send("/locked", secret="falsch-1111")
    assert zhang.answer.status_code == 422
    assert "还可以试 4 次" in zhang.words
    assert zhang.go("/counter/1").path == "/locked"
    assert zhang.send("/locked").answer.status_code == 422
    for _ in range(4):
        zhang.send("/locked", secret="falsch-1111")
    assert zhang.send("/locked", secret=ZHANG.secret).answer.status_code == 429
    now = zhang.client.app.state.now  # type: ignore[attr-defined]
    zhang.client.app.state.now = lambda: now() + timedelta(minutes=16)  # type: ignore[attr-defined]
    try:
        assert zhang.send("/locked", secret=ZHANG.secret).path != "/locked"
    finally:
        zhang.client.app.state.now = now  # type: ignore[attr-defined]


def test_another_may_sign_the_locked_one_out(zhang: Visit) -> None:
    """A colleague takes over without knowing the password."""
    zhang.send("/lock").send("/signout")
    assert zhang.path == "/signed-out"
    assert zhang.go("/counter/1").path == "/signin"


def test_a_screen_is_paired_by_its_digits_and_parted_by_one_press(zhang: Visit, site: TestClient) -> None:
    """A slip of the finger pairs nothing, digits are good once, and a second screen is no way into the till."""
    screen = tablet(site)
    code = digits(screen)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    zhang.go("/counter/1/screens").send(code=wrong)
    assert (zhang.answer.status_code, "没有连上" in zhang.words) == (422, True)
    assert "已经连着 1 块副屏" in zhang.send(code=code).words
    assert "您好" in screen.go("/screen").words
    _, hidden = zhang.form("/counter/1/screens")
    assert zhang.client.post("/counter/1/screens", data=hidden | {"code": code}).status_code == 422
    assert screen.go("/counter/1").path == "/signin"
    zhang.go("/counter/1/screens").send("/counter/1/screens/part")
    assert "已经连着" not in zhang.words
    assert "把这块屏当副屏" in screen.go("/screen").words


def test_digits_are_good_for_ten_minutes(zhang: Visit, site: TestClient) -> None:
    """Afterwards the screen says nothing of a code, and the till finds none."""
    screen = tablet(site)
    code, now = digits(screen), site.app.state.now  # type: ignore[attr-defined]
    site.app.state.now = lambda: now() + timedelta(minutes=11)  # type: ignore[attr-defined]
    try:
        assert zhang.go("/counter/1/screens").send(code=code).answer.status_code == 422
        assert "把这块屏当副屏" in screen.go("/screen").words
    finally:
        site.app.state.now = now  # type: ignore[attr-defined]


def test_nobody_else_pairs(site: TestClient) -> None:
    """The page is the counter's."""
    assert visit(site, LI).go("/counter/1/screens").answer.status_code == 404


@pytest.mark.parametrize(("headers", "status"), [({"X-Unattended": "1"}, 303), ({}, 200)])
def test_a_page_that_looks_again_by_itself_keeps_nobody_signed_in(
    site: TestClient, headers: dict[str, str], status: int
) -> None:
    """A till that waits for a PIN asks each second, and is still nobody's after a quarter of an hour."""
    zhang, now = visit(site, ZHANG), site.app.state.now  # type: ignore[attr-defined]
    try:
        site.app.state.now = lambda: now() + timedelta(minutes=14)  # type: ignore[attr-defined]
        assert zhang.client.get("/counter/1", headers=headers).status_code == 200
        site.app.state.now = lambda: now() + timedelta(minutes=16)  # type: ignore[attr-defined]
        assert zhang.client.get("/counter/1").status_code == status
    finally:
        site.app.state.now = now  # type: ignore[attr-defined]
