"""张强's day at the counter: 王秀兰 comes without her card, then with it; a wrong PIN, a last item that is gone."""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from points.district import open_district
from points.market import baskets, counter, deliveries, items, shops
from points.sample.town import RESIDENTS, STAFF
from tests import town
from tests.browser import BROWSER, elsewhere, opened, serving, there
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable
from web.settings import Settings

pytestmark = BROWSER
ZHANG, KEEPER, WANG = STAFF[3], STAFF[6], RESIDENTS[0]
WIDTHS = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A town, with two packets of salt on the shelf."""
    settings = town.copied(tmp_path_factory.mktemp("zhang"))

    async def deliver() -> None:
        async with open_district(settings.book) as book:
            shop = await shops.find(book, 1)
            await deliveries.receive(
                book, shop, {2: 2}, document="1", by=KEEPER.number, on=book.today(), key="salt"
            )

    elsewhere(deliver)
    return settings


@pytest.fixture(scope="module")
def live(settings: Settings) -> Iterator[str]:
    """Its site."""
    with serving(town.site(settings)) as url:
        yield url


def enter(page: Page) -> None:
    """He signs in and goes to his counter."""
    signing_in.staff(page, ZHANG)
    page.goto("/counter")
    expect(page).to_have_url(re.compile(r"/counter/1$"))


def card(settings: Settings) -> str:
    """The 8 digits on 王秀兰's card."""
    with closing(sqlite3.connect(settings.book.removeprefix("sqlite://"))) as connection:
        query = "SELECT number FROM people_card WHERE member = ?"
        return str(connection.execute(query, [WANG.number]).fetchone()[0])


@WIDTHS
def test_by_keyboard_from_the_description_to_the_paper(chromium: Browser, live: str, width: int) -> None:
    """Tail, surname, birthday; a soap; the PIN; F9; the paper. Besides what is said or proved: five keys, no mouse."""
    with opened(chromium, live, width=width, device_scale_factor=2) as page:
        enter(page)
        usable(page)
        expect(page.locator("#who")).to_be_focused()
        typed(page, "0001 王 03-12\n")
        expect(page.get_by_role("heading", level=1)).to_have_text("给王*兰选物品")
        expect(page.get_by_text("人工查找")).to_be_visible()
        usable(page)
        expect(page.locator("#who")).to_be_focused()
        keys = Keys(page)
        keys("1")
        expect(page.locator("input[name^=item-]").first).to_have_value("1")
        expect(page.locator("[data-sum-shown]")).to_have_text("原有 35 分 −3 剩 32 分")
        keys("F9")
        expect(page.get_by_role("heading", level=1)).to_have_text("请本人输密码")
        expect(page.get_by_text("到期的 3 分")).to_be_visible()
        usable(page)
        expect(page.get_by_label("本人的 6 位密码")).to_be_focused()
        typed(page, WANG.secret + "\n")
        expect(page.get_by_role("heading", level=1)).to_have_text("核对一下")
        usable(page)
        pressed(page, "Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("核对一下")
        keys("F9")
        expect(page.get_by_role("heading", level=1)).to_have_text("已兑换")
        usable(page)
        number = page.locator(".panel .receipt").inner_text()
        assert decoded(page) == f"{live}/ledger/{number}"
        keys("p")
        expect(page.get_by_role("heading", level=1)).to_have_text("小票")
        usable(page)
        for wide in (80, 58):
            page.get_by_role("button", name=f"{wide} 毫米").click()
            expect(page.locator(f".roll-{wide}")).to_be_visible()
            there(page)
            assert paper(page.pdf(width=f"{wide}mm", height="200mm")) == (wide, 1)
            assert printed(page) == f"{live}/ledger/{number}"
        keys("n")
        expect(page.get_by_role("link", name=re.compile(f"凭证 {number}"))).to_be_visible()
        assert keys.count == 5


class Keys:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, key: str) -> None:
        """Press one."""
        pressed(self.page, key)
        self.count += 1


def printed(page: Page) -> str:
    """What a phone reads from the paper of a cheap printer: eight dots a millimetre, black or white."""
    page.emulate_media(media="print")
    picture = Image.open(io.BytesIO(page.locator(".roll-paper .qr").screenshot()))
    page.emulate_media(media="null")
    dots = 34 * 8
    assert picture.width / 2 >= 25 / 25.4 * 96, "it is at least 25 mm wide"
    coarse = picture.convert("L").resize((dots, dots)).point(lambda grey: 255 * (grey > 127))
    (found,) = zxingcpp.read_barcodes(coarse)
    return str(found.text)


