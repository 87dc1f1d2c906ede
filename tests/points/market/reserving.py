"""王秀兰 reserves at home on a Monday morning, and what then stands where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ledger import statements
from ledger.book import Book
from points import chart
from points.keys import new_key
from points.market import baskets, holding, items, orders, reservations, shops
from points.market.reservation_records import Reservation
from tests.points.market.conftest import NEXT_YEAR, Town

SECRET = b"only for tests"
LATER = NEXT_YEAR
MORNING = datetime(2019, 1, 7, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass
class Watch:
    """What time it is in the book."""

    at: datetime

    def passes(self, **span: float) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


def watched(monkeypatch: pytest.MonkeyPatch, at: datetime = MORNING) -> Watch:
    """Every book's time is this watch's, from Monday 7 January 2019 at half past nine."""
    watch = Watch(at.astimezone(ZoneInfo("UTC")))
    monkeypatch.setattr(Book, "now", lambda _book: watch.at)
    return watch


async def reserve(
    town: Town, *entries: str, member: str = "", key: str = "", points: int | None = None
) -> Reservation:
    """王秀兰 reserves, unless the test says otherwise, at the price that her page shows."""
    basket = baskets.parse(entries, await items.all_items(town.book))
    lines, _ = await orders.priced(town.book, basket, town.book.today())
    cost = sum(line.points for line in lines) if points is None else points
    row, _again = await reservations.reserve(
        town.book, town.shop, member or town.wang, basket, points=cost, key=key or new_key(), secret=SECRET
    )
    return row


async def standing(town: Town, name: str = "洗衣液", member: str = "") -> dict[str, int]:
    """A member's purse and what is held for them, the shelf and what is set aside, and what counts as open."""
    who, db, item = member or town.wang, town.book.reader, (await town.item(name)).number
    owned = await statements.balances(db, f"member/{who}/")

    def points(part: str) -> int:
        return sum(each.balance for each in owned if each.address.startswith(f"member/{who}/{part}/"))

    return {
        "purse": points("until"),
        "held": points("held"),
        "shelf": (await shops.stock(town.book, town.shop)).get(item, 0),
        "aside": await statements.balance(db, holding.set_aside(town.shop.number), chart.item(item)),
        "open": await statements.balance(db, holding.counted(who), chart.CAP),
    }
