"""What was handed over: the answer of the counter, a shop's day, one receipt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ledger import selecting
from ledger.book import Book
from ledger.errors import RowsLost
from ledger.models import LedgerTransaction
from ledger.transactions import LINES_AT_MOST, Receipt
from points import chart, paging
from points.market import items
from points.market.models import Item, Redemption, RedemptionLine, RedemptionPart, Shop
from points.openness import masking
from points.paging import FIRST, Part, Turn
from points.people.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """So many of an item, at the price one had; what it is called in English is for reading only."""

    item: int
    name: str
    quantity: int
    price: int
    name_en: str = field(default="", compare=False)

    @property
    def points(self) -> int:
        """What the line cost."""
        return self.quantity * self.price


def line_of(item: Item, quantity: int, price: int) -> Line:
    """So many of an item as it is called now."""
    return Line(item.number, item.name, quantity, price, item.name_en)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """The counter's answer: `before` and `after` are the member's spendable points around this very transaction.

    `repeated`: it had been done before under this key, and this is what was answered then.
    """

    receipt: Receipt
    lines: tuple[Line, ...]
    points: int
    before: int
    after: int
    repeated: bool
    parts: tuple[tuple[str, int], ...] = ()
    """What each purse of the household gave (`member/V-000001`), the member's own first, or what their team gave
    (`team/T-0001`); () when they paid alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A redemption as a list shows it. `position` is the number on its receipt; `name` is masked, empty once erased."""

    reference: str
    position: int
    shop: int
    member: str
    name: str
    served_by: str
    found_by: str
    lines: tuple[Line, ...]
    points: int
    redeemed_on: date
    redeemed_at: datetime
    corrected: bool
    correction: int | None = None
    """The number of the entry that took it back."""


async def answer(book: Book, receipt: Receipt) -> Redeemed:
    """What the counter answers for a receipt, now and whenever it is asked again. Five statements.

    Raises RowsLost when the entry came back from its text alone.
    """
    row = await Redemption.get_or_none(reference=receipt.reference, using_db=book.reader)
    if row is None:
        raise RowsLost(position=receipt.position, reference=receipt.reference)
    lines = await _lines(book, [row.reference])
    on = date.fromisoformat(row.redeemed_on)
    after = await _spendable_after(book, row.member, on, receipt.position)
    parts = (await parts_of(book, [row.reference])).get(row.reference, ())
    own = dict(parts).get(f"member/{row.member}", 0 if parts else row.points)
    return Redeemed(receipt, lines[row.reference], row.points, after + own, after, receipt.repeated, parts)


async def parts_of(book: Book, references: Sequence[str]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Of these redemptions those that a household paid together, each with what every purse gave, the
    member's own first. Two statements at most."""
    rows = await RedemptionPart.filter(redemption__in=references).using_db(book.reader)
    members = Redemption.filter(reference__in=[row.redemption for row in rows]).using_db(book.reader)
    own = {f"{row.reference}#member/{row.member}" for row in await members} if rows else set()
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for row in sorted(rows, key=lambda row: (row.id not in own, row.owner)):
        found[row.redemption] = (*found.get(row.redemption, ()), (row.owner, row.points))
    return found


async def of_day(
    book: Book, shop: Shop, on: date, turn: Turn = FIRST, *, limit: int = paging.A_PAGE
) -> Part[Entry]:
    """What a shop handed over on a day, the latest first. A constant number of statements."""
    rows = Redemption.filter(shop=shop.number, redeemed_on=on.isoformat()).using_db(book.reader)
    found = await paging.part(rows, turn, by=("redeemed_at", "reference"), limit=limit)
    return found.told(await _entries(book, found.rows))


async def sum_of_day(book: Book, shop: Shop, on: date) -> tuple[int, int]:
    """How many there were on a day, and the points of those that stand. One statement."""
    rows = await book.reader.execute_query_dict(_SUM_OF_DAY, [shop.number, on.isoformat()])
    return int(rows[0]["entries"]), int(rows[0]["points"])


async def find(book: Book, reference: str) -> Entry | None:
    """One redemption by its reference."""
    entries = await _entries(book, await Redemption.filter(reference=reference).using_db(book.reader))
    return entries[0] if entries else None


