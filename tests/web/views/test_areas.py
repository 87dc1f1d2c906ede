"""Areas by pages."""

from __future__ import annotations

from points.sample.town import COMMUNITY, DISTRICT, STREET
from tests.web.guests import Guests, links, words


def test_one_finds_a_place_by_links_and_by_name(shared: Guests) -> None:
    """From the district down to a community; and at once by a part of its name."""
    guest = shared.by("陈国强")
    assert f"/areas/{DISTRICT}" in links(guest.get("/areas"), "/areas/")
    assert f"/areas/{STREET}" in links(guest.get(f"/areas/{DISTRICT}"), "/areas/")
    assert f"/areas/{COMMUNITY}" in links(guest.get(f"/areas/{STREET}"), "/areas/")
    assert f"/areas/{COMMUNITY}" in links(guest.get("/areas?q=六和"), "/areas/")
    assert "少写几个字" in words(guest.get("/areas?q=没有这里"))
    assert links(guest.get("/areas?q=%25"), "/areas/4") == []


def test_a_place_says_who_may_do_what_there_since_when(shared: Guests) -> None:
    """Its own staff and those above."""
    said = words(shared.by("刘洋").get(f"/areas/{COMMUNITY}"))
    assert "刘洋 · 网格员" in said
    assert "陈国强 · 管理员" in said
    assert "2000年1月1日" in said


def test_what_is_not_in_charge_of_a_place_cannot_change_it(shared: Guests) -> None:
    """A grid worker sees no button, and the page behind it is not there; a place of others is not there at all."""
    worker = shared.by("刘洋")
    assert links(worker.get(f"/areas/{COMMUNITY}"), f"/areas/{COMMUNITY}/edit") == []
    worker.get(f"/areas/{COMMUNITY}/edit", 404)
    worker.get(f"/areas/{DISTRICT}", 404)
    worker.get("/areas/999999999999", 404)


def test_pages_of_areas_cost_the_same_however_much_is_below(shared: Guests) -> None:
    """A street with many communities costs what a community with nothing below costs."""
    guest = shared.by("陈国强")
    most = shared.statements(guest, f"/areas/{STREET}")
    assert most <= shared.statements(guest, f"/areas/{COMMUNITY}") + 1
    assert most <= 30
