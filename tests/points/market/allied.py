"""A barber in an alliance of two communities, with the people who settle with him; and a clock that can be put on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from ledger.book import Book
from ledger.clock import Clock
from points.keys import new_key
from points.market import alliances, baskets, contracts, counter, deliveries, items, merchants, shops
from points.market.models import Shop
from points.market.pools import Parts
from points.market.redemptions import Redeemed
from points.people.roles import Grant, grant_row
from tests.points.market.conftest import COMMUNITY, DISTRICT, ELSEWHERE, Town, enrol

HAIRCUT, CHECK = "理发一次", "体检一次"


@dataclass
class Watch:
    """What time it is, in every book and its ledger."""

    at: datetime

    def next_month(self, day: int = 5) -> None:
        """Let it be noon on such a day of the month after."""
        first = (self.at.replace(day=1) + timedelta(days=32)).replace(day=day)
        self.at = first.replace(hour=4, minute=0)


def watched(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Time stands still at noon of the 10th of a later month than any entry was written in, until it is put on."""
    watch = Watch(datetime.now(UTC))
    watch.next_month(10)
    monkeypatch.setattr(Clock, "now", lambda _clock: watch.at)
    return watch


@dataclass(frozen=True)
class Allied:
    """The town with a barber's shop in the other community, allied with this one; 老周 works there.

    `keeper` and `second` keep and approve funds, of the whole book; `liu` lives where the shop is.
    """

    town: Town
    barber: Shop
    zhou: str
    keeper: str
    second: str
    liu: str
    alliance: int

    @property
    def book(self) -> Book:
        """The book."""
        return self.town.book

    @property
    def today(self) -> date:
        """The book's day."""
        return self.town.book.today()

    @property
    def month(self) -> str:
        """The book's month."""
        return self.today.isoformat()[:7]

    async def cut(
        self, *entries: str, member: str = "", by: str = "", key: str = "", together: Parts = ()
    ) -> Redeemed:
        """老周 cuts 王秀兰's hair, unless the test says otherwise; `together` is who of her household gives what."""
        wanted = baskets.parse(entries or (HAIRCUT,), await items.all_items(self.book))
        return await counter.redeem(
            self.book, self.barber, member or self.town.wang, wanted,
            by=by or self.zhou, key=key or new_key(), on=self.today, found_by="card", together=together,
        )  # fmt: skip

    async def buy(self, member: str, *entries: str) -> Redeemed:
        """张强 hands over in the supermarket."""
        wanted = baskets.parse(entries, await items.all_items(self.book))
        return await counter.redeem(
            self.book, self.town.shop, member, wanted,
            by=self.town.counter, key=new_key(), on=self.today, found_by="card",
        )  # fmt: skip

    async def leave(self, who: str) -> None:
        """周敏 lets a shop or a community leave the alliance today."""
        for each in await alliances.members(self.book, self.alliance):
            if each.who == who and each.left_on is None:
                await alliances.leave(self.book, each.id, by=self.town.admin, on=self.today)


async def given(book: Book, member: str, role: str, area: str | None) -> None:
    """A role as two people gave it."""
    grant = Grant(new_key(), member, role, area, "2018-01-01", None)
    async with book.write() as db:
        await grant_row(grant, f"given/{member}", by="system").save(using_db=db)


async def live(town: Town) -> Allied:
    """Found the alliance, sign with the barber and stand ten of each of his services on the shelf."""
    book, today = town.book, town.book.today()
    keeper, second, zhou = [await enrol(book, name, "staff") for name in ("孙丽", "郑义", "周师傅")]
    await given(book, keeper, "fund_keeper", None)
    await given(book, second, "approver", None)
    liu = await enrol(book, "刘洋", area=ELSEWHERE)
    barber = await shops.open_shop(
        book,
        "老周理发",
        area=ELSEWHERE,
        hours="周一至周日 9:00–18:00",
        by=town.admin,
        on=today,
        kind="merchant",
    )
    one = await alliances.found(book, "红色信用联盟", kind="alliance", area=DISTRICT, by=town.admin, on=today)
    for kind, who in (("community", COMMUNITY), ("community", ELSEWHERE), ("shop", str(barber.number))):
        await alliances.join(book, one.number, kind=kind, who=who, by=town.admin, on=today)
    check = (await town.item(CHECK)).number
    await contracts.sign(
        book, barber, from_on=today, until_on=today + timedelta(days=365), sponsor="street",
        by=town.admin, key="first", fen={check: 1200},
    )  # fmt: skip
    await merchants.appoint(book, barber, zhou, by=town.admin, on=today)
    goods = {(await town.item(name)).number: 10 for name in (HAIRCUT, CHECK)}
    await deliveries.receive(book, barber, goods, document="协议 1", by=town.keeper, on=today, key=new_key())
    for member in (town.wang, liu):
        await town.give(member, 100, until=today + timedelta(days=400))
    return Allied(town, barber, zhou, keeper, second, liu, one.number)
