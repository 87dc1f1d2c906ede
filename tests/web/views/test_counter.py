"""The counter: finding somebody in four ways, choosing what can be had, and being told plainly what cannot."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from points.keys import new_key
from points.market import shop_acts, shops
from points.market.opening_hours import Spans
from points.people import households
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.web.visits import Visit, opened, visit
from web.settings import Settings

ADMIN, PUBLISHER, LI, ZHANG, ZHOU = STAFF[0], STAFF[1], STAFF[2], STAFF[3], STAFF[4]
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """One town for the tests that change nothing of each other's."""
    return town.copied(tmp_path_factory.mktemp("counter"))


@pytest.fixture(scope="module")
def site(settings: Settings) -> Iterator[TestClient]:
    """Its site."""
    with opened(settings) as client:
        yield client


@pytest.fixture
def zhang(site: TestClient) -> Visit:
    """张强 at his counter."""
    return visit(site, ZHANG).go("/counter")


def card_of(settings: Settings, member: str) -> str:
    """The 8 digits on a member's card."""
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        row = connection.execute("SELECT number FROM people_card WHERE member = ?", [member]).fetchone()
    return str(row[0])


def test_the_one_shop_of_his_area_opens_at_once(zhang: Visit) -> None:
    """Nothing to choose where there is one."""
    assert zhang.path == "/counter/1"
    assert "六和社区道德积分超市" in zhang.words


def test_a_card_finds_its_owner(zhang: Visit, settings: Settings) -> None:
    """In two groups of four, as it is read aloud; the name is masked, the points are there."""
    number = card_of(settings, WANG.number)
    zhang.send(who=f"{number[:4]} {number[4:]}")
    assert "给王*兰选物品" in zhang.words
    assert "王秀兰" not in zhang.page
    assert "人工查找" not in zhang.words


@pytest.mark.parametrize("who", ["V-000001", "v1", "10000900001"])
def test_numbers_and_phones_find_too(zhang: Visit, who: str) -> None:
    """As people spell them."""
    assert "给王*兰选物品" in zhang.send(who=who).words


def test_tail_surname_and_birthday_find_and_are_marked(zhang: Visit) -> None:
    """人工查找, which is counted; and what was said is in no address."""
    zhang.send(who="0001 王 03-12")
    assert "人工查找" in zhang.words
    assert "0312" not in zhang.answer.url.path
    assert "03-12" not in str(zhang.answer.url)


def test_only_the_tail_is_not_enough(zhang: Visit) -> None:
    """What else to ask for is said, and what was typed is kept."""
    zhang.send(who="0001")
    assert zhang.answer.status_code == 422
    assert "还要姓氏和生日" in zhang.words
    assert 'value="0001"' in zhang.page


def test_a_number_nobody_has_says_what_to_do(zhang: Visit) -> None:
    """And keeps it."""
    zhang.send(who="V-999999")
    assert "没有找到。请再看一下号码" in zhang.words
    assert 'value="V-999999"' in zhang.page


def test_what_cannot_be_had_is_greyed_with_its_reason(zhang: Visit) -> None:
    """王秀兰 has 35 points: the thermos for 45 is 10 beyond."""
    zhang.send(who=WANG.number)
    row = next(part for part in zhang.page.split('<div class="quantity') if "保温杯" in part)
    assert "还差 10 分" in row
    assert re.search(r'<input id="item-13"[^>]* disabled>', row)


def test_nothing_chosen_or_too_much_is_told_and_kept(zhang: Visit) -> None:
    """The quantities stand as they were typed, and so does the key of the page."""
    zhang.send(who=WANG.number)
    assert "还没有选物品" in zhang.send().words
    zhang.send(**{"item-1": "12", "item-3": "1"})
    assert zhang.answer.status_code == 422
    assert "换不了，积分没有扣。还差 6 分。" in zhang.words
    assert re.search(r'id="item-1"[^>]* value="12"', zhang.page)
    assert "数量要填整数" in zhang.send(**{"item-1": "一"}).words
    assert "的数量要是 1 到 99 的整数" in zhang.send(**{"item-1": "100"}).words


def test_the_key_of_a_page_that_is_shown_again_stays(zhang: Visit) -> None:
    """What is corrected is still the same wish."""
    zhang.send(who=WANG.number)
    _, drawn = zhang.form(zhang.path)
    zhang.send(**{"item-1": "99"})
    assert zhang.form(zhang.path)[1]["key"] == drawn["key"]


