"""刘洋 reports, 马丽 dispatches, 高峰 answers, 李梅 verifies, 马丽 archives; and on Friday twenty-three sign in."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from points.district import open_district
from points.people import cards
from points.sample.town import RESIDENTS, STAFF, SignIn
from tests import town
from tests.browser import BROWSER, faults, opened, serving, there
from tests.hands import typed
from web.settings import Settings

pytestmark = BROWSER
WIDTHS = (360, 1280)
PEOPLE = {person.name: person for person in (*STAFF, *RESIDENTS)}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A town of the journey's own."""
    return town.copied(tmp_path)


@pytest.fixture
def live(settings: Settings) -> Iterator[str]:
    """It, served."""
    with serving(town.site(settings)) as url:
        yield url


def enter(page: Page, name: str) -> None:
    """Leave, and sign in as staff or as a resident do."""
    person: SignIn = PEOPLE[name]
    page.context.clear_cookies()
    if person.is_staff:
        page.goto("/signin/staff")
        page.get_by_label("工号").fill(person.number)
        page.get_by_label("口令").fill(person.secret)
    else:
        page.goto("/signin")
        page.get_by_label("成员号或手机号").fill(person.number)
        page.get_by_label("6 位密码").fill(person.secret)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/signin" not in url)


def good(page: Page) -> None:
    """Nothing keeps anybody from using the page."""
    assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_goes_from_hand_to_hand(chromium: Browser, live: str, width: int) -> None:
    """From “what did you see” to the archive, each with what is theirs to do, and the resident is asked at the end."""
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        enter(page, "刘洋")
        expect(page.get_by_role("heading", level=1, name="事件")).to_be_visible()
        good(page)
        page.get_by_role("main").get_by_role("link", name="记一件事").first.click()
        good(page)
        page.get_by_role("link", name="上报：看到了什么").click()
        good(page)
        page.get_by_role("button", name="上报").click()
        expect(page.get_by_role("alert")).to_contain_text("请填写看到了什么。")
        good(page)
        page.get_by_label("看到了什么").fill("楼道堆放杂物")
        page.get_by_label("消防隐患").check()
        page.get_by_label("谁发现的").fill("V-000001")
        page.get_by_label("经过").fill("二楼转角堆了纸箱")
        page.get_by_role("button", name="上报").click()
        expect(page.get_by_role("heading", level=1, name="记好了")).to_be_visible()
        number = page.locator(".receipt").inner_text()
        assert number.startswith("E-")
        good(page)
        page.get_by_role("link", name="看这件事").click()
        expect(page.get_by_role("main")).to_contain_text("等受理派遣")
        place = page.url
        expect(page.get_by_role("link", name="受理派遣")).to_have_count(0)
        good(page)

        enter(page, "马丽")
        page.get_by_role("link", name="楼道堆放杂物").first.click()
        page.get_by_role("link", name="受理派遣").click()
        good(page)
        page.get_by_label("自办自结").check()
        page.get_by_label("谁来办").fill("S-0010")
        page.get_by_role("button", name="派出去").click()
        expect(page.get_by_role("main")).to_contain_text("正在处置")
        good(page)

        enter(page, "高峰")
        page.goto(place)
        page.get_by_role("link", name="记处置反馈").click()
        good(page)
        page.get_by_label("说明").fill("已经清走")
        page.get_by_role("button", name="记处置反馈").click()
        expect(page.get_by_role("main")).to_contain_text("已经清走")
        expect(page.get_by_role("main")).to_contain_text("按时")

        there(page)
        verifier = "李梅" if "李梅" in page.get_by_role("main").inner_text() else "何伟"
        enter(page, verifier)
        page.goto(place)
        page.get_by_role("link", name="去核实").click()
        page.get_by_role("button", name="全部通过").click()
        expect(page.get_by_role("heading", level=1, name="核实好了")).to_be_visible()

        enter(page, "马丽")
        page.goto(place)
        page.get_by_role("link", name="归档", exact=True).click()
        page.get_by_role("button", name="归档").click()
        expect(page.get_by_role("main")).to_contain_text("已归档")
        good(page)

        enter(page, "王秀兰")
        page.goto("/statement")
        page.get_by_role("link", name="楼道堆放杂物").first.click()
        page.get_by_label("满意", exact=True).check()
        page.get_by_role("button", name="交给社区").click()
        expect(page.get_by_role("main")).to_contain_text("满意（4 星）")
        good(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_false_report_is_said_to_be_false(chromium: Browser, live: str, width: int) -> None:
    """It leaves the queue, and whoever reported reads it."""
    with opened(chromium, live, width=width) as page:
        enter(page, "李梅")
        page.locator("a.entry-row").first.click()
        expect(page).to_have_url(re.compile("/verification$"))
        place = page.url.removesuffix("/verification")
        page.goto(place)
        page.get_by_role("link", name="查明不实").click()
        good(page)
        page.get_by_label("说明").fill("到现场看过，没有")
        page.get_by_role("button", name="查明不实").click()
        expect(page.get_by_role("main")).to_contain_text("不再核实，也不给积分")
        good(page)
        page.goto("/verifications")
        assert page.locator(f'a[href*="{place.rsplit("/", 1)[1]}"]').count() == 0


def _cards(settings: Settings, many: int) -> list[str]:
    """Fresh cards of so many residents."""

    async def issue() -> list[str]:
        async with open_district(settings.book) as book:
            rows = await book.reader.execute_query_dict(
                "SELECT number FROM people_member WHERE number LIKE 'V-%' ORDER BY number LIMIT ?", [many]
            )
            issued = [await cards.issue(book, row["number"], by="S-0001", on=book.today()) for row in rows]
            return [card.number for card in issued]

    return asyncio.run(issue())


def yesterday() -> str:
    """The day before today, where the town is."""
    return str(datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=1))


