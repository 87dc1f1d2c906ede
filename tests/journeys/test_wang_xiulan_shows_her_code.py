"""王秀兰 shows her code on her telephone: one press, a QR that scans, digits to read aloud, and ten minutes more."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from points.people import scans
from points.sample.town import RESIDENTS
from tests import town
from tests.browser import BROWSER, faults, opened, serving

pytestmark = BROWSER
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample town, served."""
    with serving(town.site(town.copied(tmp_path_factory.mktemp("town")))) as url:
        yield url


def show_code(page: Page) -> str:
    """Signed in, one press from her own page; the digits."""
    page.goto("/signin")
    page.get_by_label("成员号或手机号").fill(WANG.number)
    page.get_by_label("6 位密码").fill(WANG.secret)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.get_by_role("main").get_by_role("button", name="出示码").click()
    expect(page.get_by_role("heading", level=1, name="请给工作人员看")).to_be_visible()
    return page.locator(".code-digits").inner_text().strip()


def scanned(page: Page) -> str:
    """What a scanner reads off the glass."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot(full_page=True))))
    return str(found.text)


def test_one_press_and_the_scanner_reads_it(chromium: Browser, live: str) -> None:
    """On a small telephone the QR takes 60 % of the width and more, and all that matters is on the first screen."""
    with opened(chromium, live, width=360) as page:
        digits = show_code(page)
        assert re.fullmatch(r"\d{4} \d{4}", digits)
        assert re.fullmatch(r"JF1:[A-Z2-7]{10}", scanned(page))
        assert scans.read(scanned(page)) == scanned(page).removeprefix("JF1:")
        box = page.locator(".qr").bounding_box()
        assert box
        assert box["width"] >= 0.6 * 360
        last = page.get_by_role("button", name="再延长 10 分钟").bounding_box()
        assert last
        assert last["y"] + last["height"] <= 780
        size = page.locator(".code-digits").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert size >= 40
        expect(page.locator(".code-until")).to_have_text(re.compile(r"可用到 \d\d:\d\d，还有 (9|10) 分钟"))
        assert faults(page) == []
        with page.expect_navigation():
            page.get_by_role("button", name="再延长 10 分钟").click()
        expect(page.locator(".code-digits")).to_have_text(digits)
        page.get_by_role("button", name="关闭").click()
        expect(page.get_by_role("heading", level=1, name="王秀兰，您好")).to_be_visible()


def test_in_the_largest_letters_without_script(chromium: Browser, live: str) -> None:
    """30 px text on a small telephone, no JavaScript: nothing runs over the edge, and until when is said."""
    with opened(chromium, live, width=360, java_script_enabled=False) as page:
        page.context.add_cookies([{"name": "size", "value": "4", "url": live}])
        show_code(page)
        expect(page.locator(".code-until")).to_have_text(re.compile(r"^可用到 \d\d:\d\d$"))
        assert re.fullmatch(r"JF1:[A-Z2-7]{10}", scanned(page))
