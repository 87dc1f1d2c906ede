"""Transfers: goods leave one shop's shelf and arrive at another's; on the way they stand in an account of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.expressions import Q

from ledger.book import Book
from ledger.errors import BelowFloor, ReferenceConflict, RowConflict
from ledger.transactions import Posting, Receipt
from points import chart, paging
from points.evidence import acts
from points.keys import new_key
from points.market import earlier, items, shops, stock_drafts, stock_reasons, stock_rights
from points.market.errors import (
    NotSentHere,
    ReasonOfArrival,
    SameShop,
    StockNeedsOther,
    TransferArrived,
    UnknownTransfer,
)
from points.market.models import Shop
from points.market.stock_records import ArrivalLine, Transfer, TransferArrival, TransferLine
from points.paging import FIRST, Part, Turn
from points.people import areas, roles, sides

RECEIVERS = ("stock_keeper", "counter")
"""Who may say at the other shop what has arrived."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """A transfer: what was sent, and what arrived with the reasons of differences once it did."""

    id: str
    source: int
    target: int
    sent_by: str
    sent_on: date
    goods: Mapping[int, int]
    received_by: str | None
    received_on: date | None
    arrived: Mapping[int, tuple[int, str]]

    @property
    def under_way(self) -> bool:
        """Whether nobody has received it."""
        return self.received_by is None


async def send(
    book: Book, source: Shop, target: Shop, goods: Mapping[int, int], *, by: str, key: str
) -> Sent:
    """Send goods (item → quantity) from one shop to another. The same key again answers with the first.

    Raises NotAllowed unless `by` keeps the stock of the shop they leave, SameShop, TooFewThere, BadFigure, UnknownItem,
    BadKey, ReferenceConflict.
    """
    await stock_rights.require_keeper(book, source, by)
    if source.number == target.number:
        raise SameShop
    await stock_drafts.check_goods(book, goods)
    reference = f"transfer/{source.number}/{earlier.checked_key(key)}"
    told = [[item, quantity] for item, quantity in sorted(goods.items())]
    facts = {"by": by, "from": source.number, "goods": told, "to": target.number}
    row = Transfer(
        id=new_key(),
        source=source.number,
        target=target.number,
        sent_by=by,
        sent_on=book.today().isoformat(),
        reference=reference,
    )
    lines = [TransferLine(id=f"{row.id}#{i}", transfer=row.id, item=i, quantity=n) for i, n in goods.items()]
    postings = [
        Posting(chart.stock(source.number), chart.coming(target.number), n, chart.item(i))
        for i, n in sorted(goods.items())
    ]
    draft = stock_drafts.draft(book, reference, "transfer", facts, postings, [row, *lines])
    try:
        await book.journal.post(draft)
    except BelowFloor as refused:
        raise await stock_drafts.too_few(book, refused) from None
    done = await Transfer.get(reference=reference, using_db=book.reader)
    return await find(book, done.id)


async def receive(
    book: Book, sent: Sent, arrived: Mapping[int, int], reasons: Mapping[int, str], *, by: str
) -> Receipt:
    """Say what arrived of each item that was sent, with a reason where it is another number. Once for each transfer.

    What was packed short goes back to the shelf it left, and what was packed too much leaves it as well; what was lost
    or broken on the way is lost. `by` keeps the stock or serves at the shop of arrival, and is another side than who
    sent. Raises NotAllowed, StockNeedsOther, NotSentHere, BadFigure, ReasonOfArrival, TooFewThere, TransferArrived.
    """
    target = await shops.find(book, sent.target)
    await roles.require_any(book, by, RECEIVERS, await areas.path(book, target.area))
    if await sides.shares(book, by, [sent.sent_by]):
        raise StockNeedsOther
    if arrived.keys() != sent.goods.keys():
        raise NotSentHere
    await stock_drafts.check_goods(book, arrived, least=0)
    lines = await _lines(book, sent, arrived, reasons)
    reference = f"arrival/{sent.id}"
    facts = {"by": by, "lines": [[x.item, x.sent, x.arrived, x.reason] for x in lines], "transfer": sent.id}
    row = TransferArrival(
        transfer=sent.id, received_by=by, received_on=book.today().isoformat(), reference=reference
    )
    draft = stock_drafts.draft(book, reference, "arrival", facts, _postings(sent, lines), [row, *lines])
    try:
        return await book.journal.post(draft)
    except (ReferenceConflict, RowConflict) as conflict:
        raise TransferArrived from conflict
    except BelowFloor as refused:
        if await acts.known(book, reference):
            raise TransferArrived from None
        raise await stock_drafts.too_few(book, refused) from None


async def find(book: Book, transfer: str) -> Sent:
    """A transfer by its key. Four statements. Raises UnknownTransfer."""
    rows = Transfer.filter(id=transfer[:33]).using_db(book.reader)
    found = await _read(book, await rows)
    if not found:
        raise UnknownTransfer
    return found[0]


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[Sent]:
    """What was sent to a shop and from it, the latest first. Four statements."""
    rows = Transfer.filter(Q(source=shop.number) | Q(target=shop.number)).using_db(book.reader)
    found = await paging.part(rows, turn)
    return found.told(await _read(book, found.rows))


async def under_way(book: Book, numbers: Sequence[int]) -> list[Sent]:
    """What was sent to these shops and has not been received, the oldest first. Four statements."""
    if not numbers:
        return []
    marks = ", ".join("?" * len(numbers))
    sql = f"""
