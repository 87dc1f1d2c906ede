"""Receipts on paper: each print is counted, a reprint says which one it is, and the paper of a till is remembered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ZHANG, ZHOU = STAFF[3], STAFF[4]
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town for all."""
    return town.copied(tmp_path_factory.mktemp("prints"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def zhang(site: TestClient) -> Visit:
    """张强 has just handed over a piece of soap."""
    found = visit(site, ZHANG).go("/counter").send(who=WANG.number).send(**{"item-1": "1"})
    return found.send(secret=WANG.secret).send(found.path)


def test_the_first_is_the_receipt_and_each_later_one_says_so(zhang: Visit) -> None:
    """补打第 1 次, 第 2 次; the same press twice is one print."""
    place = zhang.path
    zhang.send(place + "/prints")
    assert zhang.path == place + "/prints/1"
    assert "补打第" not in zhang.words
    assert "有误 7 天内到窗口" in zhang.words
    zhang.go(place)
    where, hidden = zhang.form(place + "/prints")
    answers = [zhang.client.post(where, data=hidden, follow_redirects=True) for _ in range(2)]
    assert [answer.url.path for answer in answers] == [place + "/prints/2"] * 2
    assert "补打第 1 次" in answers[0].text
    zhang.go(place)
    assert "打印过 2 次" in zhang.words
    assert "补打第 2 次" in zhang.send(place + "/prints").words


def test_a_print_that_was_not_made_is_not_there(zhang: Visit, site: TestClient) -> None:
    """Nor is anybody else's, and a form without a key prints nothing."""
    place = zhang.path
    assert zhang.go(place + "/prints/1").answer.status_code == 404
    zhang.go(place)
    where, hidden = zhang.form(place + "/prints")
    assert zhang.client.post(where, data=hidden | {"key": "!"}).status_code == 400
    zhang.go(place).send(place + "/prints")
    assert visit(site, ZHOU).go(place + "/prints/1").answer.status_code == 404


def test_a_till_remembers_how_wide_its_paper_is(zhang: Visit) -> None:
    """80 mm until somebody says 58; anything else changes nothing."""
    place = zhang.path
    zhang.send(place + "/prints")
    assert 'class="wide roll roll-80"' in zhang.page
    zhang.send("/till/paper", paper="58")
    assert 'class="wide roll roll-58"' in zhang.page
    zhang.send("/till/paper", paper="12")
    assert 'class="wide roll roll-58"' in zhang.page


def test_the_lines_and_the_sum_stand_on_the_paper(zhang: Visit) -> None:
    """With what there was and what is left."""
    zhang.send(zhang.path + "/prints")
    assert "香皂 ×1 −3 分 合计 −3 分" in zhang.words
    assert "→ 剩余" in zhang.words
