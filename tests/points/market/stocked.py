"""Who works with stock besides 陈静: a second keeper, an approver, and another shop with somebody at its counter."""

from __future__ import annotations

from dataclasses import dataclass

from points.market import deliveries, shops
from points.market.models import Shop
from points.people import roles
from tests.points.market.conftest import COMMUNITY, DISTRICT, ELSEWHERE, ON, Town, enrol


@dataclass(frozen=True)
class Stocked:
    """The town, with `other` (a shop of the next community), `there` at its counter, and `second` who approves."""

    town: Town
    other: Shop
    there: str
    second: str

    async def left(self, item: int, shop: Shop | None = None) -> int:
        """How many stand on a shelf."""
        return (await shops.stock(self.town.book, shop or self.town.shop)).get(item, 0)

    async def deliver(self, key: str = "d1", **quantities: int) -> deliveries.Received:
        """陈静 takes goods in; the delivery."""
        town = self.town
        goods = {(await town.item(name)).number: n for name, n in quantities.items()}
        receipt = await deliveries.receive(
            town.book, town.shop, goods, document="送货单 9", by=town.keeper, on=ON, key=key
        )
        return await deliveries.find(town.book, town.shop, receipt.position)


async def lay(town: Town) -> Stocked:
    """Open the other shop and enrol the people."""
    there, second = [await enrol(town.book, name, "staff") for name in ("刘芳", "郑义")]
    await roles.grant(town.book, member=there, role="counter", area=ELSEWHERE, by=town.admin, on=ON)
    await roles.grant(town.book, member=second, role="stock_keeper", area=DISTRICT, by=town.admin, on=ON)
    other = await shops.open_shop(
        town.book, "和平道德积分超市", area=ELSEWHERE, hours="周一至周五 9:00–17:00", by=town.admin, on=ON
    )
    assert COMMUNITY != ELSEWHERE
    return Stocked(town, other, there, second)
