"""周师傅 cuts hair for points, by keyboard alone; 孙丽 draws his month up, he objects, 郑义 approves and prints it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from points.district import open_district
from points.people import pooling
from points.people.models import Card
from points.sample.town import RESIDENTS, STAFF, SignIn
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable
from tests.web import barber

pytestmark = BROWSER
WANG, SUN, ZHENG = RESIDENTS[0], STAFF[1], STAFF[10]


@dataclass(frozen=True)
class Live:
    """The site, the barber's shop, 王秀兰's card and who he is."""

    url: str
    shop: barber.Barber
    card: str
    zhou: SignIn


@pytest.fixture
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A town of their own, with the barber."""
    settings = town.copied(tmp_path_factory.mktemp("zhou"))
    shop, card = elsewhere(prepared, settings.book, settings.pepper())
    zhou = SignIn(shop.zhou, "周师傅", "联盟商户", barber.SECRET)
    with serving(town.site(settings)) as url:
        yield Live(url, shop, card, zhou)


async def prepared(url: str, pepper: bytes) -> tuple[barber.Barber, str]:
    """The shop is open, one head of hair was cut, and 王秀兰 and her son agreed to spend together."""
    async with open_district(url) as book:
        shop = await barber.open_up(book, pepper, cuts=1)
        for member in (WANG.number, "V-000003"):
            await pooling.agree(book, member, by=member, key="share")
        return shop, str((await Card.get(member=WANG.number, using_db=book.reader)).number)


def cut(page: Page, live: Live) -> None:
    """A card as a scanner types it, one haircut, the member's own PIN: no mouse."""
    page.get_by_role("link", name="给居民换").focus()
    pressed(page, "Enter")
    expect(page.get_by_label("卡")).to_be_focused()
    typed(page, live.card + "\n")
    expect(page.get_by_role("heading", level=1)).to_have_text("给王*兰选")
    usable(page)
    pressed(page, "1")
    page.get_by_role("button", name="下一步：请本人输密码").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("请本人输密码")
    usable(page)
    page.get_by_label("本人的 6 位密码").focus()
    typed(page, WANG.secret + "\n")
    expect(page.get_by_role("heading", name="换好了")).to_be_visible()
    usable(page)


def test_a_month_of_the_barber(chromium: Browser, live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """He serves; a month later the statement has both heads; what he says is read before it is approved."""
    with opened(chromium, live.url, width=360) as page:
        signing_in.staff(page, live.zhou)
        page.goto("/merchant")
        usable(page)
        cut(page, live)
    barber.let_a_month_pass(monkeypatch)
    with opened(chromium, live.url, width=1280) as page:
        signing_in.staff(page, SUN)
        page.goto(f"/merchants/{live.shop.shop}")
        usable(page)
        page.get_by_label("哪个月").fill(live.shop.month)
        page.get_by_role("button", name="做对账单").press("Enter")
        expect(page.get_by_text("要另一位资金管理员")).to_be_visible()
        usable(page)
        at = page.url
    with opened(chromium, live.url, width=360) as page:
        signing_in.staff(page, live.zhou)
        page.goto(at)
        page.get_by_label("哪里不对").fill("第 2 号是两份")
        pressed(page, "Enter")
        expect(page.get_by_role("heading", name="商户的意见")).to_be_visible()
        usable(page)
    with opened(chromium, live.url, width=1280) as page:
        signing_in.staff(page, ZHENG)
        page.goto("/merchants")
        expect(page.get_by_text("商户有意见")).to_be_visible()
        usable(page)
        page.get_by_role("link", name="老周理发 20").press("Enter")
        expect(page.get_by_text("第 2 号是两份")).to_be_visible()
        usable(page)
        page.get_by_role("button", name="批准", exact=True).press("Enter")
        expect(page.get_by_text("已批准")).to_be_visible()
        page.get_by_role("link", name="打印").press("Enter")
        expect(page.get_by_role("heading", name="联盟商户对账单")).to_be_visible()
        usable(page)


def test_three_haircuts_for_a_home(chromium: Browser, live: Live) -> None:
    """王秀兰 reserves three with what her son shares; 周师傅 hands them over by the code, and undoes it at once."""
    with opened(chromium, live.url, width=360) as page:
        signing_in.resident(page, WANG)
        page.goto(f"/reservations/new?shop={live.shop.shop}")
        expect(page.get_by_text("家里还能合用")).to_be_visible()
        usable(page)
        field = page.locator("input[name^=item-]").first
        field.focus()
        field.fill("3")
        page.get_by_role("button", name="下一步：看一遍").first.press("Enter")
        expect(page.get_by_role("heading", name="家里一起换")).to_be_visible()
        usable(page)
        page.get_by_role("button", name="确认，预留 30 分").press("Enter")
        expect(page.get_by_role("heading", name="凭这个码取货")).to_be_visible()
        usable(page)
        code = page.locator(".code-digits").inner_text()
    with opened(chromium, live.url, width=1280) as page:
        signing_in.staff(page, live.zhou)
        page.goto(f"/merchant/{live.shop.shop}/till")
        who = page.get_by_label("扫积分卡，或输 8 位出示码、兑换码")
        who.focus()
        who.fill(code)
        who.press("Enter")
        expect(page.get_by_role("heading", name="把东西交给他")).to_be_visible()
        expect(page.get_by_text("王*兰")).to_be_visible()
        usable(page)
        page.get_by_role("button", name="确认，东西交出去了").press("Enter")
        expect(page.get_by_role("heading", name="换好了")).to_be_visible()
        page.get_by_role("link", name="换错了，更正").press("Enter")
        expect(page.get_by_role("heading", name="退回几件")).to_be_visible()
        usable(page)
        page.get_by_label("输错人").press("Space")
        page.get_by_role("button", name="更正").press("Enter")
        expect(page.get_by_text("积分退回原处")).to_be_visible()
        usable(page)
