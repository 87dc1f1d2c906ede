"""王秀兰 asks for a service certificate on her phone; somebody who gets the paper scans it, without signing in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, expect

from points.district import open_district
from points.sample.town import RESIDENTS
from tests import town
from tests.browser import BROWSER, elsewhere, faults, opened, serving
from tests.hands import pressed
from tests.journeys import signing_in
from tests.web.views import servings

pytestmark = BROWSER
WANG = RESIDENTS[0]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample town, in which she served on three days."""
    settings = town.copied(tmp_path_factory.mktemp("town"))

    async def served() -> None:
        async with open_district(settings.book) as book:
            await servings.serve(book, WANG.number, [150, 90, 240])

    elsewhere(served)
    with serving(town.site(settings)) as url:
        yield url


@pytest.mark.parametrize(("width", "javascript"), [(360, True), (1280, False)])
def test_a_certificate_is_asked_for_printed_and_checked(
    chromium: Browser, live: str, width: int, javascript: bool
) -> None:
    """From her hours to the sheet in one press; its code, read from the screen, tells a stranger that it stands."""
    with opened(chromium, live, width=width, java_script_enabled=javascript) as page:
        signing_in.resident(page, WANG)
        page.get_by_role("link", name="时长和荣誉").click()
        expect(page.get_by_role("main")).to_contain_text("8 小时")
        expect(page.get_by_role("main")).to_contain_text("离一星志愿者还差 92 小时")
        if javascript:
            assert faults(page) == []
        page.get_by_role("button", name="开证明").click()
        expect(page.get_by_role("heading", level=1, name="志愿服务证明")).to_be_visible()
        expect(page.locator(".paper")).to_contain_text("王秀兰")
        if javascript:
            assert faults(page) == []
        if width > 1000:
            sheet = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1, "it prints on one sheet"
        with Image.open(io.BytesIO(page.locator(".paper .qr").screenshot(scale="device"))) as picture:
            (code,) = zxingcpp.read_barcodes(picture)
    with opened(chromium, live, width=width, java_script_enabled=javascript) as stranger:
        stranger.goto(code.text)
        expect(stranger.get_by_role("main")).to_contain_text("真实")
        expect(stranger.get_by_role("main")).to_contain_text("王*兰")
        expect(stranger.get_by_role("main")).not_to_contain_text("王秀兰")
        if javascript:
            assert faults(stranger) == []
        stranger.goto("/certificates")
        stranger.get_by_label("证明编号").fill(code.text.rpartition("/")[2])
        pressed(stranger, "Enter")
        expect(stranger.get_by_role("main")).to_contain_text("真实")
