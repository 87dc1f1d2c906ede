"""李梅 verifies: her queue, one thing sent back, the rest accepted, and her own household's case is not hers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, faults, opened, serving, there

pytestmark = BROWSER
LI_MEI = STAFF[2]
WIDTHS = (360, 1280)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[str]:
    """A town of the journey's own, served."""
    with serving(town.site(town.copied(tmp_path))) as url:
        yield url


def sign_in(page: Page) -> None:
    """As staff do, from the first page on."""
    page.goto("/")
    page.get_by_role("link", name="工作人员登录").click()
    page.get_by_label("工号").fill(LI_MEI.number)
    page.get_by_label("口令").fill(LI_MEI.secret)
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1, name="待我核实")).to_be_visible()


def open_event_of(page: Page, least: int) -> int:
    """From the queue, open the oldest event with at least so many to decide on; how many there are."""
    rows = page.locator("a.entry-row")
    for n in range(rows.count()):
        rows.nth(n).click()
        expect(page.get_by_role("heading", name="证据")).to_be_visible()
        there(page)
        ticks = page.locator("[name=accept]").count()
        if ticks >= least:
            return ticks
        page.go_back()
    raise AssertionError("nothing so large waits")


@pytest.mark.parametrize("width", WIDTHS)
def test_one_is_sent_back_and_the_rest_accepted(chromium: Browser, live: str, width: int) -> None:
    """The question why appears with the first tick taken off, and without an answer nothing is entered."""
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        sign_in(page)
        assert faults(page) == []
        ticks = open_event_of(page, 2)
        assert faults(page) == []
        why = page.get_by_role("group", name="为什么退回")
        expect(why).to_be_hidden()
        expect(page.get_by_role("button", name="全部通过")).to_be_visible()
        page.locator("[name=accept]").last.uncheck()
        expect(why).to_be_visible()
        page.get_by_role("button", name="通过打勾的，退回其余").click()
        expect(page.get_by_role("alert")).to_contain_text("请选一个退回的原因。什么都还没有记。")
        expect(page.locator("[name=accept]").last).not_to_be_checked()
        assert faults(page) == []
        page.get_by_label("看不出做过").check()
        page.get_by_label("补充一句").fill("签到表上没有")
        page.get_by_role("button", name="通过打勾的，退回其余").click()
        expect(page.get_by_role("heading", level=1, name="核实好了")).to_be_visible()
        panel = page.locator(".panel")
        expect(panel).to_contain_text(f"通过{ticks - 1} 项")
        expect(panel).to_contain_text("退回1 项")
        expect(panel).to_contain_text("看不出做过（签到表上没有）")
        assert faults(page) == []
        page.reload()
        expect(panel).to_contain_text("退回1 项")


def test_three_presses_accept_an_event_of_any_size(chromium: Browser, live: str) -> None:
    """Open it, accept, and go on to the next; pressing “back” and accepting again changes nothing."""
    with opened(chromium, live, width=360) as page:
        sign_in(page)
        open_event_of(page, 2)
        page.get_by_role("button", name="全部通过").click()
        panel = page.locator(".panel")
        expect(panel).to_be_visible()
        there(page)
        said = panel.inner_text()
        page.go_back()
        again = page.get_by_role("button", name="全部通过")
        if again.count():
            again.click()
        else:
            page.get_by_role("link", name="看结果").click()
        expect(panel).to_be_visible()
        there(page)
        assert panel.inner_text() == said
        page.get_by_role("link", name="核实下一件").click()
        expect(page.get_by_role("heading", name="证据")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_her_own_households_case_is_not_hers(chromium: Browser, live: str, width: int) -> None:
    """It is shown, so that nobody thinks it was lost, but there is nothing to press, and the reason stands there."""
    with opened(chromium, live, width=width) as page:
        sign_in(page)
        apart = page.get_by_role("list", name="您不能核实的")
        expect(apart).to_contain_text("您的同住家人参与了，要换人核实。")
        there(page)
        assert apart.get_by_role("link").count() == 0


def test_without_a_script_everything_works(chromium: Browser, live: str) -> None:
    """The question why is there when it is needed, because the style sheet alone asks it."""
    with opened(chromium, live, width=360, java_script_enabled=False) as page:
        sign_in(page)
        open_event_of(page, 2)
        page.locator("[name=accept]").first.uncheck()
        page.get_by_label("时长不对").check()
        page.get_by_role("button", name="通过打勾的，退回其余").click()
        expect(page.get_by_role("heading", level=1, name="核实好了")).to_be_visible()


def test_plain_reports_go_through_at_once_with_their_progress(chromium: Browser, live: str) -> None:
    """In English: the job's page shows its end without a press, and the queue keeps what has hours or mediation."""
    with opened(chromium, live, width=1280, locale="en-GB") as page:
        page.goto("/signin/staff")
        page.get_by_label("Staff number").fill(LI_MEI.number)
        page.get_by_label("Password").fill(LI_MEI.secret)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Accept plain reports at once").click()
        expect(page.get_by_role("button", name="Accept all")).to_be_visible()
        assert faults(page) == []
        page.get_by_role("button", name="Accept all").click()
        expect(page.locator(".job .tag")).to_have_text("Finished")
        assert faults(page) == []
        page.get_by_role("main").get_by_role("link", name="Back to my queue").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("To verify")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_largest_text_fits(chromium: Browser, live: str, width: int) -> None:
    """Queue, event, verification and bulk page at text size 4."""
    with opened(chromium, live, width=width) as page:
        page.context.add_cookies([{"name": "size", "value": "4", "url": live}])
        sign_in(page)
        assert faults(page) == []
        open_event_of(page, 2)
        page.locator("[name=accept]").first.uncheck()
        assert faults(page) == []
        path = page.url.split("/verification")[0]
        for address in (path, "/verifications/plain"):
            page.goto(address)
            assert faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_was_reported_twice_is_settled_with_one_tap(chromium: Browser, live: str, width: int) -> None:
    """From the queue to the reports side by side: they are one thing; no, they are not; and back to the queue."""
    with opened(chromium, live, width=width) as page:
        sign_in(page)
        page.get_by_role("link").filter(has_text="像同一件事的有").first.click()
        page.get_by_role("link", name="并排看一看").click()
        expect(page.get_by_role("heading", level=1, name="是不是同一件事")).to_be_visible()
        expect(page.get_by_text("最先", exact=True)).to_be_visible()
        assert faults(page) == []
        page.get_by_role("button", name="是同一件事，记在最先的名下").click()
        expect(page.get_by_text("都定好了。")).to_be_visible()
        page.get_by_role("button", name="这一件是另一件事").first.click()
        expect(page.get_by_role("heading", name="说过不是同一件的")).to_be_visible()
        assert faults(page) == []
        page.get_by_role("link", name="待我核实").first.click()
        expect(page.get_by_role("heading", level=1, name="待我核实")).to_be_visible()
