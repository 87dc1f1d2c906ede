"""陈国强 imports: the city's six thousand events and a second file in another shape, at 360 px and at 1280 px."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from points.sample.town import STAFF
from tests import town
from tests.browser import BROWSER, faults, opened, serving
from tests.journeys import signing_in

pytestmark = BROWSER
ADMIN = STAFF[0]
DONE = 200_000


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample town, open to browsers."""
    with serving(town.site(town.copied(tmp_path_factory.mktemp("imports")))) as url:
        yield url


def signed_in(page: Page) -> None:
    """陈国强 signs in and goes to the imports by the menu."""
    signing_in.staff(page, ADMIN)
    page.goto("/imports")
    assert faults(page) == []


def brought(page: Page, path: Path, source: str) -> None:
    """The first two steps, and the wait for the preview."""
    page.goto("/imports")
    page.fill("#source", source)
    page.set_input_files("#file", str(path))
    page.click("main form button")
    page.wait_for_url("**/imports/*")
    assert faults(page) == []
    page.click("main form button")
    page.wait_for_selector(".big-sum", timeout=DONE)
    assert faults(page) == []


def carried(page: Page) -> None:
    """The third step, a reload on the way, and the result."""
    page.click("form[action$=carry] button")
    page.wait_for_url("**/jobs/*")
    page.reload()
    page.wait_for_selector("[data-state=done]", timeout=DONE)
    assert faults(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_six_thousand_events_and_another_shape_go_in_once(
    chromium: Browser, live: str, shared_data: Path, tmp_path: Path, width: int
) -> None:
    """The page of the job survives a reload; the same file again has nothing to import."""
    source = f"city{width}"
    record = json.loads((shared_data / "egova_synRecStatInfo_sample.json").read_text(encoding="utf-8"))[0]
    other = tmp_path / "record.json"
    other.write_text(json.dumps([record | {"community_name": "六和社区"}]), encoding="utf-8")
    with opened(chromium, live, width=width) as page:
        signed_in(page)
        brought(page, shared_data / "pingshan_events.csv", source)
        assert "共 6,000 行＝可导入 6,000＋已在 0＋错误 0" in page.inner_text(".big-sum")
        carried(page)
        assert "6,000 行" in page.inner_text(".job")
        brought(page, shared_data / "pingshan_events.csv", source)
        assert "可导入 0＋已在 6,000＋错误 0" in page.inner_text(".big-sum")
        brought(page, other, f"egova{width}")
        assert "可导入 1＋" in page.inner_text(".big-sum")
        assert "又说按时又说超时，都不采信" in (page.text_content("main") or "")
        carried(page)
