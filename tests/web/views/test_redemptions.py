"""Redemptions: agreed by PIN, checked once more, done once; and a receipt that says the same whenever it is asked."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from points.market import baskets, counter, deliveries, items, shops
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.points.market.counting import statements_during
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ZHANG, ZHOU = STAFF[3], STAFF[4]
WANG, ZHAO = RESIDENTS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A town of one's own."""
    return town.copied(tmp_path)


@pytest.fixture
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def zhang(site: TestClient) -> Visit:
    """张强 has found 王秀兰 and chosen a piece of soap and a towel: 8 points."""
    found = visit(site, ZHANG).go("/counter").send(who=WANG.number)
    return found.send(**{"item-1": "1", "item-3": "1"})


def spent(settings: Settings) -> list[int]:
    """The points of every redemption in the book."""
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        return [
            row[0] for row in connection.execute("SELECT points FROM market_redemption ORDER BY redeemed_at")
        ]


def test_the_whole_way(zhang: Visit, settings: Settings) -> None:
    """PIN, before − cost → after, receipt; the points have moved once."""
    assert "请本人输密码" in zhang.words
    assert "香皂 ×1、毛巾 ×1" in zhang.words
    zhang.send(secret=WANG.secret)
    assert "原有 35 分 要扣 −8 分 剩余 27 分" in zhang.words
    zhang.send()
    assert re.fullmatch("/counter/1/redemptions/[0-9]+", zhang.path)
    for part in ("已兑换", "原有 35 分", "扣了 −8 分", "剩余 27 分", "经办人 张强", "王*兰"):
        assert part in zhang.words
    assert f"http://localhost/ledger/{zhang.path.rsplit('/', 1)[1]}" not in zhang.words
    assert '<svg role="img" aria-label="查这一笔的二维码"' in zhang.page
    assert spent(settings) == [3, 8]
    assert "2 笔，共 11 分" in zhang.go("/counter/1").words


def test_a_wrong_pin_is_counted_said_and_never_written_back(zhang: Visit, settings: Settings) -> None:
    """Five wrong ones lock it, the right one included."""
    for left in (4, 3, 2, 1):
        zhang.send(secret="258037")
        assert (
            zhang.answer.status_code,
            f"密码不对，还可以试 {left} 次。忘了？到窗口重设" in zhang.words,
        ) == (422, True)
    assert "请等 15 分钟再试" in zhang.send(secret="258037").words
    assert "258037" not in zhang.page
    zhang.send(secret=WANG.secret)
    assert zhang.answer.status_code == 429
    assert "试错太多，还要等 15 分钟" in zhang.words
    assert WANG.secret not in zhang.page
    assert spent(settings) == [3]


def test_somebody_elses_pin_is_wrong(zhang: Visit) -> None:
    """赵敏 cannot agree for 王秀兰."""
    assert "密码不对" in zhang.send(secret=ZHAO.secret).words


def test_no_pin_is_logged(zhang: Visit, caplog: pytest.LogCaptureFixture) -> None:
    """At no level, right or wrong."""
    with caplog.at_level(logging.DEBUG):
        zhang.send(secret="258037").send(secret=WANG.secret).send()
    assert caplog.records
    assert "258037" not in caplog.text
    assert WANG.secret not in caplog.text


def test_without_the_pin_nothing_is_confirmed(zhang: Visit, settings: Settings) -> None:
    """Straight to the last address, with a good form token: it leads back to the PIN."""
    where, hidden = zhang.form(zhang.path)
    answer = zhang.client.post(where + "/redemption", data=hidden, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, where)
    assert spent(settings) == [3]


def test_confirming_again_shows_the_same_receipt(zhang: Visit, settings: Settings) -> None:
    """Ten presses, one effect; each later answer says that nothing was taken twice."""
    zhang.send(secret=WANG.secret)
    where, hidden = zhang.form(zhang.path)
    answers = [zhang.client.post(where, data=hidden, follow_redirects=True) for _ in range(10)]
    assert {answer.url.path for answer in answers} == {answers[0].url.path}
    assert ["没有重复扣" in answer.text for answer in answers] == [False, *[True] * 9]
    assert spent(settings) == [3, 8]


