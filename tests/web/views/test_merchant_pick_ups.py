"""What was reserved at home is fetched at a merchant's till: a thing and a masked name, once."""

from __future__ import annotations

from points.market import baskets, items, pick_up_codes, reservations, shops
from tests.web.guests import Guests, words
from tests.web.views.test_merchant_till import WANG, Till, given, till

__all__ = ["till"]


async def _reserved(guests: Guests, shop: int, key: str) -> str:
    """The code of a haircut that 王秀兰 reserved at home."""
    book, secret = guests.book, guests.app.state.settings.pepper()
    basket = baskets.parse(["理发一次"], await items.all_items(book))
    place = await shops.find(book, shop)
    row, _ = await reservations.reserve(book, place, WANG.number, basket, points=10, key=key, secret=secret)
    return await pick_up_codes.of(book, row.id, secret)


def test_what_was_reserved_at_home_is_handed_over_by_its_code(till: Till) -> None:
    """The thing and a masked name, and no points; pressed twice it is one receipt, and the code is spent."""
    till.guests.run(given, till.guests.book)
    code = till.guests.run(_reserved, till.guests, till.shop.shop, "home-1")
    status, at = till.send(till.at, who=code)
    assert status == 303
    page = words(till.zhou.get(at))
    assert ("王*兰" in page, "理发一次" in page, "分" in page.replace("积分", "")) == (True, True, False)
    first = till.send(at)
    assert first[0] == 303
    assert till.send(at) == first
    assert "理发一次 ×1" in words(till.zhou.get(first[1]))
    status, again = till.send(till.at, who=code)
    assert (status, till.zhou.client.get(again).status_code) == (303, 303)
