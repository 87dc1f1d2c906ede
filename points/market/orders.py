"""An order: all that is asked when things are handed over for points, with the prices it is asked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger import encoding
from ledger.book import Book
from points.market import items, prices
from points.market.baskets import Basket
from points.market.errors import NoPrice, TakenOut, UnknownItem
from points.market.models import Item, Price, Shop
from points.market.pools import Parts
from points.market.redemptions import Line, line_of

FOUND_BY = ("card", "phone", "code", "number", "manual", "pickup", "slip", "merchant", "rest", "team")
"""How the person was found, or what they brought: at most ten letters each."""


@dataclass(frozen=True, slots=True)
class Order:
    """All that was asked, with the prices of the day. `price_ids` go with `lines`.

    `together` is what each purse of a household gives, or a team; `also` names what else it stands on, a reservation, a
    slip, the redemption of which it is the rest, or the team that spends and who agreed beside its leader: codes and
    numbers only, for it is in the evidence and in what was asked.
    """

    shop: Shop
    member: str
    lines: tuple[Line, ...]
    price_ids: tuple[str, ...]
    by: str
    key: str
    on: date
    found_by: str
    together: Parts = ()
    also: tuple[tuple[str, str], ...] = ()

    @property
    def points(self) -> int:
        """What all of it costs."""
        return sum(line.points for line in self.lines)

    @property
    def group(self) -> str:
        """The number of the team or studio that spends; empty for anybody else."""
        return dict(self.also).get("team", "")

    @property
    def reference(self) -> str:
        """One effect for each key in a shop, whichever way it is handed over."""
        return f"redeem/{self.shop.number}/{self.key}"

    @property
    def request(self) -> str:
        """The digest of what was asked: member, shop, items and quantities, the version of each price, and what each of
        the household was to give."""
        wanted = [
            [line.item, line.quantity, price] for line, price in zip(self.lines, self.price_ids, strict=True)
        ]
        asked = {"items": wanted, "member": self.member, "shop": self.shop.number}
        return encoding.digest_of(asked | self._said())

    @property
    def snapshot(self) -> dict[str, object]:
        """What was in the basket, frozen: the evidence that the transaction cites."""
        return {
            "by": self.by,
            "found_by": self.found_by,
            "items": [
                {
                    "item": line.item,
                    "name": line.name,
                    "price": line.price,
                    "price_id": price,
                    "quantity": line.quantity,
                }
                for line, price in zip(self.lines, self.price_ids, strict=True)
            ],
            "member": self.member,
            "on": self.on.isoformat(),
            "points": self.points,
            "shop": self.shop.number,
            **self._said(),
        }

    def _said(self) -> dict[str, object]:
        """The parts and what else it stands on, as evidence and request name them; nothing where there is neither."""
        parts: dict[str, object] = (
            {"together": [list(part) for part in self.together]} if self.together else {}
        )
        return parts | dict(self.also)


async def priced(book: Book, basket: Basket, on: date) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """What is wanted at the prices of a day, and the row of each price. Raises UnknownItem, TakenOut and NoPrice."""
    catalogue = {}
    for item, standing in await items.today(book, basket.items):
        catalogue[item.number] = item
        if standing.out_on is not None:
            raise TakenOut(item=item.name)
    priced = await prices.on_day(book, on, basket.items)
    lines = tuple(_line(item, quantity, catalogue, priced, on) for item, quantity in basket.wanted)
    return lines, tuple(priced[line.item].id for line in lines)


def _line(item: int, quantity: int, catalogue: dict[int, Item], priced: dict[int, Price], on: date) -> Line:
    if item not in catalogue:
        raise UnknownItem(name=str(item))
    if item not in priced:
        raise NoPrice(item=catalogue[item].name, on=on.isoformat())
    return line_of(catalogue[item], quantity, priced[item].points)
