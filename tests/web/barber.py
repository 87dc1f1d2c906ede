"""A barber of the next community, allied with the town's: 周师傅 cut 王秀兰's hair twice, and a month has passed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ledger.book import Book
from ledger.clock import Clock
from points.district import open_district
from points.keys import new_key
from points.market import alliances, baskets, contracts, counter, deliveries, items, merchants, shops
from points.market.redemptions import Redeemed
from points.people import members, signin
from points.sample.town import COMMUNITY, DISTRICT

ADMIN, STOCK, WANG = "S-0001", "S-0007", "V-000001"
SECRET = "jiandao-7719"


@dataclass(frozen=True)
class Barber:
    """The shop's number, who works there, the month in which hair was cut, and the next community."""

    shop: int
    zhou: str
    month: str
    place: str
    alliance: int


async def next_community(book: Book) -> str:
    """Another community of the district."""
    sql = "SELECT code FROM people_area WHERE level = 'community' AND code <> ? ORDER BY code LIMIT 1"
    return str((await book.reader.execute_query_dict(sql, [COMMUNITY]))[0]["code"])


async def open_up(book: Book, pepper: bytes, *, cuts: int = 2) -> Barber:
    """Open the shop, sign, ally, stock and appoint; then so many haircuts."""
    today, place = book.today(), await next_community(book)
    said = {"by": ADMIN, "on": today}
    shop = await shops.open_shop(
        book, "老周理发", area=place, hours="周一至周日 9:00–18:00", kind="merchant", **said
    )
    zhou = await members.enrol(book, name="周师傅", kind="staff", area=place, key="zhou", **said)
    await signin.set_password(book, zhou.number, SECRET, by=zhou.number, pepper=pepper)
    one = await alliances.found(book, "红色信用联盟", kind="alliance", area=DISTRICT, **said)
    for kind, who in (("community", COMMUNITY), ("community", place), ("shop", str(shop.number))):
        await alliances.join(book, one.number, kind=kind, who=who, **said)
    days = {"from_on": today, "until_on": today + timedelta(days=365)}
    await contracts.sign(book, shop, sponsor="street", by=ADMIN, key="first", **days)
    await merchants.appoint(book, shop, zhou.number, **said)
    haircut = (await items.find(book, "理发一次")).number
    await deliveries.receive(book, shop, {haircut: 50}, document="协议 1", by=STOCK, on=today, key=new_key())
    barber = Barber(shop.number, zhou.number, today.isoformat()[:7], place, one.number)
    for _ in range(cuts):
        await cut(book, barber)
    return barber


async def cut(book: Book, barber: Barber) -> Redeemed:
    """周师傅 cuts 王秀兰's hair."""
    wanted = baskets.parse(["理发一次"], await items.all_items(book))
    return await counter.redeem(
        book, await shops.find(book, barber.shop), WANG, wanted,
        by=barber.zhou, key=new_key(), on=book.today(), found_by="card",
    )  # fmt: skip


def in_book(book: Path, *, cuts: int = 2) -> Barber:
    """The same in the book of this address, which is closed again."""

    async def opening() -> Barber:
        async with open_district(f"sqlite://{book}") as opened:
            return await open_up(opened, b"p" * 32, cuts=cuts)

    return asyncio.run(opening())


def let_a_month_pass(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is noon of the fifth of the next month, in every book."""
    then = (Clock().now().replace(day=1) + timedelta(days=32)).replace(day=5, hour=4)
    monkeypatch.setattr(Clock, "now", lambda _clock: then)
    return then


def drawn(guests: Any, shop: Barber) -> str:
    """孙丽 draws the month up; where the statement is."""
    keeper = guests.by("孙丽")
    page = keeper.get(f"/merchants/{shop.shop}")
    said = {"month": shop.month, "key": "a1"}
    at = keeper.press(page, f"/merchants/{shop.shop}/settlements", **said)
    assert keeper.press(page, f"/merchants/{shop.shop}/settlements", **said) == at
    return str(at)


def signed_in(guests: Any, number: str, secret: str = SECRET) -> Any:
    """Somebody's browser, by their number."""
    guest = guests.stranger()
    said = {"next": "/", "number": number, "secret": secret}
    guest.press(guest.get("/signin/staff"), "/signin/staff", **said)
    return guest
