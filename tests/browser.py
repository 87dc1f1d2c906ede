"""A real browser for the tests of pages: Debian's Chromium, headless, with what a page must pass to be called usable.

    pytestmark = BROWSER

    def test_the_balance_is_readable(chromium: Browser, live: str) -> None:
        with opened(chromium, live, width=360) as page:
            page.goto("/")
            assert faults(page) == []

`opened` fails the test when the page logged an error; `faults` is axe-core's AAA rules and the four things axe does
not measure. Nothing is downloaded: Chromium comes from Debian, axe-core inside axe-playwright-python.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import anyio
import pytest
import uvicorn
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.figures import FULL

Result = TypeVar("Result")
BROWSER = [pytest.mark.needs("chromium", "fonts")]
ARGUMENTS = (
    "--no-sandbox",  # root has no sandbox; every page here is ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE_RUN = """axe.run(document, {
    runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'wcag2aaa', 'best-practice']},
    rules: {'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}}
})"""
PATIENCE_MS = 60_000
"""How long a test waits for what it looks for: two cores shared with others are slow at odd moments."""
SMALLEST_TARGET_PX = 44
SMALLEST_TEXT_PX = 16

# What a finger can press: shown, not inside a running sentence (WCAG 2.5.8's exception), a box together with its label.
SMALL_TARGETS = """smallest => {
    const shown = e => e.checkVisibility({checkVisibilityCSS: true});
    const box = e => {
        const boxes = [e, ...(e.labels ?? [])].filter(shown).map(x => x.getBoundingClientRect());
        const side = (f, p) => f(...boxes.map(b => b[p]));
        const right = side(Math.max, 'right'), bottom = side(Math.max, 'bottom');
        return {w: right - side(Math.min, 'left'), h: bottom - side(Math.min, 'top'), right, bottom};
    };
    const inSentence = e => getComputedStyle(e).display === 'inline'
        && [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter(e => shown(e) && !inSentence(e))
        .map(e => [e, box(e)])
        .filter(([e, b]) => b.right > 0 && b.bottom > 0 && b.w > 1 && b.h > 1)
        .filter(([e, b]) => b.w + 0.5 < smallest || b.h + 0.5 < smallest)
        .map(([e, b]) => `${e.tagName.toLowerCase()} “${(e.textContent || e.name).trim().slice(0, 20)}” `
            + `${Math.round(b.w)}×${Math.round(b.h)} px`);
}"""
SMALL_TEXTS = """smallest => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim(), e = walker.currentNode.parentElement;
        const size = parseFloat(getComputedStyle(e).fontSize);
        if (text && size < smallest && e.checkVisibility({checkVisibilityCSS: true}) && !e.closest('script, style'))
            found.push(`“${text.slice(0, 20)}” ${size} px`);
    }
    return found;
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once; mark the module with `pytestmark = BROWSER`."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=list(ARGUMENTS)
        )
        yield browser
        browser.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files with the browser in them run last: Playwright leaves an event loop running here, where anyio wants none.

    On several cores the tests of a file stay together (`--dist loadfile`), so a file waits with its last.
    A journey that can be made at several widths is made at one of them, and at all with `make matrix`: test_look opens
    every page at every width in every run.
    """
    widths = _widths(items)
    for ways in widths.values():
        for item in ways:
            item.add_marker(pytest.mark.matrix)
    left_out = set() if FULL else {item for name, ways in widths.items() for item in _but_one(name, ways)}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
    last = {item.path for item in items if _in_a_browser(item)}
    kept = [item for item in items if item not in left_out]
    items[:] = sorted(kept, key=lambda item: (item.path in last, _in_a_browser(item)))


def _widths(items: list[pytest.Item]) -> dict[str, list[pytest.Item]]:
    """The journeys that can be made at several widths, each with its ways."""
    found = defaultdict[str, list[pytest.Item]](list)
    for item in items:
        ways = getattr(item, "callspec", None)
        if ways and "width" in ways.params and _in_a_browser(item) and item.path.parent.name == "journeys":
            others = [
                f"{name}={value}"
                for name, value in sorted(ways.params.items())
                if name not in ("width", "turn")
            ]
            found[f"{item.path.name}::{item.name.partition('[')[0]} {others}"].append(item)
    return {name: ways for name, ways in found.items() if len(ways) > 1}


def _but_one(name: str, ways: list[pytest.Item]) -> list[pytest.Item]:
    """All but one, by the name alone: every process of a run leaves out the same, and the widths take turns."""
    kept = ways[zlib.crc32(name.encode()) % len(ways)]
    return [item for item in ways if item is not kept]


def _in_a_browser(item: pytest.Item) -> bool:
    return "chromium" in getattr(item, "fixturenames", ())


def elsewhere(work: Callable[..., Awaitable[Result]], *arguments: Any) -> Result:
    """Run an asynchronous function to its end in a thread of its own: the way to prepare a book for a browser test."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(anyio.run, work, *arguments).result()


