"""Stocktaking, blind: a sheet without the book's numbers, what was counted, then the differences, then a second person.

What was counted is compared with the book at the moment it is entered, and what stands then stays: the difference is
posted later, whatever was handed over in between, for the counter moves shelf and book alike. What moved while it was
being counted has to be counted again, because nobody knows whether it was counted before or after; and what somebody
else put right since is refused, so that nothing is put right twice.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger import statements, tree
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart, paging
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, items, shops, stock_drafts, stock_reasons, stock_requests, stock_rights
from points.market.errors import (
    BadFigure,
    CountEntered,
    CountNotEntered,
    MovedSinceCounted,
    MovedWhileCounted,
    ReasonOfDifference,
    UnknownCount,
)
from points.market.models import Shop
from points.market.stock_records import CountAdjustment, CountEntry, CountLine, StockCount
from points.market.stock_requests import Asked
from points.paging import FIRST, Part, Turn

COUNTED_AT_MOST = 1_000_000

_LAST = """
SELECT a.unit, (SELECT max(id) FROM (
    SELECT s.id FROM ledger_posting AS s WHERE s.source = a.id
        AND s.source_version = (SELECT max(source_version) FROM ledger_posting WHERE source = a.id)
    UNION ALL SELECT t.id FROM ledger_posting AS t WHERE t.target = a.id
        AND t.target_version = (SELECT max(target_version) FROM ledger_posting WHERE target = a.id)) AS e) AS last
