"""What is changed about an item: names, words, cost, backing, and whether it is in the catalogue. Each is an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger import encoding
from ledger.book import Book
from points.evidence import acts
from points.keys import new_key
from points.market import baskets, catalogue_files, earlier, item_changes, items
from points.market.catalogue_files import Entry
from points.market.catalogue_records import DonorName, ItemChange
from points.market.errors import BadCatalogue, NameTaken
from points.market.item_changes import BACKINGS, Standing
from points.market.models import Item
from points.people import roles

ABOUT_AT_MOST = 200
DONOR_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Words:
    """All that an editor says of an item: both names, what it is in both languages, what one costs in fen, who pays for
    it (BACKINGS, or empty), and what a donor is called."""

    name: str
    name_en: str
    cost_fen: int
    about: str = ""
    about_en: str = ""
    backing: str = ""
    donor: str = ""


def words_of(standing: Standing, donor: str = "") -> Words:
    """What an item says now, for an editor to begin with."""
    return Words(
        standing.name,
        standing.name_en,
        standing.cost_fen,
        standing.about,
        standing.about_en,
        standing.backing,
        donor,
    )


async def edit(book: Book, item: Item, words: Words, *, by: str, on: date, key: str) -> None:
    """Let an item say these words from now on; only what differs is written. The same key again changes nothing.

    Raises NotAllowed unless `by` is stock keeper of the whole book, BadCatalogue (every problem), NameTaken, BadKey,
    ReferenceConflict.
    """
    await roles.require(book, by, "stock_keeper", None, on)
    _check(words, item)
    await _require_free(book, item, words)
    now = (await item_changes.read(book, [item]))[item.number]
    donor = await item_changes.donor(book, now)
    reference = f"item-change/{item.number}/{earlier.checked_key(key)}"
    asked = {"by": by, "digest": _digest(words), "item": item.number, "verb": "edit item"}
    if await acts.before(book, reference, asked):
        return
    values = _different(words_of(now, donor), words)
    rows: list[Any] = [_row(item, what, value, by, on, reference) for what, value in values.items()]
    named = [row for row in rows if row.what == "backing" and words.donor]
    rows += [DonorName(id=row.id, name=words.donor) for row in named]
    if rows:
        facts = {**asked, **values}
        await acts.post(book, reference, ("item-change", rows[0].id), facts, rows, on=on, request=asked)


async def take_out(book: Book, item: Item, *, by: str, on: date, key: str) -> None:
    """Take an item out of the catalogue: nobody can have it any more, what was reserved is still handed over.

    Raises NotAllowed unless `by` is stock keeper of the whole book, BadKey.
    """
    await _set(book, item, "out", "yes", by=by, on=on, key=key)


async def put_back(book: Book, item: Item, *, by: str, on: date, key: str) -> None:
    """Put an item that was taken out into the catalogue again. Raises NotAllowed, BadKey."""
    await _set(book, item, "out", "", by=by, on=on, key=key)


async def _set(book: Book, item: Item, what: str, value: str, *, by: str, on: date, key: str) -> None:
    await roles.require(book, by, "stock_keeper", None, on)
    reference = f"item-change/{item.number}/{earlier.checked_key(key)}"
    asked = {"by": by, "item": item.number, "value": value, "verb": "change item", "what": what}
    if await acts.before(book, reference, asked):
        return
    now = (await item_changes.read(book, [item]))[item.number]
    if bool(value) == (now.out_on is not None):
        return
    row = _row(item, what, value, by, on, reference)
    await acts.post(book, reference, ("item-change", row.id), asked, [row], on=on)


def _check(words: Words, item: Item) -> None:
    entry = Entry(words.name, words.name_en, item.kind, words.cost_fen, 0)
    found = list(catalogue_files.problems(entry))
    if any(len(text) > ABOUT_AT_MOST or not text.isprintable() for text in (words.about, words.about_en)):
        found.append(f"说明最多 {ABOUT_AT_MOST} 个字，写成一段")
    if words.backing and words.backing not in BACKINGS:
        found.append(f"出资的“{words.backing}”不是 {'、'.join(BACKINGS)} 之一")
    if len(words.donor) > DONOR_AT_MOST or not words.donor.isprintable():
        found.append(f"捐赠方的名字最多 {DONOR_AT_MOST} 个字")
    if found:
        raise BadCatalogue(problems="；".join(dict.fromkeys(found)))


async def _require_free(book: Book, item: Item, words: Words) -> None:
    """Raise NameTaken when another item has this name, or was put down with it."""
    for name, number in (await items.names_given(book)).items():
        if number != item.number and name == baskets.folded(words.name):
            raise NameTaken(name=words.name, number=number)


def _different(now: Words, words: Words) -> dict[str, str]:
    """The values that change, by what they are; a donor's name goes with the backing and is in no entry."""
    both = (replace(now, donor=""), replace(words, donor=""))
    values = {
        what: str(getattr(both[1], what))
        for what in ("name", "name_en", "cost_fen", "about", "about_en", "backing")
        if getattr(both[0], what) != getattr(both[1], what)
    }
    return values if now.donor == words.donor else {**values, "backing": words.backing}


def _digest(words: Words) -> str:
    """What was asked, without a donor's name being in it for anybody to read."""
    said: Mapping[str, object] = {
        what: getattr(words, what) for what in ("name", "name_en", "cost_fen", "about", "about_en", "backing")
    }
    return encoding.digest_of(dict(said))


def _row(item: Item, what: str, value: str, by: str, on: date, reference: str) -> ItemChange:
    return ItemChange(
        id=new_key(),
        item=item.number,
        what=what,
        value=value,
        changed_on=on.isoformat(),
        changed_by=by,
        reference=reference,
    )
