"""How somebody comes in, in every journey that is not about coming in."""

from __future__ import annotations

from playwright.sync_api import Page

from points.sample.town import SignIn


def staff(page: Page, person: SignIn) -> None:
    """By keyboard, at the door for staff."""
    _at("/signin/staff", page, person)


def resident(page: Page, person: SignIn) -> None:
    """By keyboard, with number and PIN."""
    _at("/signin", page, person)


def _at(door: str, page: Page, person: SignIn) -> None:
    """On return the page behind the door is whole: who was let in, and only then."""
    page.goto(door)
    page.fill("#number", person.number)
    page.fill("#secret", person.secret)
    page.press("#secret", "Enter")
    page.wait_for_url(lambda url: "/signin" not in url)
