"""张强 took the wrong thing: he puts it right by keyboard alone, counts, hands over, and 李梅 takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from points.district import open_district
from points.keys import new_key
from points.market import baskets, counter, shops
from points.people import roles
from points.sample.town import COMMUNITY, RESIDENTS, STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving, there
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable

pytestmark = BROWSER
ADMIN, LI, ZHANG, WANG = STAFF[0], STAFF[2], STAFF[3], RESIDENTS[0]


@pytest.fixture(scope="module")
def receipt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A town in which 李梅 serves too, and 王秀兰 has just had two pieces of soap; the number of her receipt."""
    settings = town.copied(tmp_path_factory.mktemp("undoes"))
    numbers: list[int] = []

    async def before() -> None:
        async with open_district(settings.book) as book:
            today = book.today()
            await roles.grant(
                book, member=LI.number, role="counter", area=COMMUNITY, by=ADMIN.number, on=today
            )
            shop, basket = await shops.find(book, 1), baskets.of({1: 2})
            more = {"by": ZHANG.number, "key": new_key(), "found_by": "card"}
            done = await counter.redeem(book, shop, WANG.number, basket, on=today, **more)
            numbers.append(done.receipt.position)

    elsewhere(before)
    with serving(town.site(settings)) as url:
        yield url, numbers[0]


def test_by_keyboard_from_the_mistake_to_the_next_shift(chromium: Browser, receipt: tuple[str, int]) -> None:
    """Z, one less, a reason, F9; the slip; the blind count; what differs; the sheet; and the next one signs."""
    url, number = receipt
    with opened(chromium, url, width=1280) as page:
        signing_in.staff(page, ZHANG)
        page.goto(f"/counter/1/redemptions/{number}")
        pressed(page, "z")
        expect(page).to_have_url(re.compile(r"/undo$"))
        usable(page)
        page.locator("input[name=back-1]").focus()
        pressed(page, "ArrowDown")
        page.locator("input[name=reason]").first.focus()
        pressed(page, "Space", "ArrowDown", "F9")
        expect(page.get_by_role("heading", level=1)).to_have_text("已更正")
        expect(page.get_by_text(f"{number}R").first).to_be_visible()
        expect(page.get_by_text("没退的另开了凭证")).to_be_visible()
        usable(page)
        pressed(page, "r")
        expect(page.get_by_role("heading", level=1)).to_have_text("已兑换")
        expect(page.get_by_text("香皂 ×1").first).to_be_visible()
        page.goto("/counter/1/shifts")
        pressed(page, "F9")
        expect(page.locator("input[name^=counted]").first).to_be_focused()
        there(page)
        for _ in range(page.locator("input[name^=counted]").count()):
            typed(page, "1")
            pressed(page, "Tab")
        pressed(page, "F9")
        expect(page.locator("input[name^=note]").first).to_be_focused()
        usable(page)
        for _ in range(page.locator("input[name^=note]").count()):
            typed(page, "没数清")
            pressed(page, "Tab")
        pressed(page, "F9")
        expect(page.get_by_role("heading", level=1)).to_have_text("交班单")
        usable(page)
        sheet = page.url
    with opened(chromium, url, width=1280) as page:
        signing_in.staff(page, LI)
        page.goto(sheet)
        pressed(page, "F9")
        expect(page.get_by_text("有人接班了")).to_be_visible()
