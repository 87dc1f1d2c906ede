"""Households on pages: moved on a member's page, parted and joined on their own, and taken back."""

from __future__ import annotations

import re

from points.people import households
from tests.web.guests import Guests, words
from tests.web.site import token_in

ONE, TWO = "/members/V-000020", "/members/V-000021"


def home_of(guests: Guests, member: str) -> str | None:
    """Where somebody lives."""

    async def of() -> str | None:
        return (await households.of(guests.book, [member]))[member]

    return guests.run(of)  # type: ignore[no-any-return]


def test_moved_in_parted_and_taken_back(guests: Guests) -> None:
    """Each step is on the household's page, with a button that undoes it."""
    guest = guests.by("张强")
    page = guest.get(ONE)
    guest.press(page, ONE + "/household", key="k1", what="join", household="")
    home = home_of(guests, "V-000020")
    assert home
    guest.press(page, TWO + "/household", key="k2", what="join", household=home)
    path = f"/households/{home}"
    guest.press(guest.get(path), path + "/split", key="k3", member="V-000021")
    assert home_of(guests, "V-000021") not in (home, None)
    change = re.findall(r'name="change" value="([^"]+)"', guest.get(path))[0]
    guest.press(guest.get(path), path + "/undo", key="k4", change=change)
    assert home_of(guests, "V-000021") == home
    assert "已撤销" in words(guest.get(path))
    guest.press(page, TWO + "/household", key="k5", what="leave", household="")
    assert home_of(guests, "V-000021") is None


def test_what_cannot_be_is_said(guests: Guests) -> None:
    """An unknown household on the member's page, one's own on the household's; 422 and nobody moves."""
    guest = guests.by("张强")
    token = token_in(guest.get(ONE))
    wrong = {"csrf": token, "key": "k1", "what": "join", "household": "H-99"}
    answer = guest.client.post(ONE + "/household", data=wrong)
    assert (answer.status_code, "没有家庭户 H-99" in words(answer.text)) == (422, True)
    merged = {"csrf": token, "key": "k2", "into": "HS01"}
    answer = guest.client.post("/households/HS01/merge", data=merged)
    assert (answer.status_code, "同一户" in words(answer.text)) == (422, True)


def test_households_are_for_the_register(shared: Guests) -> None:
    """For others, and of nobody, there is no page; the number of statements does not grow with the people."""
    for name in ("王秀兰", "李梅", "周静"):
        shared.by(name).get("/households/HS01", 404)
    guest = shared.by("张强")
    guest.get("/households/H-99", 404)
    assert shared.statements(guest, "/households/HS01") <= 22