def test_what_ran_out_meanwhile_is_said_and_nothing_is_taken(
    zhang: Visit, site: TestClient, settings: Settings
) -> None:
    """Between the check page and the press somebody took the last salt; another choice is one press away."""

    async def one_salt_comes() -> None:
        book: Any = site.app.state.book  # type: ignore[attr-defined]
        shop = await shops.find(book, 1)
        await deliveries.receive(
            book, shop, {2: 1}, document="1", by=STAFF[6].number, on=book.today(), key="salt"
        )

    async def others_come() -> None:
        book: Any = site.app.state.book  # type: ignore[attr-defined]
        shop, every = await shops.find(book, 1), await items.all_items(book)
        basket = baskets.parse(["食盐"], every)
        await counter.redeem(
            book, shop, "V-000005", basket, by=ZHANG.number, key="n", on=book.today(), found_by="number"
        )

    assert site.portal is not None
    site.portal.call(one_salt_comes)
    zhang.go("/counter").send(who=WANG.number).send(**{"item-2": "1"}).send(secret=WANG.secret)
    site.portal.call(others_come)
    zhang.send()
    assert zhang.answer.status_code == 422
    assert "没有换成，积分没有扣。食盐刚被换完了。" in zhang.words
    change = re.findall(r'<a class="button primary" href="([^"]+)">选别的', zhang.page)[0]
    row = next(part for part in zhang.go(change).page.split('<div class="quantity') if "食盐" in part)
    assert "换完了" in row


def test_a_receipt_of_another_shop_or_of_something_else_is_not_there(zhang: Visit) -> None:
    """Position 1 founded the ledger; it is no redemption."""
    for position in ("1", "99999999", "99999999999999999999999"):
        assert zhang.go(f"/counter/1/redemptions/{position}").answer.status_code == 404


def test_an_order_cannot_be_finished_by_somebody_else(zhang: Visit, site: TestClient) -> None:
    """Whoever has the address but is not its counter sees nothing."""
    zhang.send(secret=WANG.secret)
    assert visit(site, ZHOU).go(zhang.path).answer.status_code == 404


def test_in_english(zhang: Visit) -> None:
    """Items too have their English names."""
    zhang.client.cookies.set("language", "en")
    assert "soap" in zhang.go(zhang.path).words.lower()
    assert "Confirm: take 8 points" in zhang.send(secret=WANG.secret).words
    assert "Redeemed" in zhang.send().words


def test_every_redemption_of_a_day_is_on_its_list(zhang: Visit) -> None:
    """From the counter: what was handed over, the latest first; on another day nobody came; no day is today."""
    zhang.send(secret=WANG.secret)
    zhang.send()
    done = zhang.go("/counter/1/redemptions").words
    assert "香皂、毛巾 −8 分" in done
    assert "王*兰" in done
    assert 'href="/counter/1/redemptions?day=' in zhang.page
    assert "这一天没有人来换" in zhang.go("/counter/1/redemptions?day=2001-02-03").words
    for typed in ("gestern", "9999-12-31"):
        assert "香皂、毛巾 −8 分" in zhang.go(f"/counter/1/redemptions?day={typed}").words


def test_the_last_press_reads_each_thing_once(zhang: Visit, site: TestClient) -> None:
    """Two statements to know who asks, five for the shop, ten for the order, one for who lives with others."""
    zhang.send(secret=WANG.secret)
    where, fields = zhang.form(zhang.path)
    book: Any = site.app.state.book  # type: ignore[attr-defined]
    assert site.portal is not None
    with site.portal.wrap_async_context_manager(statements_during(book)) as seen:
        answer = zhang.client.post(where, data=fields)
    assert answer.status_code == 303
    assert "/redemptions/" in answer.headers["location"]
    assert len([statement for statement in seen if "web_job" not in statement]) <= 18, seen
