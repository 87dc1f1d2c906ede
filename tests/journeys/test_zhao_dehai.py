"""赵德海 writes a quarrel down, records how it ended, opens what is sealed, and 马丽 finds it sealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import town
from tests.browser import BROWSER, opened, serving
from tests.journeys.test_liu_yang import enter, good

pytestmark = BROWSER


@pytest.fixture
def live(tmp_path: Path) -> Iterator[str]:
    """A town of the journey's own, served."""
    with serving(town.site(town.copied(tmp_path))) as url:
        yield url


@pytest.mark.parametrize("width", [360, 1280])
def test_a_quarrel_is_settled_and_stays_sealed(chromium: Browser, live: str, width: int) -> None:
    """From the form to the follow-up, with what is missing said once, and the opening on the list of openings."""
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        enter(page, "赵德海")
        expect(page.get_by_role("heading", level=1, name="我的调解")).to_be_visible()
        page.get_by_role("link", name="记一件调解").first.click()
        page.get_by_role("button", name="记下并封存").click()
        expect(page.get_by_role("alert")).to_contain_text("请填写当事人。")
        good(page)
        page.get_by_label("当事人").fill("甲某 10000987001\n乙某")
        page.get_by_label("为了什么").fill("为晾衣服吵架")
        page.get_by_role("button", name="记下并封存").click()
        expect(page.get_by_role("main")).to_contain_text("还没有人打开过。")
        page.get_by_role("link", name="记调解结果").click()
        good(page)
        page.get_by_label("疑难，调解成功").check()
        page.get_by_label("书面协议").check()
        page.get_by_label("谁调解的").fill("S-0012 40\nV-000004 60")
        page.get_by_role("button", name="记下结果").click()
        expect(page.get_by_role("main")).to_contain_text("占 60%")
        place = page.url
        page.get_by_role("button", name="记在账上并打开").click()
        expect(page.get_by_role("main")).to_contain_text("为晾衣服吵架")
        good(page)
        page.get_by_role("link", name="看完了，关上").click()
        expect(page.get_by_role("list", name="谁打开过")).to_contain_text("回访")
        page.get_by_label("履行得好").check()
        page.get_by_role("button", name="记回访").click()
        expect(page.get_by_role("main")).not_to_contain_text("还没有回访。")
        good(page)
        enter(page, "马丽")
        page.goto(place)
        expect(page.get_by_role("main")).to_contain_text("只有经手的调解员和审计能打开")
        expect(page.get_by_role("main")).not_to_contain_text("甲某")
        good(page)
