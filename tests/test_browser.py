"""The browser's own instruments: each fault they look for is found on a page made with it, and a good page has none."""

from __future__ import annotations

from collections.abc import Iterator

import anyio.lowlevel
import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.browser import BROWSER, elsewhere, faults, opened, serving

pytestmark = BROWSER
PAGE = """<!doctype html><html lang="zh-CN"><head><title>积善簿</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width"></head><body><main><h1>善</h1>{}</main></body></html>"""
GOOD = """<p>请看<a href="/">说明</a>，再按下面的按钮。</p>
<button style="min-height:48px;min-width:48px;font-size:18px">确定</button>
<label style="display:block;padding:12px 0;font-size:18px"><input type="checkbox"> 我同意</label>"""
BAD = {
    "overflow": '<p style="width:900px">太宽</p>',
    "small target": '<button style="width:30px;height:30px;font-size:16px">好</button>',
    "small text": '<p style="font-size:12px">看不清</p>',
    "axe color-contrast": '<p style="color:#999;font-size:18px">太淡</p>',
    "axe label": '<input style="width:100px;height:48px;font-size:18px">',
}


def page(request: Request) -> Response:
    """The good page, or one with a single fault, under the policy the real pages have."""
    body = PAGE.format(BAD.get(request.query_params.get("fault", ""), GOOD))
    return HTMLResponse(body, headers={"Content-Security-Policy": "script-src 'none'"})


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    """A site of one page."""
    with serving(Starlette(routes=[Route("/", page)])) as url:
        yield url


def test_a_good_page_has_no_faults(chromium: Browser, live: str) -> None:
    """A link inside a sentence and a box with a tall label are not called small."""
    with opened(chromium, live) as visitor:
        visitor.goto("/")
        assert faults(visitor) == []


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_found_and_named(chromium: Browser, live: str, fault: str) -> None:
    """Each instrument finds what it is for; one that finds nothing would make every page pass."""
    with opened(chromium, live) as visitor:
        visitor.goto(f"/?fault={fault}")
        assert any(found.startswith(fault) for found in faults(visitor))


def test_an_error_the_page_logs_fails_the_test_unless_forgiven(chromium: Browser, live: str) -> None:
    """A missing page is an error in the console; `forgiven` is for the ones provoked on purpose."""
    with pytest.raises(AssertionError, match="404"), opened(chromium, live) as visitor:
        visitor.goto("/nowhere")
    with opened(chromium, live, forgiven=("404",)) as visitor:
        visitor.goto("/nowhere")


def test_a_book_can_be_prepared_while_the_browser_runs(chromium: Browser) -> None:
    """`elsewhere` runs what is asynchronous in a thread of its own and hands its answer back."""

    async def sum_of(first: int, second: int) -> int:
        await anyio.lowlevel.checkpoint()
        return first + second

    assert elsewhere(sum_of, 2, 3) == 5


@pytest.mark.anyio
async def test_asynchronous_tests_run_beside_the_browser() -> None:
    """The browser's own loop does not keep asynchronous tests from running in the same process."""
