"""How somebody who works here comes in, in every journey."""

from __future__ import annotations

from playwright.sync_api import Page

from points.sample.town import SignIn


def staff(page: Page, person: SignIn) -> None:
    """By keyboard, at the door for staff."""
    page.goto("/signin/staff")
    page.fill("#number", person.number)
    page.fill("#secret", person.secret)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/signin" not in url)
