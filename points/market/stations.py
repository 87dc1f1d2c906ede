"""Unmanned stations: what was reserved is put into a locker, taken out with the code, and reckoned up every day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ledger import statements
from ledger.book import Book
from ledger.errors import ReferenceConflict
from points import chart
from points.evidence import acts
from points.market import counter, earlier, holding, items, reservation_endings, reserved, shops
from points.market.models import Shop
from points.market.reservation_errors import (
    BadLocker,
    DayMoved,
    DayNotCounted,
    DaySigned,
    DayWithoutReason,
    NotAStation,
    UnknownReservation,
)
from points.market.reservation_records import Filling, Reservation, StationCount, StationDay
from points.market.reserved import Reserved
from points.people import areas, roles
from points.people.twice import merges

UNMANNED = "unmanned"
WHYS = {"missing": "少了", "extra": "多了", "damaged": "坏了", "elsewhere": "还在路上或别的柜子里"}
"""Why what was counted is not what the book has. To change the book takes a loss or a stocktaking."""
MAY = ("counter", "stock_keeper")
A_DAY = 5_000
"""What a day is reckoned from is read whole: no station hands over more than that."""
_LOCKER = re.compile(r"[0-9A-Za-z-]{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Counted:
    """An item of a station: what the book has on its shelf and set aside, together as many as should be there."""

    item: int
    name: str
    name_en: str
    there: int
    set_aside: int

    @property
    def all(self) -> int:
        """Shelf and lockers together."""
        return self.there + self.set_aside


@dataclass(frozen=True, slots=True)
class Day:
    """A station's day: what was put into lockers, what was taken out, what lapsed or was cancelled, and of that what
    must be put back, because it lay in a locker."""

    day: date
    filled: tuple[Reserved, ...]
    picked_up: tuple[Reserved, ...]
    over: tuple[Reserved, ...]
    counts: tuple[Counted, ...]
    signed: StationDay | None

    @property
    def put_back(self) -> tuple[Reserved, ...]:
        """The lockers to be emptied."""
        return tuple(each for each in self.over if each.locker)


async def is_unmanned(book: Book, shop: Shop) -> bool:
    """Whether nobody serves there."""
    return (await shops.standing(book, shop)).kind == UNMANNED


async def fill(book: Book, shop: Shop, row: Reservation, locker: str, *, by: str, key: str) -> None:
    """Put what was reserved into a locker of an unmanned station: from then on the member can take it out.

    Pressing twice is pressing once. Raises NotAStation, BadLocker, UnknownReservation, what `counter.require_served`
    refuses (nobody fills a locker for themselves or for whom they live with), and AlreadyPickedUp, AlreadyCancelled,
    AlreadyLapsed.
    """
    if row.shop != shop.number:
        raise UnknownReservation
    if not await is_unmanned(book, shop):
        raise NotAStation(shop=shop.name)
    if not _LOCKER.fullmatch(locker):
        raise BadLocker
    reference, asked = f"filling/{row.id}", {"by": by, "locker": locker, "reservation": row.id}
    if await acts.before(book, reference, asked):
        return
    owner = await merges.stands_for(book, row.member)
    await counter.require_served(book, shop, owner, by=by, on=book.today())
    await reservation_endings.require_open(book, row)
    lies = Filling(
        reservation=row.id,
        shop=shop.number,
        locker=locker,
        filled_by=by,
        filled_on=book.today().isoformat(),
        filled_at=book.now(),
        reference=reference,
    )
    earlier.checked_key(key)
    await acts.post(book, reference, ("filling", row.id), asked, [lies])


async def day(book: Book, shop: Shop, on: date) -> Day:
    """All that a station's day is reckoned from, as the book has it now. A constant number of statements."""
    fillings = Filling.filter(shop=shop.number, filled_on=on.isoformat()).using_db(book.reader)
    keys = await fillings.limit(A_DAY).values_list("reservation", flat=True)
    rows = await Reservation.filter(id__in=list(keys)).using_db(book.reader).order_by("id")
    ended = await reserved.ended_on(book, shop.number, on.isoformat(), limit=A_DAY)
    taken = reservation_endings.PICKED_UP
    return Day(
        day=on,
        filled=tuple(await reserved.told(book, rows)),
        picked_up=tuple(each for each in ended if each.state == taken),
        over=tuple(each for each in ended if each.state != taken),
        counts=tuple(await counts(book, shop)),
        signed=await StationDay.get_or_none(id=_key(shop, on), using_db=book.reader),
    )


