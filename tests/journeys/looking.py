"""What every page of a journey must pass before the person goes on."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import faults, there


def usable(page: Page) -> None:
    """Readable, pressable and whole at this width, in the usual text and in the largest."""
    there(page)
    usual = page.evaluate("document.documentElement.dataset.size")
    for size in (usual, "4"):
        page.evaluate("size => document.documentElement.dataset.size = size", size)
        found = faults(page)
        assert found == [], f"at size {size}: {found}"
    page.evaluate("size => document.documentElement.dataset.size = size", usual)
