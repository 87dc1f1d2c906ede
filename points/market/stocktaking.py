"""Stocktaking, blind: a sheet without the book's numbers, what was counted, then the differences, then a second person.

What was counted is compared with the book at the moment it is entered, and what stands then stays: the difference is
posted later, whatever was handed over in between, for the counter moves shelf and book alike. What moved while it was
being counted has to be counted again, because nobody knows whether it was counted before or after; and what somebody
else put right since is refused, so that nothing is put right twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ledger import statements, tree
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import acts
from points.keys import new_key
from points.market import (
    earlier,
    items,
    shops,
    stock_counts,
    stock_drafts,
    stock_reasons,
    stock_requests,
    stock_rights,
)
from points.market.errors import (
    BadFigure,
    CountEntered,
    CountNotEntered,
    MovedSinceCounted,
    MovedWhileCounted,
    NothingDiffered,
    NotOnThisSheet,
    ReasonOfDifference,
    UnknownShift,
)
from points.market.models import Shop
from points.market.shift_records import Shift, ShiftDifference
from points.market.stock_counts import Count
from points.market.stock_records import CountAdjustment, CountEntry, CountLine, CountOfShift, StockCount
from points.market.stock_requests import Asked

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


async def begin(book: Book, shop: Shop, *, by: str, key: str, shift: Shift | None = None) -> str:
    """Begin a count of a shop's shelf; its key is the answer, and the same for the same `key`.

    Of a `shift` that was handed over with differences it is a count of just what differed. Raises NotAllowed unless
    `by` keeps the stock there, BadKey, ReferenceConflict; UnknownShift for one of another shop, NothingDiffered.
    """
    await stock_rights.require_keeper(book, shop, by)
    reference = f"stock-count/{shop.number}/{earlier.checked_key(key)}"
    facts = {"by": by, "shop": shop.number} | ({"shift": str(shift.id)} if shift else {})
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
    rows = [row, *(await _of_shift(book, shop, shift, row.id) if shift else ())]
    await acts.post(book, reference, ("stock-count", row.id), facts, rows, request=facts)
    return await acts.subject(book, reference)


async def _of_shift(book: Book, shop: Shop, shift: Shift, count: str) -> list[CountOfShift]:
    if shift.shop != shop.number:
        raise UnknownShift
    if not await ShiftDifference.filter(shift=shift.id).using_db(book.reader).exists():
        raise NothingDiffered
    return [CountOfShift(count=count, shift=shift.id)]


async def enter(
    book: Book, count: Count, numbers: Mapping[int, int], *, by: str, since: int | None = None
) -> Count:
    """Write down what was counted; what is left out was not counted, and nothing happens to it. Once for each count.

    `since`: counted anew after the entry at this position, which MovedWhileCounted names in `since`. Raises NotAllowed
    unless `by` keeps the stock there, MovedWhileCounted, CountEntered, BadFigure, UnknownItem, NotOnThisSheet.
    """
    shop = await shops.find(book, count.shop)
    await stock_rights.require_keeper(book, shop, by)
    if not numbers or any(not 0 <= n <= COUNTED_AT_MOST for n in numbers.values()):
        raise BadFigure(what="数出来的数", least=0, most=COUNTED_AT_MOST)
    await stock_drafts.check_known(book, numbers)
    if count.of and (other := sorted(numbers.keys() - set(count.of))):
        raise NotOnThisSheet(items=await _named(book, other))
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
    return await stock_counts.find(book, count.id)


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
