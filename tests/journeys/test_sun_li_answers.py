"""赵敏 reads the public notice and objects to a line; 孙丽, who publishes, answers; 王秀兰 reads what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.browser import BROWSER, opened, serving
from tests.journeys import signing_in
from tests.journeys.looking import usable
from web.settings import Settings

pytestmark = BROWSER
WIDTHS = (360, 1280)
_LINE = """
SELECT n.number, l.code FROM openness_notice AS n JOIN openness_notice_line AS l ON l.notice = n.id
WHERE l.member = 'V-000001' ORDER BY n.closes_on DESC, l.award LIMIT 1"""


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
    """Leave, and sign in."""
    page.context.clear_cookies()
    person = next(each for each in (*STAFF, *RESIDENTS) if each.name.startswith(name))
    enters = signing_in.staff if person.is_staff else signing_in.resident
    enters(page, person)


def line(settings: Settings) -> tuple[str, str]:
    """The notice and code of a line of 王秀兰's that hangs."""
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as book:
        number, code = book.execute(_LINE).fetchone()
    return number, code


def objects(page: Page, number: str, code: str) -> str:
    """赵敏 finds the line on the list and objects; the number she is told."""
    page.get_by_role("link", name="公示", exact=True).first.click()
    expect(page.get_by_role("heading", level=1, name="公示")).to_be_visible()
    usable(page)
    page.goto(f"/notices/{number}")
    usable(page)
    page.get_by_role("link", name=code).click()
    expect(page.get_by_role("heading", level=1, name="提异议")).to_be_visible()
    usable(page)
    page.get_by_label("其他").check()
    page.get_by_role("button", name="提异议").click()
    expect(page.get_by_role("alert")).to_contain_text("要写几句")
    page.get_by_label("没有这回事").check()
    page.get_by_label("您知道的情况").fill("那天大扫除没有看到人")
    page.get_by_role("button", name="提异议").click()
    expect(page.get_by_role("heading", level=1, name="异议收到了")).to_be_visible()
    usable(page)
    return page.locator(".receipt").inner_text()


def answers(page: Page, number: str) -> None:
    """孙丽 finds it in her queue and says that it is not so."""
    page.get_by_role("link", name="要办的事").click()
    expect(page.get_by_role("heading", level=1, name="要办的事")).to_be_visible()
    usable(page)
    page.get_by_role("link", name="异议 1 件在等").click()
    expect(page.get_by_role("heading", level=1, name="等答复的异议")).to_be_visible()
    usable(page)
    page.get_by_role("link", name=number).click()
    expect(page.get_by_text("那天大扫除没有看到人")).to_be_visible()
    usable(page)
    page.get_by_label("异议不成立").check()
    page.get_by_label("为什么").fill("签到表第 7 行有本人签名")
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_text("签到表第 7 行有本人签名")).to_be_visible()
    usable(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_objection_is_made_read_and_answered(
    chromium: Browser, live: str, settings: Settings, width: int
) -> None:
    """Each with what is theirs to do; the member reads that there is one, and never by whom."""
    notice, code = line(settings)
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        enter(page, "赵敏")
        number = objects(page, notice, code)
        enter(page, "王秀兰")
        expect(page.get_by_text("有异议，冻结中")).to_be_visible()
        page.goto("/statement")
        page.get_by_role("link", name="有异议，冻结中").click()
        expect(page.get_by_text("有人提了异议")).to_be_visible()
        expect(page.get_by_text("赵敏")).to_have_count(0)
        usable(page)
        enter(page, "孙丽")
        answers(page, number)
        enter(page, "赵敏")
        page.goto(f"/objections/{number}")
        expect(page.get_by_text("签到表第 7 行有本人签名")).to_be_visible()
        usable(page)
