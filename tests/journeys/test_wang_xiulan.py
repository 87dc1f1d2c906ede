"""王秀兰 looks after her points: the balance, where a line came from, the month on paper, and what she can have."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from points.sample.town import RESIDENTS
from tests import town
from tests.browser import BROWSER, faults, opened, serving, there

pytestmark = BROWSER
WANG = RESIDENTS[0]
WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample town, served; she only looks."""
    with serving(town.site(town.copied(tmp_path_factory.mktemp("town")))) as url:
        yield url


def sign_in(page: Page, *, number: str = WANG.number) -> None:
    """From the first page on, with number and PIN."""
    page.goto("/")
    page.get_by_role("link", name="登录，看我的积分").click()
    page.get_by_label("成员号或手机号").fill(number)
    page.get_by_label("6 位密码").fill(WANG.secret)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1, name="王秀兰，您好")).to_be_visible()


def balance(page: Page) -> int:
    """The big number."""
    return int(page.locator(".balance .number").inner_text().replace(",", ""))


@pytest.mark.parametrize("width", WIDTHS)
def test_she_sees_what_she_has_and_where_each_point_came_from(
    chromium: Browser, live: str, width: int
) -> None:
    """Balance without a press; one press to why; from there to the ledger's own entry."""
    with opened(chromium, live, width=width) as page:
        sign_in(page)
        assert balance(page) > 0
        assert faults(page) == []
        for name in ("看每一笔", "可以换什么"):
            box = page.locator("main").get_by_role("link", name=name).first.bounding_box()
            assert box
            assert box["y"] + box["height"] <= 780, "balance and buttons stand on the first screen"
        page.locator("a.entry-row[href^='/awards/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"为什么有这 \d+ 分？"))
        for part in ("标准", "算法", "核实，不是上报人", "公示编号", "用到"):
            expect(page.locator("main")).to_contain_text(part)
        assert faults(page) == []
        page.get_by_role("link", name=re.compile("第 [0-9,]+ 笔，在账")).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_her_month_adds_up_and_can_be_taken_home(chromium: Browser, live: str, width: int) -> None:
    """Opening, in, out and closing; last month, all months and back; and one A4 sheet or two without the buttons."""
    with opened(chromium, live, width=width) as page:
        sign_in(page)
        has = balance(page)
        page.get_by_role("link", name="看每一笔").first.click()
        expect(page.locator(".sum")).to_be_visible()
        there(page)
        figures = page.locator(".sum dd").all_inner_texts()
        opening, came_in, went_out, closing = (
            int(re.sub(r"[,\s分+]", "", figure).replace("−", "-")) for figure in figures
        )
        assert opening + came_in + went_out == closing == has
        assert faults(page) == []
        sheet = re.search(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", page.pdf(format="A4"))
        assert sheet
        assert [float(side) for side in sheet.groups()] == pytest.approx([595, 842], abs=2)
        page.emulate_media(media="print")
        for name in ("打印", "退出", "大字"):
            expect(page.get_by_role("button", name=name)).to_be_hidden()
        expect(page.get_by_text(WANG.number)).to_be_visible()
        page.emulate_media(media="screen")
        with page.expect_navigation():
            page.get_by_role("link", name="上月").click()
        expect(page.locator(".sum")).to_be_visible()
        assert faults(page) == []
        with page.expect_navigation():
            page.get_by_role("link", name="全部").first.click()
        assert faults(page) == []
        with page.expect_navigation():
            page.locator("a.entry-row").first.click()
        expect(page.locator(".sum")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_being_checked_shows_how_far_it_is(chromium: Browser, live: str, width: int) -> None:
    """From the sentence under the balance to the list, and from the list to each step."""
    with opened(chromium, live, width=width) as page:
        sign_in(page)
        page.get_by_role("link", name=re.compile("件正在核实")).click()
        page.locator("#checked + ul a").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("这件事走到哪一步了？")
        expect(page.locator(".timeline .to-come")).to_have_count(3)
        assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_she_chooses_what_to_have(chromium: Browser, live: str, width: int) -> None:
    """What is in reach; and from her own page the next one, with what is missing."""
    with opened(chromium, live, width=width) as page:
        page.goto("/catalogue")
        expect(page.locator("main")).to_contain_text("香皂")
        assert faults(page) == []
        sign_in(page)
        page.get_by_role("link", name="看看 ›").click()
        expect(page.locator(":target")).to_contain_text("还差")
        assert faults(page) == []
        page.get_by_role("link", name="现在能换").click()
        expect(page.locator("main li")).not_to_contain_text(["还差"])
        assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_largest_text_fits(chromium: Browser, live: str, width: int) -> None:
    """Every page of hers at text size 4, with no script either."""
    with opened(chromium, live, width=width) as page:
        page.context.add_cookies([{"name": "size", "value": "4", "url": live}])
        sign_in(page)
        award = page.locator("a.entry-row[href^='/awards/']").first.get_attribute("href")
        assert award
        for path in ("/points", "/statement", "/statement/all", "/catalogue?show=all", award):
            page.goto(path)
            assert faults(page) == [], path


def test_in_english_nothing_is_left_in_chinese_but_names(chromium: Browser, live: str) -> None:
    """Her own page and the statement: labels and sentences in English."""
    with opened(chromium, live, width=360, locale="en-GB", java_script_enabled=False) as page:
        page.goto("/signin")
        page.get_by_label("Member number or phone").fill(WANG.number)
        page.locator("#secret").fill(WANG.secret)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("link", name="See every entry")).to_be_visible()
        for path in ("/points", "/statement", "/statement/all", "/catalogue?show=all"):
            page.goto(path)
            labels = page.locator("h2, dt, .button, .tag, .filters a").all_inner_texts()
            assert [text for text in labels if re.search("[\u4e00-\u9fff]", text)] == []
