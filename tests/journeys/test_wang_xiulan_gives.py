"""王秀兰 gives points to 王军 who lives with her: she looks, confirms, and takes it back the same day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from points.sample.town import RESIDENTS
from tests import town
from tests.browser import BROWSER, opened, serving
from tests.journeys import signing_in
from tests.journeys.looking import usable

pytestmark = BROWSER


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A town's site."""
    with serving(town.site(town.copied(tmp_path_factory.mktemp("gives")))) as url:
        yield url


def test_from_her_points_to_a_gift_and_back(chromium: Browser, live: str) -> None:
    """At 360 px without a script: each page is usable, the sum is said before it moves, and both lines stand after."""
    with opened(chromium, live, width=360, java_script_enabled=False) as page:
        signing_in.resident(page, RESIDENTS[0])
        page.goto("/points")
        page.get_by_role("link", name="家里一起用积分").click()
        page.get_by_role("link", name="送积分给家里人").click()
        page.get_by_label("王*").check()
        page.fill("#points", "4")
        page.get_by_role("button", name="下一步：看一看").click()
        expect(page.locator("main")).to_contain_text("送多少分")
        expect(page.locator("main")).to_contain_text("用到哪天")
        page.get_by_role("button", name="确认，送出 4 分").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("送了 4 分")
        page.get_by_role("button", name="收回这次赠送").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("送的 4 分收回了")
        page.goto("/points")
        expect(page.locator("main")).to_contain_text("收回送给王*的")
        expect(page.locator("main")).to_contain_text("送给王*")
    with opened(chromium, live, width=360) as page:
        signing_in.resident(page, RESIDENTS[0])
        for path in ("/giving", "/giving/look?to=care&points=2", "/care"):
            page.goto(path)
            usable(page)
