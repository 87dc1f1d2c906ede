"""The items of the catalogue: what can be had for points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from ledger import selecting
from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict, RowsLost
from ledger.transactions import Draft
from points.evidence import acts
from points.keys import new_key
from points.market import baskets, catalogue_files, item_changes, item_numbers
from points.market.catalogue_files import Entry
from points.market.errors import BadCatalogue, NameTaken, UnknownItem
from points.market.item_changes import Standing
from points.market.models import Item, Price
from points.people import roles

ATTEMPTS = 20


async def all_items(book: Book) -> list[Item]:
    """Every item as it is today, by number; those taken out of the catalogue too. Two statements."""
    return [item for item, _ in await today(book)]


async def today(book: Book, numbers: Iterable[int] | None = None) -> list[tuple[Item, Standing]]:
    """Every item, or these, with all that is said of it today, by number. Two statements."""
    every = await (
        selecting.every(book.reader, Item, order="number")
        if numbers is None
        else selecting.among(book.reader, Item, "number", numbers, order="number")
    )
    found = await item_changes.read(book, every)
    return [(found[item.number].applied(item), found[item.number]) for item in every]


async def numbered(book: Book, number: int) -> tuple[Item, Standing]:
    """One item with all that is said of it today. Raises UnknownItem."""
    item = await Item.get_or_none(number=number, using_db=book.reader)
    if item is None:
        raise UnknownItem(name=str(number))
    standing = (await item_changes.read(book, [item]))[number]
    return standing.applied(item), standing


async def named(book: Book, numbers: Iterable[int]) -> dict[int, Item]:
    """Items as they are today, by number. Two statements."""
    rows = await selecting.among(book.reader, Item, "number", numbers)
    found = await item_changes.read(book, rows)
    return {item.number: found[item.number].applied(item) for item in rows}


async def names_given(book: Book) -> dict[str, int]:
    """Every name, folded, that an item has or was put down with, and its number. Two statements."""
    every = await Item.all().using_db(book.reader).order_by("number")
    given = {baskets.folded(item.name): item.number for item in every}
    found = await item_changes.read(book, every)
    return {**given, **{baskets.folded(each.name): n for n, each in found.items()}}


async def find(book: Book, text: str) -> Item:
    """The item of a name (zh or en) or a number. Raises UnknownItem, or MistakenItem with names that are near."""
    items = await all_items(book)
    number = baskets.recognise(text, items)
    return next(item for item in items if item.number == number)


async def add(book: Book, entry: Entry, *, by: str, on: date) -> Item:
    """Put an item into the catalogue, with its first price from `on`; one that is there already is returned.

    After a book was restored from its texts alone, an item asked for in the very words of the first time has its number
    again, and with it what stands of it on shelves; any other has a number that the ledger never heard of.
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
        given = await names_given(book)  # before what is there: a thing that comes meanwhile is not another
        there = await all_items(book)
        new = [entry for entry in entries if _same(entry, there) is None]
        _require_new_names(given, new)
        if not new:
            return [item for entry in entries if (item := _same(entry, there))]
        for first in await item_numbers.free(book, [item.number for item in there]):
            if await _added(book, new, first, by=by, on=on):
                break
    raise Busy


async def _added(book: Book, new: Sequence[Entry], first: int, *, by: str, on: date) -> bool:
    """Whether these items have the numbers from `first` on; not when those are lost and other things', or were taken a
    moment ago."""
    draft = _draft(book, new, first, by=by, on=on)
    try:
        await book.journal.post(draft)
    except RowsLost:
        rows = _rows(new, first, by=by, on=on)
        facts = {"by": by, "first": first, "on": on.isoformat()}
        await acts.post(book, f"items-again/{first}", ("items-again", str(first)), facts, rows)
    except ReferenceConflict:
        return False
    return True


def _require_new_names(given: Mapping[str, int], new: Sequence[Entry]) -> None:
    """Raise NameTaken for a name under which something else was put down, and renamed since."""
    for entry in new:
        if baskets.folded(entry.name) in given:
            raise NameTaken(name=entry.name, number=given[baskets.folded(entry.name)])


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
    rows = _rows(new, first, by=by, on=on)
    return acts.draft(book, f"items/{first}", ("items", str(first)), value, rows, on=on)


def _rows(new: Sequence[Entry], first: int, *, by: str, on: date) -> list[Item | Price]:
    rows = [
        Item(number=n, name=entry.name, name_en=entry.name_en, kind=entry.kind, cost_fen=entry.cost_fen)
        for n, entry in enumerate(new, first)
    ]
    prices = [
        Price(id=new_key(), item=n, points=entry.points, from_on=on.isoformat(), set_by=by)
        for n, entry in enumerate(new, first)
    ]
    return [*rows, *prices]