def decoded(page: Page) -> str:
    """What a phone reads from the code on the screen."""
    image = Image.open(io.BytesIO(page.locator("svg.qr").first.screenshot()))
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


def paper(pdf: bytes) -> tuple[int, int]:
    """The width of the page in millimetres, and how many pages there are."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]", pdf)
    return round(float(boxes[0][0]) / 72 * 25.4), len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@WIDTHS
def test_by_card_with_a_wrong_pin_first(chromium: Browser, live: str, width: int, settings: Settings) -> None:
    """The wrong PIN is told in words and not written back; nothing has moved until the right one and the press."""
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        enter(page)
        number = card(settings)
        typed(page, f"{number[:4]} {number[4:]}\n")
        expect(page.get_by_role("heading", level=1)).to_have_text("给王*兰选物品")
        expect(page.get_by_text("人工查找")).to_have_count(0)
        page.get_by_label(re.compile("香皂")).fill("1")
        page.get_by_role("button", name=re.compile("下一步")).click()
        page.get_by_label("本人的 6 位密码").fill("258037")
        page.get_by_role("button", name="下一步：核对").click()
        expect(page.get_by_role("alert")).to_contain_text(
            "密码不对，还可以试 4 次。忘了？到窗口重设。积分没有扣。"
        )
        expect(page.get_by_label("本人的 6 位密码")).to_have_value("")
        usable(page)
        page.get_by_label("本人的 6 位密码").fill(WANG.secret)
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("link", name=re.compile("返回修改")).last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("给王*兰选物品")


@WIDTHS
def test_the_last_one_is_gone(chromium: Browser, live: str, width: int, settings: Settings) -> None:
    """Somebody took it between the check and the press: what happened, what is safe, and what to do."""
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        enter(page)
        typed(page, WANG.number + "\n")
        page.get_by_label(re.compile("食盐")).fill("1")
        pressed(page, "F9")
        page.get_by_label("本人的 6 位密码").fill(WANG.secret)
        pressed(page, "Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("核对一下")
        elsewhere(take_the_salt, settings, f"{width}")
        pressed(page, "F9")
        expect(page.get_by_role("alert")).to_contain_text("没有换成，积分没有扣。食盐刚被换完了。")
        usable(page)
        page.get_by_role("link", name="选别的").click()
        gone = page.locator(".quantity.none", has_text="食盐")
        expect(gone).to_contain_text("换完了")
        usable(page)
    elsewhere(bring_salt, settings, f"{width}")


async def take_the_salt(settings: Settings, key: str) -> None:
    """Another counter hands over all the salt there is."""
    async with open_district(settings.book) as book:
        shop, every = await shops.find(book, 1), await items.all_items(book)
        left = (await shops.stock(book, shop))[2]
        basket: Any = baskets.parse([f"食盐x{left}"], every)
        on = book.today()
        await counter.redeem(
            book, shop, "V-000005", basket, by=ZHANG.number, key=key, on=on, found_by="number"
        )


async def bring_salt(settings: Settings, key: str) -> None:
    """One more packet, for the next width."""
    async with open_district(settings.book) as book:
        shop = await shops.find(book, 1)
        await deliveries.receive(book, shop, {2: 1}, document="2", by=KEEPER.number, on=book.today(), key=key)


def test_without_a_script_it_works_too(chromium: Browser, live: str) -> None:
    """Find, choose, PIN, confirm, receipt and paper, with plain forms alone."""
    with opened(chromium, live, java_script_enabled=False) as page:
        enter(page)
        page.fill("#who", WANG.number)
        page.get_by_role("button", name="找人").click()
        page.get_by_label(re.compile("香皂")).fill("1")
        page.get_by_role("button", name=re.compile("下一步")).click()
        page.get_by_label("本人的 6 位密码").fill(WANG.secret)
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("button", name=re.compile("确认，扣 3 分")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("已兑换")
        page.get_by_role("button", name=re.compile("打印小票")).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("小票")
        expect(page.get_by_role("button", name="在打印机上打印")).to_have_count(0)