@pytest.mark.parametrize(("width", "script"), [(360, True), (1280, True), (360, False)])
def test_twenty_three_sign_in_by_card(
    chromium: Browser, settings: Settings, tmp_path: Path, width: int, script: bool
) -> None:
    """One card after the other by keyboard alone: the field keeps the focus, and one scanned twice counts once."""
    with ThreadPoolExecutor(1) as thread:  # Playwright leaves a loop running in this one
        scans = thread.submit(_cards, settings, 23).result()
    with (
        serving(town.site(settings)) as live,
        opened(chromium, live, width=width, java_script_enabled=script) as page,
    ):
        enter(page, "刘洋")
        page.goto("/week")
        if script:
            good(page)
        page.get_by_role("link", name="安排志愿日").click()
        page.get_by_label("包保单位志愿日").check()
        page.get_by_label("叫什么").fill("清理楼道")
        page.get_by_label("哪一天").fill(yesterday())  # whatever day of the week and hour it is
        if script:
            good(page)
        page.get_by_role("button", name="接着签到").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("签到：清理楼道")
        if script:
            good(page)
        for n, number in enumerate([*scans, scans[-1]], 1):
            expect(page.get_by_label("扫卡")).to_be_focused()
            typed(page, number + "\n")
            expect(page.locator(".big .number")).to_have_text(str(min(n, 23)))
        expect(page.get_by_role("main")).to_contain_text("早就签过了")
        if script:
            good(page)
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as book:
        (many,) = book.execute(
            "SELECT count(*) FROM events_contribution AS c JOIN events_gathering AS g ON g.event = c.event"
        ).fetchone()
    assert many == 23


@pytest.mark.parametrize("width", WIDTHS)
def test_units_campaigns_and_places_are_arranged(chromium: Browser, live: str, width: int) -> None:
    """A unit to whistle for, a campaign, and a place for an event that had none."""
    with opened(chromium, live, width=width) as page:
        enter(page, "陈国强")
        page.goto("/units")
        good(page)
        page.get_by_label("单位名字").fill("消防大队")
        page.get_by_label("单位代码").fill("xiaofang")
        page.get_by_label("包保单位").check()
        page.get_by_label("管哪一片").fill("坪山街道")
        page.get_by_role("button", name="加单位").click()
        expect(page.get_by_role("list", name="单位")).to_contain_text("消防大队")
        good(page)
        page.goto("/campaigns")
        good(page)
        page.get_by_label("行动的名字").fill("清楼道行动")
        page.get_by_label("在哪一片").fill("坪山街道")
        page.get_by_label("到哪一天").fill("2030-01-01")
        page.get_by_role("button", name="发起").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("清楼道行动")
        good(page)
        page.goto("/events?unplaced=1")
        good(page)
        page.locator("a.entry-row").first.click()
        page.get_by_role("link", name="定社区").click()
        good(page)
        page.get_by_label("在哪个社区或网格").fill("六和")
        page.get_by_role("button", name="改好").click()
        expect(page.get_by_role("main")).to_contain_text("六和社区")
        good(page)