FROM ledger_account AS a WHERE a.address = ?"""
_BY_HAND = """
SELECT a.unit FROM json_each(?) AS w
JOIN ledger_account AS a ON a.address = ? AND a.unit = w.value ->> 0
JOIN ledger_posting AS p ON p.{side} = a.id AND p.{side}_version > CAST(w.value ->> 1 AS BIGINT)
JOIN ledger_account AS o ON o.id = p.{other}
WHERE o.address <> ? AND o.address <> ?"""


@dataclass(frozen=True, slots=True)
class Difference:
    """An item as it was counted and as the book had it then."""

    item: int
    counted: int
    book: int

    @property
    def difference(self) -> int:
        """So many more than in the book; below zero: so many are missing."""
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class Count:
    """A count and how far it is: open, entered, agrees (nothing to put right), or as its request stands."""

    id: str
    shop: int
    opened_by: str
    opened_at: datetime
    position: int
    entered_by: str | None
    lines: tuple[Difference, ...]
    asked: Asked | None

    @property
    def state(self) -> str:
        """open, entered, agrees, asked, approved, refused or lapsed."""
        if self.entered_by is None:
            return "open"
        if self.asked is not None:
            return "asked" if self.asked.state == "open" else self.asked.state
        return "entered" if self.differing else "agrees"

    @property
    def differing(self) -> list[Difference]:
        """The lines that differ."""
        return [line for line in self.lines if line.difference]


async def begin(book: Book, shop: Shop, *, by: str, key: str) -> str:
    """Begin a count of a shop's shelf; its key is the answer, and the same for the same `key`.

    Raises NotAllowed unless `by` keeps the stock there, BadKey, ReferenceConflict.
    """
    await stock_rights.require_keeper(book, shop, by)
    reference = f"stock-count/{shop.number}/{earlier.checked_key(key)}"
    facts = {"by": by, "shop": shop.number}
    if before := await acts.before(book, reference, facts):
        return before.subject
    row = StockCount(
        id=new_key(),
        shop=shop.number,
        opened_by=by,
        opened_at=book.now(),
        position=await tree.head(book.reader),
        reference=reference,
    )
    await acts.post(book, reference, ("stock-count", row.id), facts, [row], request=facts)
    return await acts.subject(book, reference)


async def find(book: Book, count: str) -> Count:
    """A count by its key. Five statements at most. Raises UnknownCount."""
    row = await StockCount.get_or_none(id=count, using_db=book.reader) if len(count) <= 32 else None
    if row is None:
        raise UnknownCount
    return (await _read(book, [row]))[0]


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[Count]:
    """The counts of a shop, the latest first. Five statements."""
    found = await paging.part(StockCount.filter(shop=shop.number).using_db(book.reader), turn)
    return found.told(await _read(book, found.rows))


async def _read(book: Book, rows: Sequence[StockCount]) -> list[Count]:
    """These counts with all that is said of them, in their order. Four statements."""
    keys = [row.id for row in rows]
    entered = CountEntry.filter(count__in=keys).using_db(book.reader)
    by = {entry.count: entry.entered_by for entry in await entered}
    lines: dict[str, list[Difference]] = defaultdict(list)
    for line in await CountLine.filter(count__in=keys).using_db(book.reader).order_by("item"):
        lines[line.count].append(Difference(line.item, line.counted, line.book))
    asked = await stock_requests.about(book, list(by))
    return [
        Count(
            id=row.id,
            shop=row.shop,
            opened_by=row.opened_by,
            opened_at=row.opened_at,
            position=row.position,
            entered_by=by.get(row.id),
            lines=tuple(lines[row.id]),
            asked=asked.get(row.id),
        )
        for row in rows
    ]


async def enter(
    book: Book, count: Count, numbers: Mapping[int, int], *, by: str, since: int | None = None
) -> Count:
    """Write down what was counted; what is left out was not counted, and nothing happens to it. Once for each count.

    `since`: counted anew after the entry at this position, which MovedWhileCounted names in `since`. Raises NotAllowed
    unless `by` keeps the stock there, MovedWhileCounted, CountEntered, BadFigure, UnknownItem.
    """
    shop = await shops.find(book, count.shop)
    await stock_rights.require_keeper(book, shop, by)
    if not numbers or any(not 0 <= n <= COUNTED_AT_MOST for n in numbers.values()):
        raise BadFigure(what="数出来的数", least=0, most=COUNTED_AT_MOST)
    await stock_drafts.check_known(book, numbers)
    reference, asked = f"stock-counted/{count.id}", _asked(count, numbers, by)
    if not await acts.before(book, reference, asked):
        try:
            await acts.post(
                book,
                reference,
                ("stock-counted", count.id),
                asked,
                await _rows(book, count, numbers, reference, by=by, since=since),
                request=asked,
            )
        except (ReferenceConflict, RowConflict) as conflict:
            raise CountEntered from conflict
    return await find(book, count.id)


def _asked(count: Count, numbers: Mapping[int, int], by: str) -> dict[str, Any]:
    return {"by": by, "count": count.id, "numbers": [[item, n] for item, n in sorted(numbers.items())]}


async def _rows(
    book: Book, count: Count, numbers: Mapping[int, int], reference: str, *, by: str, since: int | None
) -> list[Any]:
    """The rows of an entry: read before they are compared, so that what moves from now on is later than the count."""
    head, shelf = await tree.head(book.reader), chart.stock(count.shop)
    found = await statements.standings_of(book.reader, [(shelf, chart.item(item)) for item in numbers])
    last = await book.reader.execute_query_dict(_LAST, [shelf])
    after = max(count.position, min(since or 0, head))
    touched = {shops.item_of(row["unit"]) for row in last if row["last"] and row["last"] // 256 > after}
    if moved := sorted(touched & numbers.keys()):
        raise MovedWhileCounted(items=await _named(book, moved), numbers=moved, since=head)
    standing = {shops.item_of(unit): each for (_, unit), each in found.items()}
    lines = [
        CountLine(
            id=f"{count.id}#{item}",
            count=count.id,
            item=item,
            counted=counted,
            book=standing[item].balance if item in standing else 0,
            version=standing[item].version if item in standing else 0,
        )
        for item, counted in sorted(numbers.items())
    ]
    entry = CountEntry(count=count.id, entered_by=by, entered_at=book.now(), reference=reference)
    return [entry, *lines]


async def ask(book: Book, count: Count, reasons: Mapping[int, str], *, by: str, key: str) -> Asked:
    """Ask that the differences be put right, each for its reason; another person decides.

    Raises NotAllowed, CountNotEntered, ReasonOfDifference, BadKey, ReferenceConflict.
    """
    shop = await shops.find(book, count.shop)
    if not count.differing:
        raise CountNotEntered
    lines = []
    for each in count.differing:
        reason = reasons.get(each.item, "")
        if reason not in stock_reasons.COUNTS:
            name = await _named(book, [each.item])
            raise ReasonOfDifference(item=name, difference=f"{each.difference:+,}".replace("-", "−"))
        lines.append((each.item, each.difference, reason))
    return await stock_requests.ask(book, shop, "count", count.id, lines, by=by, key=key)


async def approved(book: Book, shop: Shop, asked: Asked, *, by: str) -> Draft:
    """The entry that puts the differences right, as the shelf stands now; raises MovedSinceCounted.

    It holds the versions that were seen: what moves before it is written makes it be planned again.
    """
    shelf = chart.stock(shop.number)
    keys = [(shelf, chart.item(item)) for item, _, _ in asked.lines]
    standing = await statements.standings_of(book.reader, keys)
    await _require_untouched(book, shop, asked)
    postings = [
        Posting(chart.GOODS, shelf, n, chart.item(item))
        if n > 0
        else Posting(shelf, chart.LOST, -n, chart.item(item))
        for item, n, _ in asked.lines
    ]
    reference = f"count/{asked.subject}"
    rows = [
        CountAdjustment(
            id=f"{asked.subject}#{item}",
            shop=shop.number,
            item=item,
            quantity=n,
            reason=reason,
            reference=reference,
        )
        for item, n, reason in asked.lines
    ]
    facts = {"by": asked.asked_by, "request": asked.id, "second": by, "shop": shop.number}
    seen = tuple((*key, standing[key].version if key in standing else 0) for key in keys)
    return stock_drafts.draft(book, reference, "count", facts, postings, rows, seen=seen)


async def _require_untouched(book: Book, shop: Shop, asked: Asked) -> None:
    """Nobody but the counter, and who reserved something, has moved these items since they were counted."""
    rows = await CountLine.filter(count=asked.subject).using_db(book.reader)
    items_of = {item for item, _, _ in asked.lines}
    wanted = json.dumps([[chart.item(r.item), r.version] for r in rows if r.item in items_of])
    values = [wanted, chart.stock(shop.number), chart.HANDED_OUT, stock_drafts.on_hold(shop.number)]
    units: set[str] = set()
    for side, other in (("source", "target"), ("target", "source")):
        found = await book.reader.execute_query_dict(_BY_HAND.format(side=side, other=other), values)
        units |= {row["unit"] for row in found}
    if units:
        touched = sorted(shops.item_of(unit) for unit in units)
        raise MovedSinceCounted(items=await _named(book, touched), numbers=touched)


async def _named(book: Book, numbers: Sequence[int]) -> str:
    names = {item.number: item.name for item in await items.all_items(book)}
    return "、".join(names.get(number, str(number)) for number in numbers)
