"""A merchant sees what lies there for others: what and until when, under a masked name; and what nobody fetched."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from ledger.book import Book
from points.market import baskets, items, reservations, shops
from tests.web.guests import links, words
from tests.web.views.test_merchant_till import WANG, Till, given, till

__all__ = ["till"]


def test_what_is_reserved_is_listed_until_when_and_then_as_not_fetched(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found from the shop's page; by the day it is kept until; no points, number or whole name; never a stranger's."""
    book, at = till.guests.book, f"/merchant/{till.shop.shop}/reservations"
    assert at in links(till.zhou.get("/merchant"), "/merchant/")
    assert "没有等着取的" in words(till.zhou.get(at))
    before = till.guests.statements(till.zhou, at)
    till.guests.run(given, book)

    async def reserve() -> datetime:
        basket = baskets.parse(["理发一次x2"], await items.all_items(book))
        place = await shops.find(book, till.shop.shop)
        row, _ = await reservations.reserve(
            book,
            place,
            WANG.number,
            basket,
            points=20,
            key="home-9",
            secret=till.guests.app.state.settings.pepper(),
        )
        return row.until_at

    until = till.guests.run(reserve)
    page = till.zhou.get(at)
    assert ("王*兰" in words(page), "理发一次 ×2" in words(page)) == (True, True)
    main = page.split("<main", 1)[1]
    assert (WANG.number in main, "王秀兰" in main, "20 分" in main) == (False, False, False)
    ends = (until.astimezone(book.zone) - timedelta(microseconds=1)).date()
    kept = {"today": ends == book.today(), "tomorrow": ends == book.today() + timedelta(days=1)}
    assert any(kept.values())
    for show, shown in {**kept, "missed": False}.items():
        assert ("王*兰" in words(till.zhou.get(f"{at}?show={show}"))) is shown, show
    assert till.guests.statements(till.zhou, at) <= before + 6
    till.guests.by("张强").get(at, 404)
    monkeypatch.setattr(Book, "now", lambda _book: until + timedelta(minutes=1))
    assert "王*兰" not in words(till.zhou.get(at))
    assert "理发一次 ×2" in words(till.zhou.get(f"{at}?show=missed"))
