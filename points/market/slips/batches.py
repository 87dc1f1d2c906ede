"""Batches of slips: who printed how many for a shop, and how their numbers add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from ledger.errors import RowConflict
from points import paging
from points.evidence import acts
from points.keys import new_key
from points.market import earlier
from points.market.models import Shop
from points.market.slips.errors import BadSlipCount, SlipNotPrinted
from points.market.slips.numbers import Number
from points.market.slips.records import SlipBatch, SlipStep
from points.paging import FIRST, Part, Turn
from points.people import roles

MOST = 200
ATTEMPTS = 20
OPEN = frozenset({"entered", "loss_asked", "kept"})
"""What a slip's last step is while something is left to do. `kept`: it was not to be a loss after all."""
DONE = {"redeemed": "used", "lost": "lost", "void": "void"}


@dataclass(frozen=True, slots=True)
class Tally:
    """printed = unused + open + used + lost + void. What was sent back to be entered anew is unused again."""

    printed: int
    unused: int
    open: int
    used: int
    lost: int
    void: int


async def print_batch(book: Book, shop: Shop, count: int, *, by: str, key: str) -> SlipBatch:
    """Number 1 to 200 slips of the shop's next series, by its counter staff. The same key is the same batch.

    Raises BadSlipCount, NotAllowed, BadKey, ReferenceConflict.
    """
    if not 1 <= count <= MOST:
        raise BadSlipCount(most=MOST)
    await roles.require(book, by, "counter", shop.area, book.today())
    reference = f"slips/{shop.number}/{earlier.checked_key(key)}"
    asked = {"by": by, "count": count, "shop": shop.number, "verb": "print slips"}
    for _ in range(ATTEMPTS):
        series = await _latest(book, shop) + 1
        if await acts.before(book, reference, asked):
            break
        row = SlipBatch(
            id=new_key(),
            shop=shop.number,
            series=series,
            count=count,
            printed_by=by,
            printed_on=book.today().isoformat(),
            reference=reference,
        )
        facts = {**asked, "series": series}
        try:
            await acts.post(book, reference, ("slip-batch", row.id), facts, [row], request=asked)
        except RowConflict:
            continue  # somebody else took this series
        break
    return await SlipBatch.get(reference=reference, using_db=book.reader)


async def of_shop(book: Book, shop: Shop, turn: Turn = FIRST) -> Part[SlipBatch]:
    """The batches of a shop, the newest first. One statement."""
    rows = SlipBatch.filter(shop=shop.number).using_db(book.reader)
    return await paging.part(rows, turn, by=("series",))


async def of_number(book: Book, number: Number) -> SlipBatch:
    """The batch a slip was printed in; raises SlipNotPrinted."""
    row = await SlipBatch.get_or_none(shop=number.shop, series=number.series, using_db=book.reader)
    if row is None or number.number > row.count:
        raise SlipNotPrinted(number=number.shown)
    return row


async def find(book: Book, shop: Shop, series: int) -> SlipBatch | None:
    """A batch of a shop by its series."""
    return await SlipBatch.get_or_none(shop=shop.number, series=series, using_db=book.reader)


def numbers(batch: SlipBatch) -> list[Number]:
    """Every number that was printed."""
    return [Number(batch.shop, batch.series, n) for n in range(1, batch.count + 1)]


async def last_steps(book: Book, wanted: Sequence[SlipBatch]) -> dict[str, dict[str, SlipStep]]:
    """By batch, the last step of each slip that has any. One statement for these batches."""
    rows = SlipStep.filter(batch__in=[batch.id for batch in wanted]).using_db(book.reader)
    found: dict[str, dict[str, SlipStep]] = {batch.id: {} for batch in wanted}
    for row in await rows.order_by("id"):
        found[row.batch][row.slip] = row
    return found


def tally(batch: SlipBatch, last: dict[str, SlipStep]) -> Tally:
    """How the numbers of a batch add up."""
    now = Counter("open" if row.what in OPEN else DONE.get(row.what, "unused") for row in last.values())
    touched = sum(now.values()) - now["unused"]
    return Tally(batch.count, batch.count - touched, now["open"], now["used"], now["lost"], now["void"])


async def _latest(book: Book, shop: Shop) -> int:
    row = await SlipBatch.filter(shop=shop.number).using_db(book.reader).order_by("-series").first()
    return row.series if row else 0
