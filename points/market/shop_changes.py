"""What became of shops: their names, kinds and hours of today, the days that differ, and which are closed.

Rows of `market_shop` are never changed. Whoever reads shops reads them through `points.market.shops`, which brings
names and hours to today by what is found here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ledger import selecting
from ledger.book import Book
from ledger.findings import N_
from points.market import opening_hours
from points.market.catalogue_records import ShopChange
from points.market.models import Shop
from points.market.opening_hours import Spans, State, Week

KINDS = {
    "supermarket": N_("超市"),
    "station": N_("驿站"),
    "unmanned": N_("无人站"),
    "merchant": N_("联盟商户"),
}
"""What a shop can be. Nobody serves at an unmanned station; a merchant is paid for what it hands over."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A shop as it is today. `closed_on`: since when it is closed for good, None while it is not; `days` differ from
    the week, an empty one is closed."""

    shop: int
    name: str
    kind: str
    hours: str
    closed_on: str | None = None
    days: Mapping[date, Spans] = field(default_factory=dict)

    @property
    def week(self) -> Week | None:
        """Its hours, where they say a week."""
        return opening_hours.read(self.hours)

    def state(self, now: datetime) -> State | None:
        """Whether it is open at a moment of its own clock; None where its hours do not say."""
        if self.closed_on is not None:
            return State(False)
        week = self.week
        return opening_hours.state(week, self.days, now) if week else None

    def applied(self, shop: Shop) -> Shop:
        """The shop with its name and hours of today. The row is ours alone and is not written."""
        shop.name, shop.hours = self.name, self.hours
        return shop


async def read(book: Book, shops: Sequence[Shop]) -> dict[int, Standing]:
    """How these shops stand today, by number; the rows may be as they were put down, or brought to today. One
    statement."""
    numbers = [shop.number for shop in shops]
    said: dict[int, dict[str, ShopChange]] = {number: {} for number in numbers}
    for row in await selecting.among(book.reader, ShopChange, "shop", numbers, order="id"):
        said[row.shop][row.what] = row
    return {shop.number: _standing(shop, said[shop.number]) for shop in shops}


async def history(book: Book, shop: int) -> Sequence[ShopChange]:
    """All that was changed about a shop, the latest first."""
    return await ShopChange.filter(shop=shop).using_db(book.reader).order_by("-id")


def open_ones(shops: Iterable[Shop], found: Mapping[int, Standing]) -> list[Shop]:
    """Those of these shops that are not closed for good."""
    return [shop for shop in shops if found[shop.number].closed_on is None]


def _standing(shop: Shop, said: Mapping[str, ShopChange]) -> Standing:
    closed = said.get("closed")
    return Standing(
        shop=shop.number,
        name=said["name"].value if "name" in said else shop.name,
        kind=said["kind"].value if "kind" in said else "supermarket",
        hours=said["hours"].value if "hours" in said else shop.hours,
        closed_on=closed.changed_on if closed is not None and closed.value else None,
        days=_days(said),
    )


def _days(said: Mapping[str, ShopChange]) -> dict[date, Spans]:
    """The single days: what is kept is `-` for closed, the spans, or nothing where the week counts again."""
    found: dict[date, Spans] = {}
    for what, row in said.items():
        if what[:1].isdigit() and row.value:
            found[date.fromisoformat(what)] = opening_hours.spans_of(row.value.strip("-")) or ()
    return found
