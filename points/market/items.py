"""The items of the catalogue: what can be had for points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict
from ledger.transactions import Draft
from points.evidence import acts
from points.keys import new_key
from points.market import baskets, catalogue_files
from points.market.catalogue_files import Entry
from points.market.errors import BadCatalogue, NameTaken
from points.market.models import Item, Price
from points.people import roles

ATTEMPTS = 20


async def all_items(book: Book) -> list[Item]:
    """Every item, by number."""
    return await Item.all().using_db(book.reader).order_by("number")


async def find(book: Book, text: str) -> Item:
    """The item of a name (zh or en) or a number. Raises UnknownItem, or MistakenItem with names that are near."""
    items = await all_items(book)
    number = baskets.recognise(text, items)
    return next(item for item in items if item.number == number)


async def add(book: Book, entry: Entry, *, by: str, on: date) -> Item:
    """Put an item into the catalogue, with its first price from `on`; one that is there already is returned.

    Raises NotAllowed unless `by` is stock keeper of the whole book, BadCatalogue, NameTaken.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    (item,) = await _add_all(book, (entry,), by=by, on=on)
    return item


async def install(book: Book, entries: Sequence[Entry], *, by: str, on: date) -> list[Item]:
    """Give a new book its catalogue, before there is anybody who could hold a role; what is there already stays.

    Raises BadCatalogue, and NameTaken when an item of that name is another thing.
    """
    return await _add_all(book, entries, by=by, on=on)


async def _add_all(book: Book, entries: Sequence[Entry], *, by: str, on: date) -> list[Item]:
    found = [problem for entry in entries for problem in catalogue_files.problems(entry)]
    if found:
        raise BadCatalogue(problems="；".join(found))
    for _ in range(ATTEMPTS):
        there = await all_items(book)
        new = [entry for entry in entries if _same(entry, there) is None]
        if not new:
            return [item for entry in entries if (item := _same(entry, there))]
        first = max((item.number for item in there), default=0) + 1
        try:
            await book.journal.post(_draft(book, new, first, by=by, on=on))
        except ReferenceConflict:
            # Somebody else took these numbers a moment ago: look again.
            continue
    raise Busy


def _same(entry: Entry, there: Sequence[Item]) -> Item | None:
    for item in there:
        if baskets.folded(item.name) == baskets.folded(entry.name):
            if (item.name_en, item.kind, item.cost_fen) != (entry.name_en, entry.kind, entry.cost_fen):
                raise NameTaken(name=entry.name, number=item.number)
            return item
    return None


def _draft(book: Book, new: Sequence[Entry], first: int, *, by: str, on: date) -> Draft:
    """The act that adds items under the next numbers. Its reference names the first, so that it is given once."""
    value = {"by": by, "items": [asdict(entry) for entry in new], "on": on.isoformat()}
    rows = [
        Item(number=n, name=entry.name, name_en=entry.name_en, kind=entry.kind, cost_fen=entry.cost_fen)
        for n, entry in enumerate(new, first)
    ]
    prices = [
        Price(id=new_key(), item=n, points=entry.points, from_on=on.isoformat(), set_by=by)
        for n, entry in enumerate(new, first)
    ]
    return acts.draft(book, f"items/{first}", ("items", str(first)), value, [*rows, *prices], on=on)
