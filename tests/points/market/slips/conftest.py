"""A counter with two people, slips printed for it, soap on the shelf, and 王秀兰 with 20 points."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from ledger import statements
from ledger.book import Book
from points import chart
from points.market import baskets
from points.market.redemptions import Redeemed
from points.market.slips import batches, entering
from points.market.slips.numbers import Number
from points.market.slips.records import SlipBatch
from points.market.slips.slips import Slip
from points.people import roles
from tests import books
from tests.points.market.conftest import COMMUNITY, ON, Town, enrol, lay_town

SOAP, LAUNDRY = 1, 7


@dataclass(frozen=True)
class Till:
    """The town of the market, its second person at the counter, and the slips."""

    town: Town
    other: str
    batch: SlipBatch

    @property
    def book(self) -> Book:
        """The open book."""
        return self.town.book

    @property
    def today(self) -> date:
        """The book's day."""
        return self.book.today()

    def number(self, n: int = 1) -> str:
        """A-000n with its check digit."""
        return Number(self.town.shop.number, self.batch.series, n).shown

    async def enter(
        self, n: int = 1, *, member: str | None = None, by: str = "", on: date | None = None, **goods: int
    ) -> Slip:
        """张强 types a slip: two pieces of soap for 王秀兰, unless it says otherwise."""
        wanted = {(await self.town.item(name)).number: count for name, count in goods.items()} or {SOAP: 2}
        return await entering.enter(
            self.book, self.town.shop, self.number(n),
            member=self.town.wang if member is None else member, on=on or self.today,
            basket=baskets.of(wanted), served_by=self.town.counter, by=by or self.town.counter,
        )  # fmt: skip

    async def confirm(self, slip: Slip, *, by: str = "", digest: str = "") -> Redeemed:
        """The other one confirms what they see."""
        seen = digest or (slip.content.digest if slip.content else "")
        return await entering.confirm(
            self.book, self.town.shop, slip.number.shown, digest=seen, by=by or self.other
        )

    async def points(self) -> int:
        """What 王秀兰 has."""
        found = await statements.balances(
            self.book.reader, f"member/{self.town.wang}/until/", unit=chart.POINTS
        )
        return sum(each.balance for each in found)


@pytest.fixture
async def till(tmp_path: Path) -> AsyncIterator[Till]:
    """Twelve slips of series A."""
    async with books.laid(tmp_path, lay_till) as (book, till):
        yield replace(till, town=till.town.in_(book), batch=copy.copy(till.batch))


@pytest.fixture
def town(till: Till) -> Town:
    """The same town."""
    return till.town


async def lay_till(book: Book) -> Till:
    """The town of the market in an empty book, and the slips."""
    town = await lay_town(book)
    other = await enrol(book, "吴娟", "staff")
    await roles.grant(book, member=other, role="counter", area=COMMUNITY, by=town.admin, on=ON)
    await town.stock(香皂=20, 洗衣液=1)
    await town.give(town.wang, 20, date(book.today().year + 1, 12, 31))
    batch = await batches.print_batch(book, town.shop, 12, by=town.counter, key="k1")
    return Till(town, other, batch)
