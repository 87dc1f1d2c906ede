"""何伟 looks again at what 李梅 verified: she accepts by keyboard alone, he answers without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from points.awards import drawing
from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, faults, opened, serving, there
from tests.hands import pressed
from tests.journeys import signing_in

pytestmark = BROWSER
LI_MEI, HE_WEI = STAFF[2], STAFF[5]
TABS = 120


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A town of the journey's own, served, in which every award is drawn."""
    monkeypatch.setattr(drawing, "ONE_IN", 1)
    with serving(town.site(town.copied(tmp_path))) as url:
        yield url


def go_to(page: Page, selector: str) -> None:
    """Press Tab until something of this kind has the focus, which must be seen to have it."""
    for _ in range(TABS):
        pressed(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none"
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def accept_all_by_keyboard(page: Page) -> None:
    """From the queue every event, one after the other: Enter, Enter, and Enter for the next."""
    go_to(page, "a.entry-row")
    pressed(page, "Enter")
    while True:
        expect(page.get_by_role("heading", name="证据")).to_be_visible()
        go_to(page, ".ticks button.primary")
        pressed(page, "Enter")
        expect(page.get_by_role("heading", level=1, name="核实好了")).to_be_visible()
        there(page)
        if not page.get_by_role("link", name="核实下一件").count():
            return
        go_to(page, "main a.button")
        pressed(page, "Enter")


def test_one_accepts_by_keyboard_and_another_looks_again(chromium: Browser, live: str) -> None:
    """She never touches a mouse. He sees the evidence and what was given, not by whom: one is right at his desk; on his
    phone, without a script, he asks for a correction of the next when there is one, and then nothing waits for him."""
    with opened(chromium, live, width=360) as page:
        signing_in.staff(page, LI_MEI)
        accept_all_by_keyboard(page)
    with opened(chromium, live, width=1280) as page:
        signing_in.staff(page, HE_WEI)
        page.goto("/second-looks")
        assert faults(page) == []
        page.locator("a.entry-row").first.click()
        expect(page.locator(".evidence")).to_be_visible()
        assert faults(page) == []
        expect(page.locator(".evidence")).not_to_contain_text("李梅")
        page.get_by_role("button", name="看过了，没有问题").click()
        expect(page.get_by_role("heading", level=1, name="看过了，没有问题")).to_be_visible()
        assert faults(page) == []
    with opened(chromium, live, width=360, java_script_enabled=False, forgiven=("422",)) as page:
        signing_in.staff(page, HE_WEI)
        page.goto("/second-looks")
        if not page.locator("a.entry-row").count():
            expect(page.get_by_text("没有要您再看的")).to_be_visible()
            return
        page.locator("a.entry-row").first.click()
        page.get_by_role("button", name="请人更正").click()
        expect(page.get_by_role("alert")).to_contain_text("请选一个哪里不对。什么都还没有记。")
        page.get_by_label("情况不实").check()
        page.get_by_role("button", name="请人更正").click()
        expect(page.get_by_role("heading", level=1, name="已经请人更正")).to_be_visible()
