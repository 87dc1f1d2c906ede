"""张强 enrols somebody at the counter by keyboard, prints the card, and prints another when it is lost."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, opened, serving
from tests.hands import pressed, typed
from tests.journeys import signing_in
from tests.journeys.looking import usable

pytestmark = BROWSER
ZHANG = STAFF[3]
MM = 25.4
DOTS = 200


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A town's site."""
    with serving(town.site(town.copied(tmp_path_factory.mktemp("enrols")))) as url:
        yield url


def card_on(page: Page) -> str:
    """The card's number on a member's page."""
    found = re.search(r"积分卡\s+(\d{4} \d{4})", page.locator(".summary").inner_text())
    assert found
    return found[1]


def on_paper(page: Page, folder: Path) -> Image.Image:
    """The first page of what is printed, at 200 dots to the inch."""
    pdf, picture = folder / "cards.pdf", folder / "cards"
    page.pdf(path=str(pdf), prefer_css_page_size=True)
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-singlefile", "-png", str(pdf), str(picture)], check=True)
    return Image.open(io.BytesIO(picture.with_suffix(".png").read_bytes()))


@pytest.mark.needs("poppler")
@pytest.mark.parametrize("width", [360, 1280])
def test_by_keyboard_from_the_name_to_the_printed_card(
    chromium: Browser, live: str, width: int, tmp_path: Path
) -> None:
    """Six things are said; the card on paper is 85 mm wide, its code finds the member, and a new one stops it."""
    with opened(chromium, live, width=width) as page:
        signing_in.staff(page, ZHANG)
        page.goto("/members/new")
        usable(page)
        page.locator("#name").focus()
        typed(page, "钱晓明")
        pressed(page, "Tab")
        typed(page, f"1000097{width:04d}")
        page.fill("#born", "1950-05-06")
        page.fill("#area", "六和社区")
        page.locator("#agrees").focus()
        pressed(page, "Space")
        page.locator("#pin").focus()
        typed(page, "739164\n")
        expect(page.get_by_role("heading", level=1)).to_have_text("登记好了")
        usable(page)
        first = card_on(page)
        page.get_by_role("button", name="打印积分卡").first.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("打印积分卡")
        usable(page)
        paper = on_paper(page, tmp_path)
        (code,) = zxingcpp.read_barcodes(paper)
        assert re.fullmatch("JF1:[0-9A-F]{32}", code.text)
        page.emulate_media(media="print")
        box = page.locator(".points-card").first.bounding_box()
        assert box
        assert abs(box["width"] - 85 / MM * 96) < 1
        assert abs(box["height"] - 54 / MM * 96) < 1
        page.emulate_media(media="screen")
        page.goto("/members")
        page.fill("#who", code.text)
        pressed(page, "Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("钱晓明")
        page.get_by_role("button", name="换一张新卡").press("Enter")
        expect(page.locator(".summary")).not_to_contain_text(first)
    with opened(chromium, live, width=width, forgiven=("422",)) as page:
        signing_in.staff(page, ZHANG)
        page.goto("/members")
        page.fill("#who", first)
        pressed(page, "Enter")
        expect(page.locator("#errors")).to_contain_text("这张卡已停用")
