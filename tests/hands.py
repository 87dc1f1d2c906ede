"""Hands at a keyboard, and a scanner that types: keys go to a page that is whole, into a field that has the focus.

    pressed(page, "F9")                   # a page's own key, whatever has the focus
    typed(page, "0001 王 03-12\\n")        # into the field with the focus; Enter at the end of a line

What is typed while a page is on its way is lost, for a person as for a test. A person sees that the page is there; a
test must look. Where a key leads to another page, look for what only that page shows before the next key or reading.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import PATIENCE_MS, there

FIELD = ":is(input, textarea, select):focus"
NOWHERE = "no field has the focus: what is typed now is lost"


def typed(page: Page, text: str) -> None:
    """Type into the field that has the focus, Enter at the end of each line; the focus may move with each Enter."""
    *lines, rest = text.split("\n")
    for line in lines:
        _into_a_field(page, line)
        pressed(page, "Enter")
    if rest:
        _into_a_field(page, rest)


def _into_a_field(page: Page, text: str) -> None:
    """The letters of one line."""
    there(page)
    expect(page.locator(FIELD), NOWHERE).to_be_visible(timeout=PATIENCE_MS)
    page.keyboard.type(text)


def pressed(page: Page, *keys: str) -> None:
    """Press keys one after another on whatever has the focus; a page that a key sends for has begun on return."""
    for key in keys:
        there(page)
        page.locator("body, :focus").last.press(key)
