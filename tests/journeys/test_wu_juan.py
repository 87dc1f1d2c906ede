"""吴娟's week: goods come in from a note, a count is blind, what differs is explained, and 郑义 approves it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import xlsxwriter
from playwright.sync_api import Browser, expect

from points.district import open_district
from points.market import shops
from points.sample.town import COMMUNITY, STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving
from tests.journeys import signing_in
from tests.journeys.looking import usable
from web.settings import Settings

pytestmark = BROWSER
WU, ZHENG = STAFF[6], STAFF[10]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town of her own."""
    return town.copied(tmp_path_factory.mktemp("wu"))


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[str]:
    """Its site."""
    with serving(town.site(settings)) as url:
        yield url


def note() -> bytes:
    """What the supplier sent: three items, one of them twice."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((["送货单"], ["品名", "数量"], ["食盐", 20], ["香皂", 6], ["食盐", 4])):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def left(settings: Settings, item: int) -> int:
    """How many stand on the shelf."""
    found: list[int] = []

    async def read() -> None:
        async with open_district(settings.book) as book:
            found.append((await shops.stock(book, await shops.find(book, 1))).get(item, 0))

    elsewhere(read)
    return found[0]


@pytest.mark.parametrize("width", [360])
def test_from_the_note_to_the_month(chromium: Browser, live: str, width: int, settings: Settings) -> None:
    """Read, compared, entered; counted without the book's numbers; two soaps are missing; the month shows it all."""
    soap, salt = left(settings, 1), left(settings, 2)
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, WU)
        page.goto("/desk")
        page.get_by_role("link", name="库存").first.click()
        usable(page)
        page.get_by_role("link", name=re.compile("1 号")).click()
        usable(page)
        page.get_by_role("link", name="进货").last.click()
        page.get_by_text("从表格读").click()
        page.set_input_files("#file", [_file(note())])
        page.get_by_role("button", name="读进来看").click()
        expect(page.locator("#item-2")).to_have_value("24")
        usable(page)
        page.get_by_label("供货或捐赠的单位").fill("坪山超市")
        page.get_by_role("button", name="入库").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("进货单")
        usable(page)
        assert (left(settings, 1), left(settings, 2)) == (soap + 6, salt + 24)
        page.goto("/stock/1/counts")
        page.get_by_role("button", name="开一张盘点表").click()
        expect(page.get_by_label("食盐")).to_be_visible()
        usable(page)
        assert str(salt + 24) not in page.locator("form.form").inner_text()
        page.get_by_label("香皂").fill(str(soap + 4))
        page.get_by_label("食盐").fill(str(salt + 24))
        page.get_by_role("button", name="数完了，记下").click()
        expect(page.get_by_text("有差异，要说明")).to_be_visible()
        usable(page)
        page.get_by_label(re.compile("香皂差")).select_option("stolen")
        page.get_by_role("button", name="提交给另一个人批").click()
        expect(page.get_by_text("要另一人审批")).to_be_visible()
        usable(page)
        request = page.url
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, ZHENG)
        page.goto(request)
        usable(page)
        page.get_by_role("button", name="批准", exact=True).click()
        expect(page.get_by_text("已批准")).to_be_visible()
        assert left(settings, 1) == soap + 4
        page.goto("/reconciliation")
        page.locator(f"a[href^='/reconciliation/{COMMUNITY}/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("对账")
        expect(page.get_by_text("换出去的")).to_be_visible()
        usable(page)


def _file(content: bytes) -> Any:
    return {"name": "送货单 12.xlsx", "mimeType": "application/octet-stream", "buffer": content}
