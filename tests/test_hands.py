"""The hands that type in journeys wait for the page and its field, and say so when there is none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tests import hands
from tests.browser import BROWSER, opened, serving
from tests.hands import pressed, typed

pytestmark = BROWSER
HEAD = '<!doctype html><html lang="zh-CN"><head><title>积善簿</title><link rel="icon" href="data:,"></head><body>'
FORM = (
    '<form><input name="card"><input name="pin"><button>好</button></form><script>{}</script></body></html>'
)
ONWARD = """const [card, pin] = document.querySelectorAll("input");
card.focus();
card.addEventListener("keydown", e => { if (e.key === "Enter") { e.preventDefault(); pin.focus(); } });
addEventListener("keydown", e => { if (e.key === "F9") document.title = "F9"; });"""


async def slowly(request: Request) -> Response:
    """A form whose field has the focus, after its first half was there alone for a while; without=1 leaves that out."""
    script = "" if "without" in request.query_params else ONWARD

    async def parts() -> AsyncIterator[str]:
        yield HEAD + f"<h1>{request.query_params.get('card', '')}</h1>"
        await asyncio.sleep(0.3)
        yield FORM.format(script)

    return StreamingResponse(parts(), media_type="text/html")


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """A site of one page that takes its time."""
    with serving(Starlette(routes=[Route("/", slowly)])) as url:
        yield url


def test_what_is_typed_waits_for_the_page_and_its_field(chromium: Browser, live: str) -> None:
    """The page has begun and has no field yet; the letters arrive all the same, line for line, page after page."""
    with opened(chromium, live) as page:
        page.goto("/", wait_until="commit")
        typed(page, "0001\n1234\n")
        expect(page.locator("h1")).to_have_text("0001")
        typed(page, "0002\n1234\n")
        expect(page.locator("h1")).to_have_text("0002")


def test_a_key_of_the_page_waits_for_its_script(chromium: Browser, live: str) -> None:
    """The script that hears F9 comes last."""
    with opened(chromium, live) as page:
        page.goto("/", wait_until="commit")
        pressed(page, "F9")
        assert page.title() == "F9"


def test_journeys_type_with_these_hands_alone() -> None:
    """A key that is pressed without looking whether the page is there is lost on a busy machine."""
    journeys = (Path(__file__).parent / "journeys").glob("*.py")
    assert [file.name for file in journeys if ".keyboard." in file.read_text(encoding="utf-8")] == []


def test_nothing_is_typed_where_no_field_has_the_focus(
    chromium: Browser, live: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that forgets its focus fails its journey with a sentence."""
    monkeypatch.setattr(hands, "PATIENCE_MS", 500)
    with opened(chromium, live) as page:
        page.goto("/?without=1")
        with pytest.raises(AssertionError, match="no field has the focus"):
            typed(page, "0001")
