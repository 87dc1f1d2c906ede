"""Undoing on the pages: alone from the receipt, in part with a new receipt, later as a request that another answers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from points.keys import new_key
from points.market.undoing import rights
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.points.market.counting import statements_during
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ADMIN, LI, ZHANG, ZHOU, APPROVER = STAFF[0], STAFF[2], STAFF[3], STAFF[4], STAFF[10]
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town for this module: each test redeems for itself."""
    return town.copied(tmp_path_factory.mktemp("undoing"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


def redeemed(site: TestClient, **things: str) -> Visit:
    """张强 has handed things over to 王秀兰, and looks at the receipt."""
    found = visit(site, ZHANG).go("/counter").send(who=WANG.number)
    zhang = found.send(**(things or {"item-1": "1"})).send(secret=WANG.secret).send()
    assert re.fullmatch(r"/counter/1/redemptions/\d+", zhang.path), zhang.words
    return zhang


def purse(settings: Settings) -> int:
    """What 王秀兰 can spend, by the book."""
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        sql = """SELECT coalesce(sum(CASE WHEN t.id IS NULL THEN 0 ELSE p.amount END)
            - sum(CASE WHEN s.id IS NULL THEN 0 ELSE p.amount END), 0) FROM ledger_posting AS p
            LEFT JOIN ledger_account AS t ON t.id = p.target AND t.address LIKE 'member/V-000001/until/%'
            LEFT JOIN ledger_account AS s ON s.id = p.source AND s.address LIKE 'member/V-000001/until/%'"""
        return int(connection.execute(sql).fetchone()[0])


def test_from_the_receipt_to_the_slip(site: TestClient, settings: Settings) -> None:
    """Reason, one press: everything is back, the slip has the number with an R, the receipt and the entry say so."""
    before = purse(settings)
    zhang = redeemed(site)
    receipt, number = zhang.path, zhang.path.rpartition("/")[2]
    assert purse(settings) == before - 3
    zhang.go(f"{receipt}/undo").send(reason="wrong_item")
    assert zhang.path == f"{receipt}/undone"
    assert f"已更正 凭证号 {number}R" in zhang.words
    assert "退回 香皂 ×1" in zhang.words
    assert purse(settings) == before
    assert f"已更正 ↔ {number}R" in zhang.go(receipt).words
    assert "更正的是" in zhang.go(f"/ledger/{int(number) + 1}").words
    assert f"已更正 ↔ 凭证 {number}R" in visit(site, WANG).go("/statement").words


def test_a_part_comes_back_and_the_rest_has_its_receipt(site: TestClient, settings: Settings) -> None:
    """One of two: three points are back, and the new receipt can be printed."""
    before = purse(settings)
    zhang = redeemed(site, **{"item-1": "2"})
    zhang.go(f"{zhang.path}/undo").send(reason="broken", **{"back-1": "1"})
    assert "没退的另开了凭证" in zhang.words
    assert purse(settings) == before - 3
    rest = re.search(r'href="(/counter/1/redemptions/\d+)" data-key="r"', zhang.page)
    assert rest
    assert "香皂 ×1" in zhang.go(rest[1]).words


def test_pressed_twice_it_is_done_once(site: TestClient, settings: Settings) -> None:
    """The same page sent again, and a second page: both are told that it was done."""
    before = purse(settings)
    zhang = redeemed(site)
    receipt = zhang.path
    other = visit(site, ZHANG).go(f"{receipt}/undo")
    zhang.go(f"{receipt}/undo").send(reason="wrong_item")
    other.send(reason="broken")
    assert "没有再退一次" in other.words
    assert "原因 拿错" in other.words
    assert purse(settings) == before
    assert "一笔只更正一次" in zhang.go(f"{receipt}/undo").words


WRONG = (
    ({}, "请填写原因"),
    ({"reason": "other"}, "要写一句为什么"),
    ({"reason": "broken", "back-1": "2"}, "退回几件要填"),
    ({"reason": "broken", "back-1": "x"}, "退回几件要填"),
    ({"reason": "broken", "back-1": "0"}, "至少一件"),
)


def test_what_is_wrong_is_said_and_kept(site: TestClient, settings: Settings) -> None:
    """Nothing moves, whatever was forgotten."""
    zhang = redeemed(site)
    receipt, before = zhang.path, purse(settings)
    for sent, said in WRONG:
        zhang.go(f"{receipt}/undo").send(**sent)
        assert zhang.answer.status_code == 422
        assert said in zhang.words
    assert purse(settings) == before


def test_later_another_one_agrees(
    site: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a quarter of an hour it becomes a request: on the approver's desk, seen with its code, agreed to once."""
    before = purse(settings)
    zhang = redeemed(site)
    monkeypatch.setattr(rights, "ALONE_FOR", timedelta(seconds=-1))
    zhang.go(f"{zhang.path}/undo")
    assert "申请更正" in zhang.words
    zhang.send(reason="other", note="颜色不对")
    request = zhang.path
    assert re.fullmatch(r"/undoings/\w{32}", request)
    assert "要另一个人审批" in zhang.words
    assert "颜色不对" in zhang.words
    assert purse(settings) == before - 3
    assert "兑换更正" in visit(site, APPROVER).go("/desk").words
    second = visit(site, APPROVER).go("/undoings")
    assert "其他 · 王*兰" in second.words
    second.go(request).send(decision="approve")
    assert "已经批准" in second.words
    assert purse(settings) == before
    assert visit(site, LI).go(request).answer.status_code == 404
    assert visit(site, ZHOU).go(request).answer.status_code == 200
    assert visit(site, ZHOU).go(f"/undoings/{new_key()}").answer.status_code == 404


def test_a_refusal_moves_nothing(
    site: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And who asked cannot answer."""
    zhang = redeemed(site)
    monkeypatch.setattr(rights, "ALONE_FOR", timedelta(seconds=-1))
    before = purse(settings)
    request = zhang.go(f"{zhang.path}/undo").send(reason="unwanted").path
    assert "decision" not in zhang.page
    admin = visit(site, ADMIN).go(request).send(decision="refuse")
    assert "没有批准" in admin.words
    assert purse(settings) == before


def test_who_serves_reads_the_entries_of_their_own_counter(site: TestClient) -> None:
    """The link on the receipt leads somewhere; what is no redemption of theirs is not there."""
    zhang = redeemed(site)
    number = int(zhang.path.rpartition("/")[2])
    assert zhang.go(f"/ledger/{number}").answer.status_code == 200
    assert zhang.go("/ledger/1").answer.status_code == 404
    assert visit(site, LI).go(f"/ledger/{number}").answer.status_code == 404


def test_the_queue_costs_the_same_however_much_waits(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A constant number of statements."""
    admin, costs = visit(site, ADMIN), []
    for _ in range(2):
        zhang = redeemed(site)
        with monkeypatch.context() as late:
            late.setattr(rights, "ALONE_FOR", timedelta(seconds=-1))
            zhang.go(f"{zhang.path}/undo").send(reason="unwanted")
        costs.append(statements(site, admin, "/undoings"))
    assert costs[0] == costs[1]


def statements(site: TestClient, who: Visit, path: str) -> int:
    """How many statements a page runs; the worker's own looks in between are not the page's."""
    book: Any = site.app.state.book  # type: ignore[attr-defined]
    assert site.portal is not None
    counts = []
    for _ in range(3):
        with site.portal.wrap_async_context_manager(statements_during(book)) as seen:
            assert who.go(path).answer.status_code == 200
        counts.append(len([statement for statement in seen if "web_job" not in statement]))
    return min(counts)
