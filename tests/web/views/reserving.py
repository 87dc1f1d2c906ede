"""A town with an unmanned station, where 王秀兰 reserves; and codes that are given at tills."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.book import Book
from points.market import baskets, deliveries, items, pick_up_codes, reservations, shops
from points.people import damm
from points.sample.town import COMMUNITY
from tests.web.guests import Guest, Guests, visiting
from tests.web.site import token_in
from web.models import Limit

WANG, ADMIN, KEEPER = "V-000001", "S-0001", "S-0007"
SALT = 2
Made = tuple[str, str]
"""The key of a reservation and its code."""


@contextmanager
def town(folder: Path) -> Iterator[Guests]:
    """The town; its second shop is the station, with nine packets of salt."""
    with visiting(folder) as opened:
        opened.run(_open_station, opened.book)
        yield opened


async def _open_station(book: Book) -> None:
    today = book.today()
    station = await shops.open_shop(
        book, "三号楼无人站", area=COMMUNITY, hours="", by=ADMIN, on=today, kind="unmanned"
    )
    await deliveries.receive(book, station, {SALT: 9}, document="1", by=KEEPER, on=today, key="salt")


def reserve(guests: Guests, key: str, *, shop: int = 1, item: str = "香皂") -> Made:
    """One thing of three points, by 王秀兰."""
    made: Made = guests.run(_reserve, guests.book, guests.app.state.settings.pepper(), shop, item, key)
    return made


async def _reserve(book: Book, secret: bytes, shop: int, item: str, key: str) -> Made:
    basket = baskets.parse([item], await items.all_items(book))
    place = await shops.find(book, shop)
    row, _ = await reservations.reserve(book, place, WANG, basket, points=3, key=key, secret=secret)
    return row.id, await pick_up_codes.of(book, row.id, secret)


@contextmanager
def reserved(guests: Guests, key: str, *, shop: int = 1, item: str = "香皂") -> Iterator[Made]:
    """The same, cancelled afterwards unless it was picked up."""
    made = reserve(guests, key, shop=shop, item=item)
    yield made
    wang = guests.by("王秀兰")
    where = f"/reservations/{made[0]}/cancellation"
    wang.client.post(where, data={"csrf": token_in(wang.get("/reservations"))})


def wrong(number: int) -> str:
    """A code that is read right and is nobody's."""
    body = f"599999{number}"
    return body + damm.check_digit(body)


def give(guest: Guest, page: str, code: str, path: str = "/counter/1/pick-up") -> Any:
    """Type a code; the answer."""
    return guest.client.post(path, data={"csrf": token_in(page), "code": code})


async def unlock(book: Book) -> None:
    """A quarter of an hour has passed."""
    async with book.write() as db:
        await Limit.filter(key__startswith="pick-up").using_db(db).delete()
