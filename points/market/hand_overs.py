"""Handing a shift over: the shelf is counted blind, differences are explained, the next one looks and takes over.

A difference moves no stock: it is on the sheet, and a stocktaking by two people puts it right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, ReferenceConflict, RowConflict
from ledger.transactions import LINES_AT_MOST
from points import chart
from points.evidence import acts
from points.market import items, shifts, shops
from points.market.errors import (
    BadCount,
    CountedOtherwise,
    DifferenceUnexplained,
    NotCounted,
    NotYourHandOver,
    TakenOver,
    UnknownShift,
)
from points.market.models import Item, Shop
from points.market.shift_records import (
    Shift,
    ShiftClosing,
    ShiftCount,
    ShiftCountLine,
    ShiftDifference,
    ShiftNote,
    ShiftTakeover,
)
from points.people import roles

ATTEMPTS = 5
MOST = 1_000_000
NOTE_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """Of an item, how many were counted and how many the book says stood there then; `note` explains it."""

    item: int
    name: str
    counted: int
    book: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a shift handed over: how many times and for how many points, what of it was undone until its end, and how
    many times the person was looked up by hand."""

    redemptions: int
    points: int
    undone: int
    undone_points: int
    manual: int


async def find(book: Book, shift: str) -> Shift:
    """A shift by its name. Raises UnknownShift."""
    row = await Shift.get_or_none(id=shift, using_db=book.reader) if len(shift) <= 60 else None
    if row is None:
        raise UnknownShift
    return row


async def is_closed(book: Book, shift: Shift) -> bool:
    """Whether a shift has ended."""
    return await ShiftClosing.filter(shift=shift.id).using_db(book.reader).exists()


async def goods(book: Book, shop: Shop) -> list[Item]:
    """What can be counted on a shop's shelf: goods that ever came there, by number. Four statements."""
    there = await shops.stock(book, shop)
    named = await items.named(book, there)
    return [item for _, item in sorted(named.items()) if item.kind == "goods"]


async def count(book: Book, shop: Shop, shift: Shift, counted: Mapping[int, int], *, by: str) -> None:
    """Write down what was counted: every thing of `goods`, once. What the book says is shown afterwards only.

    The same counts again change nothing. Raises NotAllowed unless `by` is counter staff of the shop, BadCount, and
    CountedOtherwise when other counts stand already.
    """
    await roles.require(book, by, "counter", shop.area, book.today())
    wanted = {item.number for item in await goods(book, shop)}
    if counted.keys() != wanted or any(not 0 <= many <= MOST for many in counted.values()):
        raise BadCount(most=MOST)
    facts = {"counted": [[item, many] for item, many in sorted(counted.items())], "shift": shift.id}
    row = ShiftCount(shift=shift.id, counted_by=by, counted_at=book.now(), reference=_named("count", shift))
    lines = [
        ShiftCountLine(id=f"{shift.id}#{item}", shift=shift.id, item=item, counted=many)
        for item, many in counted.items()
    ]
    try:
        about = ("shift-count", str(shift.id))
        await acts.post(book, row.reference, about, facts | {"by": by}, [row, *lines], request=facts)
    except ReferenceConflict:
        raise CountedOtherwise from None


async def differences(book: Book, shop: Shop, shift: Shift) -> list[Difference] | None:
    """Where what was counted is not what the book said in that moment, by item; None before the count.

    Asked of the ledger as it stood when the count was written, so what is sold afterwards makes no difference.
    """
    count = await ShiftCount.get_or_none(shift=shift.id, using_db=book.reader)
    if count is None:
        return None
    lines = await ShiftCountLine.filter(shift=shift.id).using_db(book.reader).order_by("item")
    values = [LINES_AT_MOST, count.reference, chart.stock(shop.number)]
    rows = await book.reader.execute_query_dict(_STOOD, values)
    stood = {shops.item_of(row["unit"]): _balance(row) for row in rows}
    named = await items.named(book, [line.item for line in lines])
    return [
        Difference(line.item, named[line.item].name, line.counted, stood.get(line.item, 0))
        for line in lines
        if line.counted != stood.get(line.item, 0)
    ]


def _balance(row: dict[str, Any]) -> int:
    """What the later of the two postings left."""
    went_last = (row["went_at"] or 0) > (row["came_at"] or 0)
    return int((row["source_balance"] if went_last else row["target_balance"]) or 0)


