"""A town with a second shop for pages of stock, and what its tests press and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from points.market import shops
from tests.web.guests import Guest, Guests, visiting, words

SOAP, COOKER = 1, 14


@contextmanager
def two_shops(folder: Path) -> Iterator[Guests]:
    """The site of a town that has 和平驿站 besides."""
    with visiting(folder) as guests:
        guests.run(_open, guests)
        yield guests


async def _open(guests: Guests) -> None:
    await shops.open_shop(
        guests.book,
        "和平驿站",
        area="440310001002",
        hours="周六 9:00–12:00",
        by="S-0001",
        on=guests.book.today(),
    )


def left(guests: Guests, item: int, shop: int = 1) -> int:
    """How many stand on a shelf."""

    async def read() -> int:
        return (await shops.stock(guests.book, await shops.find(guests.book, shop))).get(item, 0)

    return int(guests.run(read))


def delivered(keeper: Guest, key: str, **said: Any) -> str:
    """A delivery of 吴娟's; its page."""
    page = keeper.get("/stock/1/deliveries/new")
    data = {"key": key, "document": "单 7", "source": "donated", "supplier": "坪山超市", **said}
    return keeper.press(page, "/stock/1/deliveries", **data)


def digest(page: str) -> str:
    """What names the request that a page shows."""
    found = re.search(r'name="digest" value="([^"]+)"', page)
    assert found
    return found[1]


def refused(guest: Guest, page: str, path: str, **data: Any) -> str:
    """The words of a form that was not taken."""
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    answer = guest.client.post(path, data={"csrf": token[1], **data})
    assert answer.status_code == 422
    return words(answer.text)
