"""What items cost in points, day by day. A price that has begun never changes; a new one begins on a later day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ledger import selecting
from ledger.book import Book
from ledger.transactions import Draft, Receipt
from points.evidence import acts
from points.keys import new_key
from points.market import earlier
from points.market.catalogue_files import POINTS_AT_MOST
from points.market.errors import BadFigure, NoPrice, PriceTooSoon, TwoForCut
from points.market.models import Item, Price
from points.people import roles

DAYS_COMPARED = 30
"""A new price is compared with the dearest of so many days before it begins."""


async def on_day(book: Book, on: date, items: Iterable[int] | None = None) -> dict[int, Price]:
    """The price in force on a day, by item number: the latest that has begun. Items without one are left out."""
    every = await (
        selecting.every(book.reader, Price, order="from_on, id")
        if items is None
        else selecting.among(book.reader, Price, "item", items, order="from_on, id")
    )
    return {price.item: price for price in every if price.from_on <= on.isoformat()}


async def price_on(book: Book, item: Item, on: date) -> Price:
    """What an item costs on a day. Raises NoPrice before its first price begins."""
    found = await on_day(book, on, [item.number])
    if item.number not in found:
        raise NoPrice(item=item.name, on=on.isoformat())
    return found[item.number]


async def history(book: Book, item: int) -> list[Price]:
    """Every price an item ever had or is to have, the latest first; of one day the last that was set counts."""
    return await Price.filter(item=item).using_db(book.reader).order_by("-from_on", "-id")


async def dearest(book: Book, item: int, from_on: date) -> int:
    """The most that an item costs on any of the DAYS_COMPARED days before a day: what a new price is compared with, so
    that a cut made in two steps is a cut. 0 for an item that had no price then."""
    rows = Price.filter(item=item, from_on__lt=from_on.isoformat()).using_db(book.reader)
    begins = (from_on - timedelta(days=DAYS_COMPARED)).isoformat()
    most = 0
    for day, points in {row.from_on: row.points for row in await rows.order_by("from_on", "id")}.items():
        most = max(most, points) if day > begins else points
    return most


def is_cut(before: int, points: int) -> bool:
    """Whether a price is cut by more than half: that takes a second person."""
    return points * 2 < before


async def set_price(
    book: Book, item: Item, points: int, *, from_on: date, by: str, on: date, key: str
) -> Receipt:
    """Let an item cost `points` from a later day on. The same key again gives the first receipt.

    A price begins on a later day than it is set, so that one day has one price, and who asks the counter twice with
    one key has asked the same twice.
    Raises NotAllowed unless `by` is stock keeper of the whole book, BadFigure, PriceTooSoon, BadKey, ReferenceConflict,
    and TwoForCut for a cut by more than half: see `price_requests`.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    check(points, from_on, on)
    draft = draft_of(book, item, points, from_on=from_on, by=by, on=on, key=earlier.checked_key(key))
    if not await acts.known(book, draft.reference):
        before = await dearest(book, item.number, from_on)
        if is_cut(before, points):
            raise TwoForCut(item=item.name, before=before, points=points)
    return await book.journal.post(draft)


def check(points: int, from_on: date, on: date) -> None:
    """Raise BadFigure or PriceTooSoon for what cannot be a price set on a day."""
    if not 0 <= points <= POINTS_AT_MOST:
        raise BadFigure(what="价格", least=0, most=POINTS_AT_MOST)
    if from_on <= on:
        raise PriceTooSoon(earliest=(on + timedelta(days=1)).isoformat())


def draft_of(book: Book, item: Item, points: int, *, from_on: date, by: str, on: date, key: str) -> Draft:
    """The act that sets a price, without asking whether it may."""
    value = {"by": by, "from_on": from_on.isoformat(), "item": item.number, "points": points}
    row = Price(id=new_key(), item=item.number, points=points, from_on=from_on.isoformat(), set_by=by)
    subject = f"{on}/{item.number}/{key}"
    return acts.draft(book, f"price/{subject}", ("price", subject), value, [row], on=on)
