"""张强 with a scanner that types, a tablet beside the till, a network that goes away, and a screen he locks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.browser import BROWSER, opened, serving, there
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable
from tests.journeys.test_zhang_qiang import card
from web.settings import Settings

pytestmark = BROWSER
ZHANG = STAFF[3]
WANG = RESIDENTS[0]
WEDGE = """text => {
    for (const letter of text) {
        const there = document.activeElement, key = letter === "\\n" ? "Enter" : letter;
        if (!there.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))) continue;
        const now = document.activeElement;
        if (key !== "Enter") {
            if (now.matches("input")) now.value += letter;
        } else if (now.matches("input")) now.form.requestSubmit();
        else if (now.matches("a, button")) now.click();
    }
}"""
"""What a keyboard-wedge scanner does, all at once: keys to whatever has the focus, and Enter at the end."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town."""
    return town.copied(tmp_path_factory.mktemp("scans"))


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[str]:
    """Its site."""
    with serving(town.site(settings)) as url:
        yield url


def scan(page: Page, text: str) -> None:
    """A scan, whatever has the focus, once the page listens."""
    there(page)
    page.evaluate(WEDGE, f"{text}\n")


def title(page: Page, words: str) -> None:
    """Where he is."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_scans_find_people_and_receipts_and_never_choose_or_confirm(
    chromium: Browser, live: str, settings: Settings
) -> None:
    """Twice the same scan is one; a scan among the items adds none; its Enter on the last button takes nothing."""
    with opened(chromium, live, width=1280) as page:
        signing_in.staff(page, ZHANG)
        page.goto("/counter/1")
        number, sent = card(settings), []
        page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
        scan(page, f"\u0002{number}\r\n{number}")
        title(page, "给王*兰选物品")
        assert len(sent) == 1
        with page.expect_navigation():
            scan(page, number)
        title(page, "给王*兰选物品")
        expect(page.locator("#item-1")).to_have_value("")
        for key, count in (("1", "1"), ("1", "2"), ("-", "1")):
            pressed(page, key)
            expect(page.locator("#item-1")).to_have_value(count)
        pressed(page, "F9")
        title(page, "请本人输密码")
        typed(page, WANG.secret + "\n")
        title(page, "核对一下")
        page.get_by_role("button", name=re.compile("确认")).focus()
        scan(page, number)
        title(page, "给王*兰选物品")
        pressed(page, "Escape")
        title(page, "兑换台")
        expect(page.get_by_text("1 笔，共 3 分").first).to_be_visible()
        receipt = page.locator(".entry-row").first.get_attribute("href")
        position = str(receipt).rpartition("/")[2]
        scan(page, f"{live}/ledger/{position}")
        title(page, "已兑换")
        expect(page.locator("#who")).to_be_focused()
        scan(page, number)
        title(page, "给王*兰选物品")


@pytest.mark.parametrize("width", [360])
def test_the_resident_reads_and_agrees_on_a_screen_of_her_own(
    chromium: Browser, live: str, width: int
) -> None:
    """Paired once by six digits; big keys for the PIN; the till goes on by itself; and then she reads what it was."""
    with opened(chromium, live, width=width) as till, opened(chromium, live, width=1024) as screen:
        screen.goto("/screen")
        screen.get_by_role("button", name="把这块屏当副屏").click()
        expect(screen.locator(".pair-code")).to_be_visible()
        usable(screen)
        digits = screen.locator(".pair-code").inner_text()
        signing_in.staff(till, ZHANG)
        till.goto("/counter/1/screens")
        usable(till)
        till.fill("#code", digits)
        pressed(till, "Enter")
        expect(till.get_by_text("已经连着 1 块副屏")).to_be_visible()
        till.goto("/counter/1")
        typed(till, f"{WANG.number}\n")
        title(till, "给王*兰选物品")
        pressed(till, "1")
        expect(till.locator("#item-1")).to_have_value("1")
        pressed(till, "F9")
        title(screen, "请看一遍，再输密码")
        expect(screen.locator(".before-after")).to_contain_text("−3")
        usable(screen)
        smallest = "() => Math.min(...[...document.querySelectorAll('#screen :is(p, li, label, button, h1)')]"
        assert screen.evaluate(smallest + ".map(e => parseFloat(getComputedStyle(e).fontSize)))") >= 30
        keys = screen.locator("[data-digit]").first.bounding_box()
        assert keys is not None
        assert min(keys["width"], keys["height"]) >= 60
        for digit in WANG.secret:
            screen.locator(f'[data-digit="{digit}"]').click()
        screen.get_by_role("button", name="密码输好了").click()
        title(screen, "密码对了")
        title(till, "核对一下")
        pressed(till, "F9")
        title(till, "已兑换")
        title(screen, "✓ 已兑换")
        usable(screen)
        scan(till, WANG.number)
        title(till, "给王*兰选物品")
        pressed(till, "1")
        expect(till.locator("#item-1")).to_have_value("1")
        pressed(till, "F9")
        title(till, "请本人输密码")
        pressed(till, "F8")
        title(till, "请看一遍，再输密码")
        usable(till)


def test_without_a_network_nothing_is_sent_and_what_was_typed_stays(chromium: Browser, live: str) -> None:
    """A red bar says why and what to do; when it is back, it goes on. So it is after a lock, pressed or because nobody
    touched it for a quarter of an hour, and the password."""
    with opened(chromium, live, width=1280, forgiven=("ERR_INTERNET_DISCONNECTED",)) as page:
        page.clock.install()
        signing_in.staff(page, ZHANG)
        page.goto("/counter/1")
        typed(page, f"{WANG.number}\n")
        title(page, "给王*兰选物品")
        place = page.url
        page.fill("#item-1", "2")
        page.context.set_offline(True)
        red = page.get_by_role("alert").filter(has_text="没有网络，不能扣分")
        expect(red).to_be_visible()
        usable(page)
        pressed(page, "F9")
        expect(red).to_be_visible()
        assert page.url == place
        expect(page.locator("#item-1")).to_have_value("2")
        page.context.set_offline(False)
        expect(red).to_be_hidden()
        for locked in ("F4", "15:00"):
            pressed(page, locked) if locked == "F4" else page.clock.fast_forward(locked)
            title(page, "屏幕锁住了")
            expect(page.locator("#secret")).to_be_focused()
            typed(page, ZHANG.secret + "\n")
            title(page, "给王*兰选物品")
            assert page.url == place
            expect(page.locator("#item-1")).to_have_value("2")
        pressed(page, "F4")
        title(page, "屏幕锁住了")
        usable(page)
