"""The pages of shops: open to everybody, and changed by those who work there."""

from __future__ import annotations

import re

from tests.web.guests import Guest, Guests, links, words

EDIT = "/shops/1/edit"


def key_in(page: str) -> str:
    """The key of the first form on a page that has one."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str = EDIT, **fields: object) -> str:
    """Fill in one of the forms of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


def test_strangers_see_where_and_when(shared: Guests) -> None:
    """No sign-in, no names of people, no way to change anything; what it carries, with prices."""
    guest = shared.stranger()
    assert "六和社区道德积分超市" in words(guest.get("/shops"))
    page = guest.get("/shops/1")
    assert "周一至周六 9:00–17:00 周日 不开" in words(page)
    assert "香皂 3 分 还有 59" in words(page)
    assert "张强" not in page
    assert links(page, EDIT) == []
    guest.get("/shops/99", 404)
    guest.client.cookies.set("language", "en")
    assert "Monday to Saturday 9:00–17:00" in words(guest.get("/shops/1"))


def test_the_page_of_a_shop_costs_the_same_however_much_it_carries(guests: Guests) -> None:
    """A constant number of statements."""
    guest = guests.stranger()
    before = guests.statements(guest, "/shops/1")
    keeper = guests.by("吴娟")
    every = [str(n) for n in range(1, 22)]
    send(keeper, EDIT + "/items", items=every)
    assert len(links(guest.get("/shops/1"), "/catalogue/")) == 21
    assert guests.statements(guest, "/shops/1") == before <= 20
