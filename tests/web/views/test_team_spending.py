"""A team spends at the counter by pages: its leader and a second give their PINs, and nothing moves before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web import teamed
from tests.web.visits import opened, visit

WANG, ZHAO = RESIDENTS
ZHANG = STAFF[3]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[TestClient]:
    """A town of one's own, with a team that has points."""
    with opened(town.copied(tmp_path)) as client:
        assert client.portal is not None
        client.portal.call(teamed.lay, client.app.state.book)  # type: ignore[attr-defined]
        yield client


def test_two_of_the_roster_spend_what_the_team_has(site: TestClient) -> None:
    """From the one field of the counter by the team's number to a receipt that names the team, and to its page."""
    zhang = visit(site, ZHANG).go("/counter").send(who="t-0001")
    assert "给清洁队选物品" in zhang.words
    assert "队里可以用的积分 20 分" in zhang.words
    zhang.send(**{"item-1": "2"})
    assert "原有 20 分 要扣 −6 分 剩余 14 分" in zhang.words
    zhang.send(leader_secret=WANG.secret, second=ZHAO.number, second_secret="111111")
    assert "还可以试 4 次" in zhang.words
    zhang.send(leader_secret=WANG.secret, second=ZHAO.number, second_secret=ZHAO.secret)
    assert "/redemptions/" in zhang.path
    assert "用队里的积分换 清洁队 6 分" in zhang.words
    assert "积分 18 分" not in zhang.words
    zhang.go("/teams/T-0001")
    assert "可以用的积分 14 分" in zhang.words
    assert "兑换 −6 分" in zhang.words


def test_what_does_not_go_on_is_said_and_nothing_moves(site: TestClient) -> None:
    """Too much, a second who is not on the roster, an order opened where one PIN would do."""
    zhang = visit(site, ZHANG).go("/counter/1/teams/T-0001").send(**{"item-1": "9"})
    assert "还差 7 分" in zhang.words
    zhang.send(**{"item-1": "1"})
    check = zhang.path
    zhang.send(leader_secret=WANG.secret, second=WANG.number, second_secret=WANG.secret)
    assert "要清洁队名册上另一位队员一起同意" in zhang.words
    ordinary = zhang.go(check.replace("team-orders", "orders")).send(secret=WANG.secret)
    assert "没有换成" in ordinary.send().words
    assert "可以用的积分 20 分" in zhang.go("/teams/T-0001").words
    assert zhang.go("/counter/1/teams/T-0009").answer.status_code == 404
    assert "没有志愿队或调解室 T-0009" in zhang.go("/counter/1").send(who="T-0009").words
