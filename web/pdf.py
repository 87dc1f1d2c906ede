"""PDF of a page that is printed: written from its own HTML and a style sheet of ours, and from nothing else.

WeasyPrint asks the system for Pango. Where that is missing, `available` is false: pages then offer the browser's own
printing, and nothing fails.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any

import anyio.to_thread
from anyio import CapacityLimiter

from web.pages import HERE

ONE_AT_A_TIME = CapacityLimiter(1)
"""A certificate takes a third of a second of one core: they wait for each other, and the site for none of them."""


class NothingElse(Exception):
    """A page asked for a file or an address while it was printed."""


@functools.cache
def available() -> bool:
    """Whether this machine can write a PDF; asked once, and not before somebody wants one (it takes a second)."""
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


async def write(html: str, sheet: str) -> bytes:
    """The PDF of a page, with one of our style sheets (`certificate.css`). Nothing is fetched: see `_nothing`."""
    return await anyio.to_thread.run_sync(_write, html, sheet, limiter=ONE_AT_A_TIME)


def _write(html: str, sheet: str) -> bytes:
    import weasyprint  # only where it is asked for: it takes a second, and Pango

    style = weasyprint.CSS(string=(HERE / "static" / sheet).read_text(encoding="utf-8"), url_fetcher=_nothing)
    pages = weasyprint.HTML(string=html, url_fetcher=_nothing)
    return bytes(pages.write_pdf(stylesheets=[style]))


def _nothing(url: str, *_given: Any, **_named: Any) -> Any:
    """No picture, no font, no address: what is printed stands in the page."""
    raise NothingElse(url)
