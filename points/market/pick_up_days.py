"""Until when something stays reserved: 24 hours, or to the end of the shop's next pick-up day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.market import earlier
from points.market.models import Shop
from points.market.reservation_errors import BadPickUpDays
from points.market.reservation_records import PickUpDays
from points.people import areas, roles

HOURS = 24
MAY_SET = ("counter", "admin")


def deadline(made_at: datetime, weekdays: Collection[int], last: date | None, zone: ZoneInfo) -> datetime:
    """The instant at which a reservation lapses, in UTC and whole seconds.

    `weekdays` are the shop's pick-up days (1 is Monday), empty where it has none: then it is 24 hours. Otherwise it is
    the end of the first such day after the day it was made, so never less than 24 hours. `last` is the last day of the
    points that were set aside, None where nothing was paid: it is never later than the end of that day.
    """
    made = made_at.replace(microsecond=0)
    until = made + timedelta(hours=HOURS)
    if weekdays:
        today = made.astimezone(zone).date()
        following = (today + timedelta(days=n) for n in range(1, 8))
        until = end_of(next(day for day in following if day.isoweekday() in weekdays), zone)
    return min(until, end_of(last, zone)) if last else until


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant after a day, in UTC."""
    after = datetime.combine(day + timedelta(days=1), time(), zone)
    return after.astimezone(ZoneInfo("UTC"))


async def of(book: Book, shop: int) -> tuple[int, ...]:
    """The weekdays on which a shop hands over what was reserved; () where it keeps everything for 24 hours."""
    row = await PickUpDays.filter(shop=shop).using_db(book.reader).order_by("-id").first()
    return tuple(int(day) for day in row.weekdays) if row else ()


async def choose(book: Book, shop: Shop, weekdays: Collection[int], *, by: str, key: str) -> None:
    """Let a shop hand over on these weekdays from now on; what is reserved already keeps its day. () is 24 hours.

    Raises NotAllowed unless `by` is counter staff or admin there, BadPickUpDays, BadKey, ReferenceConflict.
    """
    await roles.require_any(book, by, MAY_SET, await areas.path(book, shop.area))
    if not set(weekdays) <= set(range(1, 8)):
        raise BadPickUpDays
    days = "".join(str(day) for day in sorted(set(weekdays)))
    facts = {"by": by, "shop": shop.number, "weekdays": days}
    reference = f"pick-up-days/{shop.number}/{earlier.checked_key(key)}"
    if await acts.before(book, reference, facts):
        return
    row = PickUpDays(
        id=new_key(),
        shop=shop.number,
        weekdays=days,
        set_by=by,
        set_on=book.today().isoformat(),
        reference=reference,
    )
    await acts.post(book, reference, ("pick-up-days", f"{shop.number}/{key}"), facts, [row])
