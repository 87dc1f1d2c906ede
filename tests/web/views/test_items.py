"""The pages of the catalogue's keeper: words, prices, limits, photos; and the second person for a deep cut."""

from __future__ import annotations

import re

from tests.web.guests import Guest, Guests, words

SOAP = "/items/1"


def key_in(page: str) -> str:
    """The key of the last form on a page."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str, **fields: object) -> str:
    """Fill in a form of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


def test_an_item_is_put_in_edited_and_taken_out(guests: Guests) -> None:
    """By the keeper; residents read its words, and nothing of it once it is out."""
    guest = guests.by("吴娟")
    new = {"name": "茶叶", "name_en": "Tea", "kind": "goods", "cost_fen": "1800", "points": "18"}
    where = send(guest, "/items/new", "/items/new", **new)
    assert where == "/items/22"
    words_ = {
        "name": "绿茶",
        "name_en": "Green tea",
        "cost_fen": "1900",
        "about": "半斤",
        "about_en": "250 g",
    }
    send(guest, where + "/edit", where + "/edit", **words_, backing="company", donor="朝阳茶行")
    page = words(guest.get(where))
    assert "绿茶" in page
    assert "19 元" in page
    assert "企业捐赠 朝阳茶行" in page
    guest.press(guest.get("/shops/1/edit"), "/shops/1/edit/items", key="carry1", items=["1", "22"])
    reader = guests.by("王秀兰")
    assert "半斤" in words(reader.get("/catalogue/22"))
    send(guest, where + "/out", where, act="out")
    reader.get("/catalogue/22", 404)
    assert "不换了" in words(guest.get("/items"))


def test_who_reads_and_who_keeps(shared: Guests) -> None:
    """The auditor reads prices and their history and is offered no form; a counter's door it is not."""
    auditor = shared.by("周静")
    assert "每一次定价" in words(auditor.get(SOAP))
    assert "/items/1/edit" not in auditor.get(SOAP)
    for path in (SOAP + "/edit", "/items/new", "/items/999"):
        auditor.get(path, 404)
    shared.by("张强").get("/items", 404)


def test_the_list_costs_the_same_however_many_there_are(guests: Guests) -> None:
    """A constant number of statements for the list and for one item."""
    keeper = guests.by("吴娟")
    before = [guests.statements(keeper, path) for path in ("/items", SOAP)]
    for n in range(3):
        new = {"name": f"茶叶{n}", "name_en": f"Tea {n}", "kind": "goods", "cost_fen": "1", "points": "1"}
        send(keeper, "/items/new", "/items/new", **new)
    assert [guests.statements(keeper, path) for path in ("/items", SOAP)] == before