async def close(book: Book, shop: Shop, shift: Shift, notes: Mapping[int, str], *, by: str) -> None:
    """End a counted shift: its sheet is written, and nothing can be handed over in it any more.

    `notes` explain each difference, by item. Ended again, nothing changes. Raises NotAllowed, NotCounted,
    DifferenceUnexplained and Busy.
    """
    await roles.require(book, by, "counter", shop.area, book.today())
    for _ in range(ATTEMPTS):
        if await is_closed(book, shift):
            return
        found = await differences(book, shop, shift)
        if found is None:
            raise NotCounted
        said = {each.item: notes.get(each.item, "").strip()[:NOTE_AT_MOST] for each in found}
        for each in found:
            if not said[each.item]:
                raise DifferenceUnexplained(item=each.name)
        rows = await _closing(book, shift, found, said, by=by)
        facts = {"by": by, "shift": str(shift.id), **{f"item-{e.item}": e.counted - e.book for e in found}}
        try:
            await acts.post(book, _named("closed", shift), ("shift-closed", str(shift.id)), facts, rows)
        except (ReferenceConflict, RowConflict):
            continue  # something was handed over meanwhile, or the other till closed it: reckon again
    if await is_closed(book, shift):
        return
    raise Busy


async def take_over(book: Book, shop: Shop, shift: Shift, *, by: str) -> None:
    """The next one has looked at the sheet and signs; their own shift begins with it if none has. Twice is once.

    Raises NotCounted before it is closed, NotAllowed, TakenOver when another one did, and NotYourHandOver for whoever
    handed it over.
    """
    await roles.require(book, by, "counter", shop.area, book.today())
    closing = await ShiftClosing.get_or_none(shift=shift.id, using_db=book.reader)
    if closing is None:
        raise NotCounted
    if by in (shift.member, closing.closed_by):
        raise NotYourHandOver
    reference = _named("taken", shift)
    for _ in range(ATTEMPTS):
        turn = await shifts.turn(book, shop, by, reference)
        row = ShiftTakeover(shift=shift.id, taken_by=by, taken_at=book.now(), reference=reference)
        facts = {"by": by, "shift": str(shift.id)}
        try:
            await acts.post(book, reference, ("shift-taken", str(shift.id)), facts, [row, *turn.rows])
        except ReferenceConflict:
            raise TakenOver from None
        except RowConflict:
            continue  # their own shift began a moment ago
        return
    raise Busy


async def figures(book: Book, shift: Shift) -> Figures:
    """What was handed over in a shift so far, or until its end. One statement, or two."""
    closing = await ShiftClosing.get_or_none(shift=shift.id, using_db=book.reader)
    if closing is not None:
        return Figures(
            closing.redemptions, closing.points, closing.undone, closing.undone_points, closing.manual
        )
    return await _reckoned(book, shift)


async def _reckoned(book: Book, shift: Shift) -> Figures:
    (row,) = await book.reader.execute_query_dict(_FIGURES, [shift.id])
    return Figures(**{name: int(row[name] or 0) for name in Figures.__slots__})


async def _closing(
    book: Book, shift: Shift, found: Sequence[Difference], said: Mapping[int, str], *, by: str
) -> list[Any]:
    now = await _reckoned(book, shift)
    closing = ShiftClosing(
        shift=shift.id,
        closed_by=by,
        closed_at=book.now(),
        reference=_named("closed", shift),
        **{name: getattr(now, name) for name in Figures.__slots__},
    )
    rows: list[Any] = [closing]
    for each in found:
        name = f"{shift.id}#{each.item}"
        rows.append(
            ShiftDifference(id=name, shift=shift.id, item=each.item, counted=each.counted, book=each.book)
        )
        rows.append(ShiftNote(about=name, text=said[each.item]))
    return rows


def _named(what: str, shift: Shift) -> str:
    return f"shift-{what}/{shift.id}"


_STOOD = """
SELECT a.unit, s.id AS went_at, s.source_balance, t.id AS came_at, t.target_balance
FROM (SELECT position * ? AS first FROM ledger_transaction WHERE reference = ?) AS c
JOIN ledger_account AS a ON a.address = ?
LEFT JOIN ledger_posting AS s ON s.id = (SELECT p.id FROM ledger_posting AS p
    WHERE p.source = a.id AND p.id < c.first ORDER BY p.source_version DESC LIMIT 1)
LEFT JOIN ledger_posting AS t ON t.id = (SELECT p.id FROM ledger_posting AS p
    WHERE p.target = a.id AND p.id < c.first ORDER BY p.target_version DESC LIMIT 1)"""
"""The balances on the last postings before a moment: it looks at what came after it, and at no more."""

_FIGURES = """
SELECT count(*) AS redemptions, sum(r.points) AS points,
    sum(CASE WHEN u.of_reference IS NULL THEN 0 ELSE 1 END) AS undone,
    sum(CASE WHEN u.of_reference IS NULL THEN 0 ELSE r.points END) AS undone_points,
    sum(CASE WHEN r.found_by = 'manual' THEN 1 ELSE 0 END) AS manual
FROM market_redemption AS r LEFT JOIN market_undoing AS u ON u.of_reference = r.reference WHERE r.shift = ?"""
