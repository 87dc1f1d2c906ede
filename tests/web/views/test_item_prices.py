"""A price set on a page, and the second person for a deep cut."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from tests.web.guests import Guest, Guests, words

SOAP = "/items/1"


def key_in(page: str) -> str:
    """The key of the last form on a page."""
    return re.findall(r'name="key" value="(\w+)"', page)[-1]


def send(guest: Guest, path: str, at: str, **fields: object) -> str:
    """Fill in a form of a page; where it led."""
    page = guest.get(at)
    return guest.press(page, path, key=key_in(page), **fields)


async def _today(guests: Guests) -> Any:
    return guests.book.today()


def test_a_deep_cut_waits_for_a_second_person_who_sees_the_same(guests: Guests) -> None:
    """The keeper is led to the request, and cannot approve it; the approver can, and then it is the price."""
    keeper, day = guests.by("吴娟"), guests.run(_today, guests) + timedelta(days=2)
    where = send(keeper, SOAP + "/price", SOAP + "/price", points="1", from_on=day.isoformat())
    assert where.startswith("/items/price-requests/")
    assert "要另一人审批" in words(keeper.get(where))
    second = guests.by("郑义")
    assert "3 → 1 分" in words(second.get("/items"))
    assert "1 件" in words(second.get("/desk")) or "物品目录" in words(second.get("/desk"))
    page = second.get(where)
    digest = re.findall(r'name="digest" value="([^"]+)"', page)[0]
    second.press(page, where, decision="approve", digest=digest)
    assert "已经批准" in words(keeper.get(where))
    assert f"{day.isoformat()} 1 吴娟" in words(keeper.get(SOAP))
    assert send(keeper, SOAP + "/price", SOAP + "/price", points="2", from_on=day.isoformat()) == SOAP
