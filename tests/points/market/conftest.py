"""A small town with a shop: 坪山社区, its counter, its stock keeper, and neighbours with points."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.keys import new_key
from points.market import catalogue_files, deliveries, items, shops
from points.market.models import Item, Shop
from points.people import members, roles
from points.people.models import Area
from tests import books

if TYPE_CHECKING:
    from tests.points.market.allied import Allied, Watch

ON = date(2019, 1, 5)
THIS_YEAR, NEXT_YEAR = date(2019, 12, 31), date(2020, 12, 31)
DISTRICT, STREET, COMMUNITY, ELSEWHERE = "440310000000", "440310001000", "440310001002", "440310001003"


@dataclass(frozen=True)
class Town:
    """A migrated book with the people and things a market needs. 王秀兰 has no points yet and the shelf is empty."""

    book: Book
    shop: Shop
    admin: str
    keeper: str
    counter: str
    wang: str
    zhao: str

    def in_(self, book: Book) -> Town:
        """The same town in a copy of its book."""
        return replace(self, book=book, shop=copy.copy(self.shop))

    async def item(self, name: str) -> Item:
        """An item of the default catalogue."""
        return await items.find(self.book, name)

    async def stock(self, **quantities: int) -> None:
        """Deliver goods: `stock(洗衣液=2)`."""
        goods = {(await self.item(name)).number: quantity for name, quantity in quantities.items()}
        await deliveries.receive(
            self.book, self.shop, goods, document="送货单 1", by=self.keeper, on=ON, key=new_key()
        )

    async def give(self, member: str, points: int, until: date = NEXT_YEAR) -> None:
        """Let a member have points that live until a day."""
        await self.put((chart.until(member, until), points))

    async def put(self, *parts: tuple[str, int]) -> None:
        """Let accounts have points, in one entry."""
        points = sum(amount for _, amount in parts)
        evidence, rows = snapshots.take("gift", new_key(), {"points": points}, at=self.book.now())
        await self.book.journal.post(
            Draft(
                reference=f"award/{new_key()}",
                kind="award",
                evidence=evidence,
                effective_on=ON,
                request=encoding.digest_of({"points": points}),
                postings=tuple(Posting(chart.ISSUED, target, n, chart.POINTS) for target, n in parts),
                rows=rows,
            )
        )


async def enrol(book: Book, name: str, kind: str = "volunteer", area: str = COMMUNITY) -> str:
    """Enrol somebody; their number."""
    someone = await members.enrol(book, name=name, kind=kind, area=area, by="system", on=ON, key=new_key())
    return someone.number


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """The town of every test of the market."""
    async with books.laid(tmp_path, lay_town) as (book, town):
        yield town.in_(book)


@pytest.fixture
def watch(town: Town, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock, after the town was laid out."""
    from tests.points.market import allied  # it is built of this town

    return allied.watched(monkeypatch)


@pytest.fixture
async def allied(town: Town, watch: Watch) -> Allied:
    """The town with its barber."""
    from tests.points.market.allied import live  # as above

    return await live(town)


async def lay_town(book: Book) -> Town:
    """Lay it in an empty book."""
    await _lay_areas(book)
    keeper, counter, admin = [await enrol(book, name, "staff") for name in ("陈静", "张强", "周敏")]
    await roles.grant(book, member=keeper, role="stock_keeper", area=None, by="system", on=ON)
    await roles.grant(book, member=counter, role="counter", area=COMMUNITY, by="system", on=ON)
    await roles.grant(book, member=admin, role="admin", area=DISTRICT, by="system", on=ON)
    await items.install(book, catalogue_files.default(), by="system", on=ON)
    shop = await shops.open_shop(
        book, "桃园道德积分超市", area=COMMUNITY, hours="周一至周五 9:00–17:00", by=admin, on=ON
    )
    wang, zhao = [await enrol(book, name) for name in ("王秀兰", "赵敏")]
    return Town(book, shop, admin, keeper, counter, wang, zhao)


async def _lay_areas(book: Book) -> None:
    rows = [
        Area(code=DISTRICT, name="坪山区", level="district", parent=None, path=f"/{DISTRICT}/"),
        Area(code=STREET, name="坪山街道", level="street", parent=DISTRICT, path=f"/{DISTRICT}/{STREET}/"),
        *(
            Area(
                code=code,
                name=name,
                level="community",
                parent=STREET,
                path=f"/{DISTRICT}/{STREET}/{code}/",
            )
            for code, name in ((COMMUNITY, "六和社区"), (ELSEWHERE, "和平社区"))
        ),
    ]
    async with book.write() as db:
        await Area.bulk_create(rows, using_db=db)