def test_a_page_of_the_day_before_yesterday_is_drawn_anew(zhang: Visit) -> None:
    """A key belongs to its day, and a retry may come after midnight, but not days later or from tomorrow."""
    zhang.send(who=WANG.number)
    today = date.fromisoformat(zhang.form(zhang.path)[1]["on"])
    for days, taken in ((-1, True), (-2, False), (1, False)):
        zhang.go(zhang.path)
        zhang.send(on=(today + timedelta(days=days)).isoformat(), **{"item-1": "1"})
        assert ("请本人输密码" in zhang.words) is taken
        assert ("这一页的编号不对" in zhang.words) is not taken
        zhang.go("/counter").send(who=WANG.number)


def test_he_cannot_serve_himself(zhang: Visit) -> None:
    """Told before anything is chosen."""
    zhang.send(who=ZHANG.number)
    assert "不能给自己兑换，请另一位工作人员来办。" in zhang.words
    assert "下一步：输密码" not in zhang.words


@pytest.mark.parametrize("person", [ADMIN, PUBLISHER, LI, ZHOU, WANG])
def test_nobody_else_finds_the_counter(site: TestClient, person: object) -> None:
    """For everyone without the role it is as if it were not there."""
    other = visit(site, person)  # type: ignore[arg-type]
    assert other.go("/counter").answer.status_code == 404
    assert other.go("/counter/1").answer.status_code == 404


def test_an_order_of_somebody_else_is_not_there(zhang: Visit) -> None:
    """A seal that is not ours, or not whole, opens nothing; nor does a shop that is not his."""
    zhang.send(who=WANG.number)
    assert zhang.go(zhang.path[:-1] + "~").answer.status_code == 404
    assert zhang.go("/counter/2").answer.status_code == 404
    assert zhang.go("/counter/99999999999999999999").answer.status_code == 404


def test_a_household_is_one_side(tmp_path: Path) -> None:
    """His neighbour of the same household is served by somebody else."""
    settings = town.copied(tmp_path)

    with opened(settings) as site:

        async def move_in() -> None:
            book = site.app.state.book  # type: ignore[attr-defined]
            await households.join(book, "HS01", ZHANG.number, on=book.today())

        assert site.portal is not None
        site.portal.call(move_in)
        zhang = visit(site, ZHANG).go("/counter").send(who=WANG.number)
        assert "不能给同住的家人兑换，请另一位工作人员来办。" in zhang.words


def test_outside_its_hours_the_counter_is_told_and_goes_on(tmp_path: Path) -> None:
    """Before the first thing is chosen; and not while it is open."""
    with opened(town.copied(tmp_path)) as site:
        book: Any = site.app.state.book  # type: ignore[attr-defined]

        async def say(spans: Spans) -> None:
            shop, today = await shops.find(book, 1), book.today()
            await shop_acts.set_day(book, shop, today, spans, by=ADMIN.number, on=today, key=new_key())

        assert site.portal is not None
        site.portal.call(say, ())
        zhang = visit(site, ZHANG).go("/counter").send(who=WANG.number)
        assert "现在关着" in zhang.words
        assert "要换也可以，账上照常记。" in zhang.words
        assert "请本人输密码" in zhang.send(**{"item-1": "1"}).words
        site.portal.call(say, (("00:00", "24:00"),))
        assert "现在关着" not in zhang.go("/counter").send(who=WANG.number).words


def test_of_several_shops_one_is_chosen(tmp_path: Path) -> None:
    """And an empty shelf says whose business it is."""
    settings = town.copied(tmp_path)
    with opened(settings) as site:

        async def open_another() -> None:
            book = site.app.state.book  # type: ignore[attr-defined]
            await shops.open_shop(
                book,
                "红心驿站",
                area=STAFF[5].area or "",
                hours="9:00–12:00",
                by=ADMIN.number,
                on=book.today(),
            )

        assert site.portal is not None
        site.portal.call(open_another)
        zhang = visit(site, ZHANG).go("/counter")
        assert "今天在哪个窗口？" in zhang.words
        assert "红心驿站" in zhang.words
        zhang.go("/counter/2").send(who=WANG.number)
        assert "架上还没有东西。请物品管理员先进货。" in zhang.words


def test_two_of_the_same_description_are_told_apart(tmp_path: Path) -> None:
    """Masked, with area and number; choosing one goes on as if they had been found alone."""
    settings = town.copied(tmp_path)
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        connection.execute(
            "UPDATE people_person SET phone_tail='0001', birthday='03-12', name='王桂英' "
            "WHERE member='V-000009'"
        )
        connection.commit()
    with opened(settings) as site:
        zhang = visit(site, ZHANG).go("/counter").send(who="0001 王 03-12")
        assert "有 2 位，请核对后选一位" in zhang.words
        assert "王*兰" in zhang.words
        assert "王*英" in zhang.words
        assert "王秀兰" not in zhang.page
        first = re.findall(r'href="(/counter/1/for/[^"]+)"', zhang.page)[0]
        assert "给王*兰选物品" in zhang.go(first).words
