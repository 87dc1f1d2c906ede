"""孙丽 keeps the funds: she allocates a month, asks to go over, 郑义 approves, and those who waited are paid."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, faults, opened, serving
from tests.hands import pressed
from tests.journeys import signing_in

pytestmark = BROWSER
KEEPER, APPROVER = STAFF[1], STAFF[10]


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_she_goes_over_with_another(chromium: Browser, tmp_path: Path, width: int, script: bool) -> None:
    """By keyboard, at phone and desk size, without JavaScript as well: refused, asked, approved, and on the page."""
    site = town.site(town.copied(tmp_path))
    with (
        serving(site) as url,
        opened(chromium, url, width=width, java_script_enabled=script, forgiven=("422",)) as page,
    ):
        signing_in.staff(page, KEEPER)
        page.goto("/funds")
        assert faults(page) == [] if script else True
        page.fill("#under", "六和社区")
        page.fill("#points", "50")
        pressed(page, "Enter")
        expect(page.locator(".banner")).to_contain_text("要两个人")
        page.get_by_role("button", name="申请超额拨付").press("Enter")
        page.wait_for_url("**/funds/requests/*")
        asked = page.url
        code = page.locator("dd").last.inner_text()
        expect(page.locator("main")).to_contain_text("要另一人审批")
        page.context.clear_cookies()
        signing_in.staff(page, APPROVER)
        page.goto(asked)
        assert page.locator("dd").last.inner_text() == code
        page.get_by_role("button", name="批准", exact=True).press("Enter")
        expect(page.locator(".tag")).to_contain_text("已批准")
        page.get_by_role("link", name="积分资金").first.click()
        page.get_by_role("link", name="六和社区居委会").last.click()
        expect(page.locator("main")).to_contain_text("1,010")
        expect(page.locator("main")).to_contain_text("郑义")
