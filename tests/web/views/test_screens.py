"""The second screen shows what its till shows it, takes the PIN for that, and the till goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.site import ORIGIN
from tests.web.views.test_tills import digits, tablet
from tests.web.visits import Visit, opened, visit
from web.settings import Settings
from web.views import screens

ZHANG = STAFF[3]
WANG, ZHAO = RESIDENTS


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town for all."""
    return town.copied(tmp_path_factory.mktemp("screens"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def pair(site: TestClient) -> tuple[Visit, Visit]:
    """张强's till and the screen beside it; a piece of soap was chosen for 王秀兰."""
    till, screen = visit(site, ZHANG), tablet(site)
    till.go("/counter/1/screens").send(code=digits(screen))
    till.go("/counter").send(who=WANG.number).send(**{"item-1": "1"})
    return till, screen


def test_what_and_how_many_and_the_points_before_and_after(pair: tuple[Visit, Visit]) -> None:
    """And which of them are spent; the name is masked."""
    _, screen = pair
    words = screen.go("/screen").words
    for part in ("王*兰", "香皂 ×1", "原有 35 分", "−3", "剩 32 分", "到期的 3 分"):
        assert part in words
    assert "王秀兰" not in screen.page


def test_the_pin_given_there_lets_the_till_go_on(pair: tuple[Visit, Visit]) -> None:
    """The till asks where to go: nowhere before, to the check afterwards; and the link without a script leads there."""
    till, screen = pair
    asked = till.path
    assert till.client.get(asked + "/agreement").status_code == 204
    screen.go("/screen").send("/screen/agreement", secret=WANG.secret)
    assert "密码对了" in screen.words
    where = till.client.get(asked + "/agreement")
    assert (where.status_code, where.text.startswith("/counter/1/orders/")) == (200, True)
    assert "核对一下" in till.go(asked).words
    assert till.path == where.text
    till.send()
    assert "已兑换" in till.words
    assert "✓ 已兑换" in screen.go("/screen").words


def test_a_wrong_pin_there_locks_as_at_the_till(pair: tuple[Visit, Visit], site: TestClient) -> None:
    """The tries are counted together, wherever they were made, and the till does not go on."""
    till, screen = pair
    screen.go("/screen")
    for left in (4, 3):
        assert f"还可以试 {left} 次" in screen.send("/screen/agreement", secret="258037").words
    assert "258037" not in screen.page
    for left in (2, 1):
        assert f"还可以试 {left} 次" in till.send(till.path, secret="258037").words
    till.send(till.path, secret="258037")
    assert screen.send("/screen/agreement", secret=WANG.secret).answer.status_code == 429
    assert till.client.get(till.path + "/agreement").status_code == 204
    now = site.app.state.now  # type: ignore[attr-defined]
    site.app.state.now = lambda: now() + timedelta(minutes=16)  # type: ignore[attr-defined]
    try:  # the lock is over, for the tests that follow
        till.send(till.path, secret=WANG.secret)
    finally:
        site.app.state.now = now  # type: ignore[attr-defined]


def test_a_pin_for_what_is_no_longer_shown_agrees_to_nothing(pair: tuple[Visit, Visit]) -> None:
    """The till chose something else while the PIN was typed: that is shown, and its agreement is still to come."""
    till, screen = pair
    screen.go("/screen")
    where, hidden = screen.form("/screen/agreement")
    till.go("/counter").send(who=WANG.number).send(**{"item-1": "2"})
    screen.answer = screen.client.post(where, data=hidden | {"secret": WANG.secret}, follow_redirects=True)
    assert "香皂 ×2" in screen.words
    assert till.client.get(till.path + "/agreement").status_code == 204


def test_a_screen_of_another_till_agrees_to_nothing(pair: tuple[Visit, Visit], site: TestClient) -> None:
    """Two tills of one clerk: each screen is its till's alone."""
    till, _ = pair
    other, beside = visit(site, ZHANG), tablet(site)
    other.go("/counter/1/screens").send(code=digits(beside))
    assert "您好" in beside.go("/screen").words
    other.go("/counter").send(who=ZHAO.number)
    assert "香皂" not in beside.go("/screen").words
    assert till.client.get(till.path + "/agreement").status_code == 204


def test_what_was_shown_long_ago_is_shown_no_more(pair: tuple[Visit, Visit], site: TestClient) -> None:
    """Ten minutes, as the PIN itself counts."""
    _, screen = pair
    now = site.app.state.now  # type: ignore[attr-defined]
    site.app.state.now = lambda: now() + timedelta(minutes=11)  # type: ignore[attr-defined]
    try:
        assert "香皂" not in screen.go("/screen").words
    finally:
        site.app.state.now = now  # type: ignore[attr-defined]


def test_without_a_script_it_is_a_plain_form(pair: tuple[Visit, Visit]) -> None:
    """A field for the PIN and one button; the digits to press are hidden until a script can press them."""
    _, screen = pair
    screen.go("/screen")
    assert re.search(r'<input class="w-full" id="secret" name="secret" type="password"', screen.page)
    assert re.search(r'<div class="pad"[^>]* hidden>', screen.page)


def test_digits_may_not_be_asked_for_without_end(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """One address fills no table."""
    monkeypatch.setattr(screens, "MOST", 0)
    browser = TestClient(site.app, base_url="http://localhost", headers=ORIGIN, follow_redirects=False)
    browser.portal = site.portal
    tablet(site)
    assert Visit(browser).go("/screen").send("/screen").answer.status_code == 429


def test_in_english(pair: tuple[Visit, Visit]) -> None:
    """For who chose it on the screen."""
    _, screen = pair
    screen.client.cookies.set("language", "en")
    assert "Please look, then enter your PIN" in screen.go("/screen").words