SELECT t.id FROM market_transfer AS t WHERE t.target IN ({marks})
    AND NOT EXISTS (SELECT 1 FROM market_transfer_arrival AS a WHERE a.transfer = t.id)
ORDER BY t.id LIMIT {MOST}"""  # noqa: S608 - marks and a number of ours
    keys = [row["id"] for row in await book.reader.execute_query_dict(sql, list(numbers))]
    rows = Transfer.filter(id__in=keys).using_db(book.reader).order_by("id")
    return await _read(book, await rows)


async def _read(book: Book, rows: Sequence[Transfer]) -> list[Sent]:
    keys = [row.id for row in rows]
    lines = await TransferLine.filter(transfer__in=keys).using_db(book.reader).order_by("item")
    done = {x.transfer: x for x in await TransferArrival.filter(transfer__in=keys).using_db(book.reader)}
    came = await ArrivalLine.filter(transfer__in=keys).using_db(book.reader)
    return [_sent(row, lines, done.get(row.id), came) for row in rows]


def _sent(
    row: Transfer, lines: Sequence[TransferLine], done: TransferArrival | None, came: Sequence[ArrivalLine]
) -> Sent:
    return Sent(
        id=row.id,
        source=row.source,
        target=row.target,
        sent_by=row.sent_by,
        sent_on=date.fromisoformat(row.sent_on),
        goods={line.item: line.quantity for line in lines if line.transfer == row.id},
        received_by=done.received_by if done else None,
        received_on=date.fromisoformat(done.received_on) if done else None,
        arrived={line.item: (line.arrived, line.reason) for line in came if line.transfer == row.id},
    )


async def _lines(
    book: Book, sent: Sent, arrived: Mapping[int, int], reasons: Mapping[int, str]
) -> list[ArrivalLine]:
    lines = []
    for item, quantity in sorted(sent.goods.items()):
        reason = reasons.get(item, "") if arrived[item] != quantity else ""
        more = arrived[item] > quantity
        fits = {"more"} if more else stock_reasons.ON_THE_WAY.keys() - {"more"}
        if arrived[item] != quantity and reason not in fits:
            names = {each.number: each.name for each in await items.all_items(book)}
            raise ReasonOfArrival(item=names[item], sent=quantity, arrived=arrived[item])
        lines.append(
            ArrivalLine(
                id=f"{sent.id}#{item}",
                transfer=sent.id,
                item=item,
                sent=quantity,
                arrived=arrived[item],
                reason=reason,
            )
        )
    return lines


def _postings(sent: Sent, lines: Sequence[ArrivalLine]) -> list[Posting]:
    way, here, there = chart.coming(sent.target), chart.stock(sent.target), chart.stock(sent.source)
    made = []
    for line in lines:
        unit, missing = chart.item(line.item), line.sent - line.arrived
        if whole := min(line.sent, line.arrived):
            made.append(Posting(way, here, whole, unit))
        if missing > 0:
            made.append(Posting(way, there if line.reason == "short" else chart.LOST, missing, unit))
        if missing < 0:
            made.append(Posting(there, here, -missing, unit))
    return made
