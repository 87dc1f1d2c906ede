"""陈国强 writes the next rule book, rehearses it and asks; 郑义 publishes what both saw; on a phone and at a desk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, faults, opened, serving, there
from tests.journeys import signing_in
from tests.web import ruling

pytestmark = BROWSER
ADMIN, SECOND = STAFF[0], STAFF[10]
DONE = 200_000


@pytest.fixture
def live(tmp_path: Path) -> Iterator[str]:
    """The sample town after a meeting on the rules, open to browsers."""
    settings = town.copied(tmp_path)
    elsewhere(ruling.held, settings)
    with serving(town.site(settings)) as url:
        yield url


def usable(page: Page, name: str) -> None:
    """Nothing on the page is in anybody's way."""
    assert faults(page) == []
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}-{page.viewport_size['width']}.png"), full_page=True)


def tomorrow(page: Page, days: int) -> str:
    """A day to come, by the calendar of the page."""
    return str(
        page.evaluate(
            "days => new Date(Date.now() + 8 * 3600e3 + days * 864e5).toISOString().slice(0, 10)", days
        )
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_figure_to_a_published_version(chromium: Browser, live: str, width: int) -> None:
    """A slip is told and nothing is lost; the difference is read; the rehearsal outlives a reload; two people."""
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        signing_in.staff(page, ADMIN)
        page.goto("/rule-books")
        usable(page, "1-books")
        page.get_by_role("link", name="起草下一版").click()
        page.locator("[id='rules.report.points']").fill("三分")
        page.locator("[id='in_force_from']").fill(tomorrow(page, 1))
        usable(page, "2-draft")
        page.get_by_role("button", name="保存草稿").click()
        expect(page.locator("#errors")).to_contain_text("要填整数")
        expect(page.locator("[id='rules.report.points']")).to_have_value("三分")
        usable(page, "3-slip")
        page.locator("[id='rules.report.points']").fill("3")
        page.get_by_role("button", name="保存草稿").click()
        page.wait_for_url("**/draft/difference")
        expect(page.locator("main")).to_contain_text("2 → 3")
        usable(page, "4-difference")
        page.get_by_role("link", name="试算一遍").click()
        page.locator("#first").fill(tomorrow(page, -300))
        page.locator("#last").fill(tomorrow(page, 0))
        usable(page, "5-rehearsals")
        page.get_by_role("button", name="开始试算").click()
        page.wait_for_url("**/rehearsals/*")
        page.reload()
        page.wait_for_selector("[data-state=done]", timeout=DONE)
        page.reload()
        expect(page.locator("main")).to_contain_text("按草稿要花")
        there(page)
        for summary in page.locator("main details > summary").all():
            summary.click()
        usable(page, "6-rehearsal")
        page.goto("/rule-books/draft/publication")
        page.locator("#meeting").select_option(index=1)
        usable(page, "7-ask")
        page.get_by_role("button", name="申请发布").click()
        page.wait_for_url("**/rule-books/requests/*")
        expect(page.locator("main")).to_contain_text("自己申请的")
        usable(page, "8-asked")
        request = page.url
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, SECOND)
        page.goto("/rule-books")
        page.locator("main .entry-row").first.click()
        expect(page).to_have_url(request)
        usable(page, "9-second")
        page.get_by_role("button", name="发布第 2 版").click()
        expect(page.locator("main")).to_contain_text("已发布")
        page.get_by_role("link", name="看第 2 版").click()
        expect(page.locator("main")).to_contain_text("细则议事会")
        expect(page.locator("main")).to_contain_text("将要生效")
        usable(page, "10-version")
