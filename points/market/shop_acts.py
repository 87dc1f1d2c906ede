"""What is changed about a shop: its name, kind and hours, single days, closing and opening it again. Each is an act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ledger import statements
from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, opening_hours, shop_changes, shops
from points.market.catalogue_files import NAME_AT_MOST, is_name
from points.market.catalogue_records import ShopChange
from points.market.errors import BadHours, BadName, BadShop, GoodsHeld, NameTaken
from points.market.models import Shop
from points.market.opening_hours import Spans, Week
from points.market.shop_changes import KINDS
from points.people import areas, roles

HOURS_AT_MOST = 400


async def rename(book: Book, shop: Shop, name: str, *, by: str, on: date, key: str) -> None:
    """Give a shop another name, by an admin of its area. The same key again changes nothing, nor does the name it has.

    Raises NotAllowed, BadName, NameTaken, BadKey, ReferenceConflict.
    """
    if not is_name(name):
        raise BadName(most=NAME_AT_MOST)
    taken = await shops.names(book)
    if taken.get(name, shop.number) != shop.number:
        raise NameTaken(name=name, number=taken[name])
    await _change(book, shop, {"name": name}, by=by, on=on, key=key)


async def turn_into(book: Book, shop: Shop, kind: str, *, by: str, on: date, key: str) -> None:
    """Let a shop be of another kind (KINDS), by an admin of its area. Raises NotAllowed, BadShop, BadKey."""
    if kind not in KINDS:
        raise BadShop(problem=kind)
    await _change(book, shop, {"kind": kind}, by=by, on=on, key=key)


async def set_hours(book: Book, shop: Shop, week: Week, *, by: str, on: date, key: str) -> None:
    """Let a shop be open so in a week, by an admin of its area, or its counter. Raises NotAllowed, BadKey."""
    assert len(week.text) <= HOURS_AT_MOST, "seven days of three spans are shorter"
    await _change(book, shop, {"hours": week.text}, by=by, on=on, key=key, who=("admin", "counter"))


async def set_day(
    book: Book, shop: Shop, day: date, spans: Spans | None, *, by: str, on: date, key: str
) -> None:
    """Let a shop be open so on one day, () is closed; None: as its week says. By an admin of its area, or its counter.

    Raises NotAllowed, BadKey, and BadHours for a day that is over.
    """
    if day < on:
        raise BadHours(day=day.isoweekday(), text=day.isoformat())
    value = "" if spans is None else opening_hours.said(spans) or "-"
    await _change(book, shop, {day.isoformat(): value}, by=by, on=on, key=key, who=("admin", "counter"))


async def close(book: Book, shop: Shop, *, by: str, on: date, key: str) -> None:
    """Close a shop for good, by an admin of its area: nothing is handed over there any more, what stands there stays.

    Raises NotAllowed, BadKey, and GoodsHeld while something is set aside for somebody.
    """
    held = await statements.balances(book.reader, f"shop/{shop.number}/held")
    if sum(each.balance for each in held if each.address == f"shop/{shop.number}/held"):
        raise GoodsHeld(held=sum(each.balance for each in held))
    await _change(book, shop, {"closed": "yes"}, by=by, on=on, key=key)


async def reopen(book: Book, shop: Shop, *, by: str, on: date, key: str) -> None:
    """Open a closed shop again, by an admin of its area. Raises NotAllowed, BadKey."""
    await _change(book, shop, {"closed": ""}, by=by, on=on, key=key)


async def _change(
    book: Book,
    shop: Shop,
    values: Mapping[str, str],
    *,
    by: str,
    on: date,
    key: str,
    who: tuple[str, ...] = ("admin",),
) -> None:
    await roles.require_any(book, by, who, await areas.path(book, shop.area))
    asked = {"by": by, "shop": shop.number, "verb": "change shop", **values}
    reference = f"shop-change/{shop.number}/{earlier.checked_key(key)}"
    if await acts.before(book, reference, asked):
        return
    now = (await shop_changes.read(book, [shop]))[shop.number]
    if all(_has(now, what, value) for what, value in values.items()):
        return
    rows = [
        ShopChange(
            id=new_key(),
            shop=shop.number,
            what=what,
            value=value,
            changed_on=on.isoformat(),
            changed_by=by,
            reference=reference,
        )
        for what, value in values.items()
    ]
    await acts.post(book, reference, ("shop-change", rows[0].id), asked, rows, on=on)


def _has(now: shop_changes.Standing, what: str, value: str) -> bool:
    """Whether a shop is so already."""
    if what == "closed":
        return bool(value) == (now.closed_on is not None)
    if what[:1].isdigit():
        spans = now.days.get(date.fromisoformat(what))
        return value == ("" if spans is None else opening_hours.said(spans) or "-")
    return {"name": now.name, "kind": now.kind, "hours": now.hours}[what] == value
