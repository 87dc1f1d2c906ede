"""张强 finds that somebody was enrolled twice, puts both side by side, merges them in figures, and takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, opened, serving
from tests.hands import pressed
from tests.journeys import signing_in
from tests.journeys.looking import usable

pytestmark = BROWSER
ZHANG = STAFF[3]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A town's site."""
    with serving(town.site(town.copied(tmp_path_factory.mktemp("merges")))) as url:
        yield url


def enrolled_again(page: Page, member: str) -> str:
    """Somebody enrols a second time, with a slip in the name and no phone; the new number."""
    page.goto(f"/members/{member}")
    name = page.get_by_role("heading", level=1).inner_text()
    found = re.search(r"出生日期\s+(?:\d{4}-)?(\d\d-\d\d)", page.locator(".summary").inner_text())
    assert found
    page.goto("/members/new")
    page.fill("#name", name[:-1] + "岚")
    page.fill("#born", f"1950-{found[1]}")
    page.fill("#area", "六和社区")
    pressed(page, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("登记好了")
    return page.locator(".receipt").first.inner_text()


def followed(page: Page, role: str, name: str) -> None:
    """A link or button is pressed, and what it leads to can be used by everybody."""
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]
    usable(page)


@pytest.mark.parametrize(("width", "member"), [(360, "V-000001"), (1280, "V-000020")])
def test_from_the_list_to_one_number_and_back(chromium: Browser, live: str, width: int, member: str) -> None:
    """Every page is usable at this width; figures are said before anything moves, and undoing is on the page."""
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, ZHANG)
        twin = enrolled_again(page, member)
        page.goto("/members")
        followed(page, "link", "可能重复的")
        followed(page, "link", twin)
        expect(page.locator("main")).to_contain_text("姓名像、生日同")
        followed(page, "link", f"留 {member}，{twin} 并进来")
        expect(page.locator("main")).to_contain_text("可以用的积分")
        followed(page, "button", f"并号：{twin} 不再用")
        expect(page.locator("main")).to_contain_text(f"并进来的号 {twin}")
        followed(page, "link", twin)
        expect(page.locator("main")).to_contain_text("这个号不再用")
        page.goto("/members/duplicates")
        expect(page.locator("main")).not_to_contain_text(twin)
        page.goto(f"/members/{member}")
        followed(page, "button", "撤销并号：是两个人")
        expect(page.locator("main")).not_to_contain_text(twin)
        page.goto(f"/members/pair?one={member}&two={twin}")
        page.get_by_role("button", name="是两个人，以后不再列出").click()
        page.wait_for_url(lambda url: url.endswith("/duplicates"))
        expect(page.locator("main")).not_to_contain_text(twin)
