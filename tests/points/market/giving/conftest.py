"""王秀兰 lives with 赵敏 and has points; the community has a care fund, a keeper and an approver."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from ledger import statements
from ledger.book import Book
from points import chart
from points.awards import rule_books, rule_text
from points.keys import new_key
from points.market.giving import gifts
from points.market.giving.gifts import Given
from points.people import households, roles
from points.people.models import RoleGrant
from tests import books
from tests.points.market.conftest import COMMUNITY, DISTRICT, ON, Town, enrol, lay_town

HOME = "H-000001"


@dataclass(frozen=True)
class Home:
    """The town of the market, with a household of 王秀兰 and 赵敏 in it."""

    town: Town
    keeper: str
    approver: str
    soon: date
    later: date

    @property
    def book(self) -> Book:
        """The open book."""
        return self.town.book

    async def gift(self, points: int, to: str | None = None, *, key: str = "", named: bool = False) -> Given:
        """王秀兰 gives to 赵敏, or with `to=""` to the care fund."""
        receiver = self.town.zhao if to is None else to
        giver = self.town.wang
        return await gifts.give(
            self.book, giver, to=receiver, points=points, by=giver, key=key or new_key(), named=named
        )

    async def points(self, prefix: str) -> dict[str, int]:
        """What stands under an address, without what is empty."""
        found = await statements.balances(self.book.reader, prefix, unit=chart.POINTS)
        return {each.address.removeprefix(prefix): each.balance for each in found if each.balance}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    """30 points that live until the end of this year and 100 until the end of the next, as the book's clock has it."""
    async with books.laid(tmp_path, lay_home) as (book, home):
        yield replace(home, town=home.town.in_(book))


@pytest.fixture
def town(home: Home) -> Town:
    """The same town."""
    return home.town


async def lay_home(book: Book) -> Home:
    """The town of the market in an empty book, and their household in it."""
    town = await lay_town(book)
    await rule_books.publish(book, rule_text.default(), by=roles.SYSTEM, on=ON)
    keeper, approver = [await enrol(book, name, "staff") for name in ("孙丽", "郑义")]
    # As two people do it; how a role comes to somebody is not what these tests are about.
    rows = [
        RoleGrant(
            id=new_key(), member=member, role=role, area=area, from_on=ON.isoformat(), until_on=None,
            granted_by=town.admin, reference=f"grant/{member}",
        )
        for member, role, area in ((keeper, "fund_keeper", COMMUNITY), (approver, "approver", DISTRICT))
    ]  # fmt: skip
    async with book.write() as db:
        await RoleGrant.bulk_create(rows, using_db=db)
    for member in (town.wang, town.zhao):
        await households.join(book, HOME, member, on=ON)
    this = book.today().year
    soon, later = date(this, 12, 31), date(this + 1, 12, 31)
    await town.give(town.wang, 30, soon)
    await town.give(town.wang, 100, later)
    return Home(town, keeper, approver, soon, later)
