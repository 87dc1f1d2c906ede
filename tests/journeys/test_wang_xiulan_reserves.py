"""王秀兰 chooses at home what she will have, 张强 hands it over by the code; and 赵敏 takes hers out of a locker."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from points.district import open_district
from points.market import deliveries, shops
from points.sample.town import COMMUNITY, RESIDENTS, STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable
from web.settings import Settings

pytestmark = BROWSER
ADMIN, ZHANG, KEEPER, WANG = STAFF[0], STAFF[3], STAFF[6], RESIDENTS[0]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town with an unmanned station beside the shop, and five packets of salt in it."""
    settings = town.copied(tmp_path_factory.mktemp("reserves"))

    async def open_station() -> None:
        async with open_district(settings.book) as book:
            station = await shops.open_shop(
                book, "三号楼无人站", area=COMMUNITY, hours="", by=ADMIN.number, on=book.today(), kind="unmanned"
            )  # fmt: skip
            await deliveries.receive(
                book, station, {2: 5}, document="1", by=KEEPER.number, on=book.today(), key="salt"
            )

    elsewhere(open_station)
    return settings


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[str]:
    """Its site."""
    with serving(town.site(settings)) as url:
        yield url


def reserve(page: Page, item: str, where: str) -> str:
    """From her points to the code in four taps; the code."""
    page.goto("/points")
    page.get_by_role("link", name="可以换什么").first.click()
    offer = page.locator("li.entry", has_text=item)
    offer.get_by_role("link", name=re.compile(f"^(预留|在{where}预留)$")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("预留")
    page.get_by_role("button", name="下一步：看一遍").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("看一遍再预留")
    page.get_by_role("button", name=re.compile("确认，预留")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("凭这个码取货")
    return page.locator(".code-digits").inner_text().replace(" ", "")


def test_reserved_on_the_phone_and_handed_over(chromium: Browser, live: str) -> None:
    """Four taps on 360 px; the QR holds the digits; at the counter the code is enough, once; her statement says so."""
    with opened(chromium, live, width=360, device_scale_factor=2) as page:
        signing_in.resident(page, WANG)
        code = reserve(page, "香皂", "六和社区道德积分超市")
        usable(page)
        image = Image.open(io.BytesIO(page.locator(".shown svg.qr").screenshot()))
        (found,) = zxingcpp.read_barcodes(image)
        assert found.text == code
        mine = page.url
        page.goto("/points")
        expect(page.get_by_text("已预留 3 分，凭兑换码去取")).to_be_visible()
        with opened(chromium, live, width=1280, forgiven=("422",)) as till:
            signing_in.staff(till, ZHANG)
            till.goto("/counter/1/pick-up")
            wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
            typed(till, wrong + "\n")
            expect(till.get_by_role("alert")).to_contain_text("这里没有这个兑换码")
            till.fill("#code", f"{code[:4]} {code[4:]}")
            pressed(till, "Enter")
            expect(till.get_by_text("王*兰")).to_be_visible()
            usable(till)
            pressed(till, "F9")
            expect(till.get_by_role("heading", level=1)).to_have_text("已兑换")
            till.goto("/counter/1/pick-up")
            typed(till, code + "\n")
            expect(till.get_by_role("status")).to_contain_text("没有重复扣")
        page.goto(mine)
        expect(page.get_by_role("heading", level=1)).to_have_text("已经取走")
        usable(page)
        page.goto("/statement")
        expect(page.get_by_text("预留的时候已经扣了")).to_be_visible()


def test_out_of_a_locker_without_a_script(chromium: Browser, live: str) -> None:
    """She reserves at the station, 张强 fills the locker, she says “拿到了” at the poster's page; he signs the day."""
    plain: dict[str, Any] = {"java_script_enabled": False, "width": 360}
    with (
        opened(chromium, live, **plain) as page,
        opened(chromium, live, forgiven=("422",), **plain) as staff,
    ):
        signing_in.resident(page, WANG)
        code = reserve(page, "食盐", "三号楼无人站")
        expect(page.get_by_text("还没有放进柜子")).to_be_visible()
        signing_in.staff(staff, ZHANG)
        staff.goto("/counter/2/lockers")
        expect(staff.get_by_text(f"码尾 {code[4:]}")).to_be_visible()
        staff.get_by_label("柜号").fill("07")
        staff.get_by_role("button", name="放好了").click()
        expect(staff.get_by_text("07 号柜")).to_be_visible()
        page.reload()
        page.get_by_role("link", name="取好了，去按“拿到了”").click()
        page.get_by_label("8 位兑换码").fill(code)
        page.get_by_role("button", name="下一步").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("07 号柜")
        page.get_by_role("button", name="拿到了").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("记下了，拿到了")
        staff.get_by_role("link", name="今天对账").click()
        staff.get_by_label("数出来").fill("3")
        staff.get_by_role("button", name="数好了，签字").click()
        expect(staff.get_by_role("alert")).to_contain_text("食盐账上 4、数出来 3，请选一个原因。")
        staff.get_by_label("为什么不一样").select_option("missing")
        staff.get_by_role("button", name="数好了，签字").click()
        expect(staff.get_by_text("张强 已经签字")).to_be_visible()


def test_changed_her_mind(chromium: Browser, live: str) -> None:
    """She cancels: the points are there again, and the page says so."""
    with opened(chromium, live, width=360) as page:
        signing_in.resident(page, WANG)
        reserve(page, "香皂", "六和社区道德积分超市")
        page.get_by_role("link", name="不要了，取消").click()
        usable(page)
        page.get_by_role("button", name="取消，退回积分").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("已经取消")
        expect(page.get_by_text("本人取消")).to_be_visible()
