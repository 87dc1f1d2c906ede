"""PDF of a page that is printed: written from its own HTML and a style sheet of ours, and from nothing else.

WeasyPrint asks the system for Pango. Where that is missing, `available` is false: pages then offer the browser's own
printing, and nothing fails.
"""

from __future__ import annotations

import functools
import importlib

import anyio.to_thread
from anyio import CapacityLimiter

from web.pages import HERE

ONE_AT_A_TIME = CapacityLimiter(1)
"""A certificate takes a third of a second of one core: they wait for each other, and the site for none of them."""


@functools.cache
def available() -> bool:
    """Whether this machine can write a PDF; asked once, and not before somebody wants one (it takes a second)."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


async def write(html: str, sheet: str) -> bytes:
    """The PDF of a page, with one of our style sheets (`certificate.css`). Nothing is fetched."""
    return await anyio.to_thread.run_sync(_write, html, sheet, limiter=ONE_AT_A_TIME)


def _write(html: str, sheet: str) -> bytes:
    import weasyprint  # only where it is asked for: it takes a second, and Pango
    from weasyprint.urls import URLFetcher

    # What is printed stands in the page: no picture, no font, no file and no address is opened for it.
    nothing = URLFetcher(allowed_protocols=())
    style = weasyprint.CSS(string=(HERE / "static" / sheet).read_text(encoding="utf-8"), url_fetcher=nothing)
    return bytes(weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(stylesheets=[style]))