async def counts(book: Book, shop: Shop) -> list[Counted]:
    """What should be there, by item; what the station never had is absent. Four statements."""
    shelf = await shops.stock(book, shop)
    kept = holding.set_aside(shop.number)
    aside = await statements.balances_of(book.reader, [(kept, chart.item(item)) for item in shelf])
    goods = {item.number: item for item in await items.all_items(book)}
    return [
        Counted(item, goods[item].name, goods[item].name_en, left, aside.get((kept, chart.item(item)), 0))
        for item, left in sorted(shelf.items())
    ]


async def counted(book: Book, shop: Shop, on: date) -> list[StationCount]:
    """What was counted when a day was signed, by item. One statement."""
    rows = StationCount.filter(station_day=_key(shop, on)).using_db(book.reader)
    return await rows.order_by("item")


async def sign(
    book: Book,
    shop: Shop,
    on: date,
    found: Mapping[int, int],
    whys: Mapping[int, str],
    *,
    shown: Mapping[int, int],
    by: str,
    key: str,
) -> None:
    """Reckon a station's day up, by one who works there: every item counted, and each difference given a reason.

    Nothing moves: what is missing is written off as a loss, by the stock's own way. `shown` is what the page said
    should be there. Raises NotAllowed, NotAStation, DayNotCounted, DayWithoutReason, DayMoved, DaySigned, BadKey.
    """
    await roles.require_any(book, by, MAY, await areas.path(book, shop.area))
    if not await is_unmanned(book, shop):
        raise NotAStation(shop=shop.name)
    earlier.checked_key(key)
    reference = f"station-day/{_key(shop, on)}"
    asked = {
        "by": by,
        "counted": [[item, found[item], whys.get(item, "")] for item in sorted(found)],
        "day": on.isoformat(),
        "key": key,
        "shop": shop.number,
    }
    if await _signed(book, reference, asked):
        return
    there = await day(book, shop, on)
    if on not in (book.today(), book.today() - timedelta(days=1)):
        raise DaySigned
    rows = [_counted(shop, on, each, found, whys, shown) for each in there.counts]
    signed = StationDay(
        id=_key(shop, on),
        shop=shop.number,
        day=on.isoformat(),
        filled=len(there.filled),
        picked_up=len(there.picked_up),
        lapsed=len(there.over),
        put_back=len(there.put_back),
        signed_by=by,
        signed_at=book.now(),
        reference=reference,
    )
    await acts.post(book, reference, ("station-day", _key(shop, on)), asked, [signed, *rows])


async def _signed(book: Book, reference: str, asked: Mapping[str, object]) -> bool:
    """Whether it was signed by this very press. Raises DaySigned for any other."""
    try:
        return await acts.before(book, reference, asked) is not None
    except ReferenceConflict:
        raise DaySigned from None


def _counted(
    shop: Shop,
    on: date,
    each: Counted,
    counted: Mapping[int, int],
    whys: Mapping[int, str],
    shown: Mapping[int, int],
) -> StationCount:
    if each.item not in counted:
        raise DayNotCounted
    if shown.get(each.item) != each.all:
        raise DayMoved
    why = whys.get(each.item, "")
    if counted[each.item] != each.all and why not in WHYS:
        raise DayWithoutReason(item=each.name, there=each.all, counted=counted[each.item])
    return StationCount(
        id=f"{_key(shop, on)}#{each.item}",
        station_day=_key(shop, on),
        item=each.item,
        there=each.there,
        set_aside=each.set_aside,
        counted=counted[each.item],
        why=why if counted[each.item] != each.all else None,
    )


def _key(shop: Shop, on: date) -> str:
    return f"{shop.number}/{on.isoformat()}"
