"""The network was gone: 张强 types his slips by keyboard and scanner, 吴娟 compares each with the paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from points.district import open_district
from points.market.slips.numbers import Number
from points.people import roles
from points.sample.town import COMMUNITY, STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable

pytestmark = BROWSER
ZHANG, WU = STAFF[3], next(one for one in STAFF if one.number == "S-0007")
SLIPS = "/counter/1/slips"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A town's site, where 吴娟 serves at the counter too."""
    settings = town.copied(tmp_path_factory.mktemp("slips"))
    elsewhere(_serves_too, settings.book)
    with serving(town.site(settings)) as url:
        yield url


async def _serves_too(url: str) -> None:
    async with open_district(url) as book:
        await roles.grant(
            book, member=WU.number, role="counter", area=COMMUNITY, by="S-0001", on=book.today()
        )


def number(n: int) -> str:
    """A-000n with its check digit."""
    return Number(1, 1, n).shown


def looked(page: Page, path: str) -> None:
    """A page that everybody can use."""
    page.goto(path)
    usable(page)


def test_a_stack_is_typed_without_a_mouse_and_compared_by_another(chromium: Browser, live: str) -> None:
    """Enter goes on to the next field, a scanner's too; F9 confirms; a misread number is noticed and kept."""
    with opened(chromium, live, width=1280, forgiven=("422",)) as page:
        signing_in.staff(page, ZHANG)
        page.goto(SLIPS)
        page.fill("#count", "8")
        page.press("#count", "Enter")
        expect(page.locator("main")).to_contain_text("没用")
        usable(page)
        page.goto(f"{SLIPS}/entry")
        for n, things in ((1, "香皂x2"), (2, "食盐")):
            typed(page, number(n) + "\n")
            expect(page.locator("#who")).to_be_focused()
            typed(page, "V-000001\n")
            typed(page, things + "\n")
            expect(page.locator(".banner.good")).to_contain_text(number(n))
        usable(page)
        typed(page, "A-0003-1\nV-000001\n香皂\n")
        expect(page.locator("#errors")).to_contain_text("A-0003-1")
        usable(page)
    with opened(chromium, live, width=360) as page:
        signing_in.staff(page, WU)
        looked(page, SLIPS)
        looked(page, f"{SLIPS}/{number(1)}")
        pressed(page, "F9")
        expect(page.locator("main")).to_contain_text("已入账")
        usable(page)
        looked(page, f"{SLIPS}/batches/A")
        expect(page.locator("main")).to_contain_text("没办完")
