"""Take the README's pictures of the real pages: .venv/bin/python -m tools.pictures. Needs what `make test` installs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from points.sample.town import RESIDENTS as PEOPLE
from points.sample.town import STAFF, SignIn
from tests import town
from tests.browser import ARGUMENTS, serving

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"


def main() -> int:
    """Take them all, on a sample town of today."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(town.site(town.copied(Path(folder)))) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        _home(browser, url)
        _counter(browser, url)
        _audit(browser, url)
        browser.close()
    return 0


def _page(browser: Browser, url: str, width: int, locale: str = "zh-CN") -> Page:
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": 780}, locale=locale, timezone_id="Asia/Shanghai"
    )
    return context.new_page()


def _sign_in(page: Page, person: SignIn) -> None:
    page.goto("/signin/staff" if person.is_staff else "/signin")
    page.locator("input[name=number], input[name=who]").first.fill(person.number)
    page.locator("input[type=password]").first.fill(person.secret)
    _go(page)


def _go(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _shot(page: Page, name: str, *, whole: bool = False) -> None:
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)
    print(FOLDER / f"{name}.png")


def _home(browser: Browser, url: str) -> None:
    for name, locale in (("home-360", "zh-CN"), ("home-en-360", "en")):
        page = _page(browser, url, 360, locale)
        _sign_in(page, PEOPLE[0])
        page.goto("/points")
        _shot(page, name)
        if locale == "zh-CN":
            with page.expect_navigation():
                page.locator("a[href^='/awards/']").first.click()
            _shot(page, "why-360")


def _counter(browser: Browser, url: str) -> None:
    page = _page(browser, url, 1280)
    _sign_in(page, STAFF[3])
    page.goto("/counter/1")
    page.locator("input[type=text], input[type=search]").first.fill(PEOPLE[0].number)
    _go(page)
    _shot(page, "counter-1280")


def _audit(browser: Browser, url: str) -> None:
    page = _page(browser, url, 1280)
    _sign_in(page, STAFF[4])
    page.goto("/audit")
    page.locator("form[action='/audit/runs'] button").first.click()
    page.wait_for_url("**/audit/runs/*")
    page.get_by_text("账本完整").first.wait_for(timeout=60_000)
    _shot(page, "audit-1280")


if __name__ == "__main__":
    sys.exit(main())