async def many(book: Book, references: Sequence[str]) -> dict[str, Entry]:
    """Redemptions by their references. A constant number of statements."""
    rows = await Redemption.filter(reference__in=list(references)).using_db(book.reader)
    return {entry.reference: entry for entry in await _entries(book, rows)}


async def numbered(book: Book, position: int) -> Entry | None:
    """The redemption whose receipt has this number; None when the number is of something else."""
    transaction = await LedgerTransaction.get_or_none(position=position, using_db=book.reader)
    return await find(book, transaction.reference) if transaction else None


async def _entries(book: Book, rows: Sequence[Redemption]) -> list[Entry]:
    references = [row.reference for row in rows]
    lines = await _lines(book, references)
    entries = await _positions(book, references)
    names = await _masked_names(book, {row.member for row in rows})
    return [
        Entry(
            reference=row.reference,
            position=entries[row.reference][0],
            shop=row.shop,
            member=row.member,
            name=names.get(row.member, ""),
            served_by=row.served_by,
            found_by=row.found_by,
            lines=lines[row.reference],
            points=row.points,
            redeemed_on=date.fromisoformat(row.redeemed_on),
            redeemed_at=row.redeemed_at,
            corrected=entries[row.reference][1] is not None,
            correction=entries[row.reference][1],
        )
        for row in rows
    ]


async def _lines(book: Book, references: Sequence[str]) -> dict[str, tuple[Line, ...]]:
    rows = await selecting.among(book.reader, RedemptionLine, "redemption", references, order="item")
    goods = await items.named(book, {row.item for row in rows})
    found: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        found[row.redemption].append(line_of(goods[row.item], row.quantity, row.price))
    return {reference: tuple(lines) for reference, lines in found.items()}


async def _positions(book: Book, references: Sequence[str]) -> dict[str, tuple[int, int | None]]:
    """Where each of these stands in the ledger, and the entry that took it back, where there is one."""
    if not references:
        return {}
    sql = _POSITIONS.format(", ".join("?" for _ in references))
    rows = await book.reader.execute_query_dict(sql, list(references))
    return {row["reference"]: (row["position"], row["correction"]) for row in rows}


async def _masked_names(book: Book, members: Iterable[str]) -> dict[str, str]:
    rows = await selecting.among(book.reader, Person, "member", members)
    return masking.mask_list({row.member: row.name for row in rows})


_POSITIONS = """
SELECT entry.reference, entry.position, correction.position AS correction
FROM ledger_transaction AS entry LEFT JOIN ledger_transaction AS correction ON correction.reverses = entry.position
WHERE entry.reference IN ({})"""

_SUM_OF_DAY = """
SELECT COUNT(*) AS entries,
    COALESCE(SUM(CASE WHEN correction.position IS NULL THEN redeemed.points ELSE 0 END), 0) AS points
FROM market_redemption AS redeemed
JOIN ledger_transaction AS entry ON entry.reference = redeemed.reference
LEFT JOIN ledger_transaction AS correction ON correction.reverses = entry.position
WHERE redeemed.shop = ? AND redeemed.redeemed_on = ?
"""

_SPENDABLE_AFTER = """
SELECT COALESCE(SUM(
    COALESCE((SELECT SUM(came.amount) FROM ledger_posting AS came WHERE came.target = account.id AND came.id < ?), 0)
  - COALESCE((SELECT SUM(went.amount) FROM ledger_posting AS went WHERE went.source = account.id AND went.id < ?), 0)
), 0) AS balance
FROM ledger_account AS account
WHERE account.unit = ? AND account.address >= ? AND account.address < ?
"""


async def _spendable_after(book: Book, member: str, on: date, position: int) -> int:
    """The points a member could spend on a day, right after the transaction at a position: asked of the ledger, so that
    the answer stays the same however much has happened since."""
    first = chart.until(member, on)
    # In ASCII ":" follows "9": every later day's address lies between.
    end = first.removesuffix(on.isoformat()) + ":"
    bound = (position + 1) * LINES_AT_MOST
    rows = await book.reader.execute_query_dict(_SPENDABLE_AFTER, [bound, bound, chart.POINTS, first, end])
    return int(rows[0]["balance"])
