"""How many one may have and who, said by the keeper and read by residents."""

from __future__ import annotations

import re

from tests.web.guests import Guest, Guests, words
from tests.web.site import token_in

SOAP = "/items/1"


def key_in(page: str) -> str:
    """The key of the last form on a page."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str, **fields: object) -> str:
    """Fill in a form of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


def test_limits_and_who_may_have_it_are_said_to_residents(guests: Guests) -> None:
    """The limit from tomorrow, who may have it from today; both stand in the item's history."""
    keeper, reader = guests.by("吴娟"), guests.by("王秀兰")
    terms = SOAP + "/terms"
    send(keeper, terms + "/limit", terms, of="member", per="month", most="2")
    assert "每月每人 2" in words(keeper.get(SOAP))
    send(keeper, terms + "/audience", terms, kinds=["special"])
    assert "不能换 只给定好的几类成员换" in words(reader.get("/catalogue/1"))
    page = keeper.get(terms)
    sent = {"csrf": token_in(page), "key": key_in(page), "areas": "没有这个社区"}
    answer = keeper.client.post(terms + "/audience", data=sent)
    assert answer.status_code == 422
    assert "没有这个社区" in answer.text