@contextmanager
def opened(
    browser: Browser,
    url: str,
    *,
    width: int = 360,
    height: int = 780,
    locale: str = "zh-CN",
    forgiven: tuple[str, ...] = (),
    **options: Any,
) -> Iterator[Page]:
    """A fresh visitor's page, `url` being the site's root; on leaving, any error the page logged fails the test.

    `forgiven` are parts of messages that were provoked, such as "404". Further options go to `Browser.new_context`.
    """
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        locale=locale,
        timezone_id="Asia/Shanghai",
        **options,
    )
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} ({message.location.get('url', '')})")

    try:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        unexpected = [error for error in errors if not any(part in error for part in forgiven)]
        assert unexpected == [], "the page logged errors"
    finally:
        context.close()


def there(page: Page) -> None:
    """Wait until the page is whole and its scripts have run: what it shows can be read, and keys are heard."""
    page.wait_for_load_state("load")


def faults(page: Page) -> list[str]:
    """Everything that keeps somebody from using the page as it is now; empty when it is good.

    A page that a click has just sent for may still be on its way: it is looked at once it is there.
    """
    there(page)
    sideways = page.evaluate(SIDEWAYS)
    return [
        *axe(page),
        *([f"overflow: {sideways} px sideways"] if sideways > 0 else []),
        *(f"small target: {found}" for found in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET_PX)),
        *(f"small text: {found}" for found in page.evaluate(SMALL_TEXTS, SMALLEST_TEXT_PX)),
    ]


def axe(page: Page) -> list[str]:
    """Violations of axe-core's rules up to AAA, one line for each element.

    It runs in an isolated world, so that the page keeps its real, strict Content-Security-Policy.
    """
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})
    place = {"contextId": world["executionContextId"]}
    session.send("Runtime.evaluate", {"expression": AXE_SCRIPT, **place})
    answer = session.send(
        "Runtime.evaluate", {"expression": AXE_RUN, "awaitPromise": True, "returnByValue": True, **place}
    )
    session.detach()
    assert "exceptionDetails" not in answer, answer
    violations = answer["result"]["value"]["violations"]
    return [f"axe {rule['id']}: {node['html'][:120]}" for rule in violations for node in rule["nodes"]]


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an ASGI application with uvicorn on a free port of 127.0.0.1, in a thread; yields `http://127.0.0.1:…`.

    @pytest.fixture(scope="module")
    def live(...) -> Iterator[str]:
        with serving(create_app(settings, ...)) as url:
            yield url
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until_started(server, thread)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=60)
    assert not thread.is_alive(), "the server did not stop within a minute"


def wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    """Wait until the server answers, at most a minute; a server that gives up is an error at once."""
    latest = time.monotonic() + 60
    while not server.started:
        assert thread.is_alive(), "the server ended while starting"
        assert time.monotonic() < latest, "the server did not start within a minute"
        time.sleep(0.02)
