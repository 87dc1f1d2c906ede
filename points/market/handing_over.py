"""Handing over: from an order and from what pays for it, the one draft that moves points and goods and writes the rows.

The counter, a pick-up, a slip and a merchant all hand over with it, so that receipts, corrections, shifts and accounts
know one kind of redemption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ledger.book import Book
from ledger.errors import BelowFloor
from ledger.transactions import Draft, Posting
from points import chart
from points.evidence import snapshots
from points.market import limits as item_limits
from points.market import shops
from points.market.errors import MarketError, OutOfStock, SoldOut
from points.market.limits import Uses
from points.market.models import Redemption, RedemptionLine, RedemptionPart
from points.market.orders import Order
from points.market.redemptions import Line
from points.market.shifts import Turn

NOTHING = Uses()


class Payment(Protocol):
    """So many points from an account; `pools.Drawn` is one, `Given` another."""

    @property
    def account(self) -> str:
        """Where they stand."""

    @property
    def points(self) -> int:
        """How many."""


@dataclass(frozen=True, slots=True)
class Given:
    """So many points from an account, of any name: what was held for a reservation, or given back and taken again."""

    account: str
    points: int


async def limited(book: Book, order: Order) -> Uses:
    """Limits and permission: whoever may not have what is ordered is refused here (NotForThem, LimitReached), and what
    of a limit it uses up comes back for the draft. Every way to hand over asks it, once for each plan; whoever posts
    what it answers plans again on Moved."""
    return await item_limits.require(book, order.member, order.lines, order.on, group=order.group)


def draft(
    book: Book,
    order: Order,
    paid: Sequence[Payment],
    *,
    limits: Uses = NOTHING,
    household: str = "",
    shelf: str = "",
    turn: Turn | None = None,
    reservation: str | None = None,
    rows: Sequence[Any] = (),
) -> Draft:
    """The entry that hands an order over. `paid` sums to its points; `limits` is what `limited` answered.

    Goods stand first, so that what ran out is said whatever the purse holds; honours cost nothing: goods alone move.
    `shelf` is where the goods stand, the shop's stock unless they were set aside; `household` whose parts
    `order.together` are, who agreed when `reservation` was made, where it is paid with that; `turn` is the shift of who
    hands over (`shifts.turn`); `rows` go in with it.
    """
    assert sum(each.points for each in paid) == order.points, "what is paid is what it costs"
    about = f"{order.shop.number}/{order.key}"
    evidence, texts = snapshots.take("basket", about, order.snapshot, at=book.now())
    return Draft(
        reference=order.reference,
        kind="redemption",
        evidence=evidence,
        effective_on=order.on,
        request=order.request,
        postings=(
            *_goods(order, shelf or chart.stock(order.shop.number)),
            *limits.postings,
            *_points(order, paid),
        ),
        rows=(*texts, *_rows(book, order, turn), *_parts(order, household, reservation), *rows),
        seen=limits.seen,
    )


def refused(order: Order, refusal: BelowFloor) -> MarketError | None:
    """What a draft that was refused means for who stands there: what ran out. None when another spend of the same purse
    came first, and a new plan may still do."""
    unit = refusal.facts["unit"]
    if not unit.startswith("item:"):
        return item_limits.refused(refusal, {line.item: line.name for line in order.lines}, order.on)
    item, left = shops.item_of(unit), refusal.facts["available"]
    line = next(line for line in order.lines if line.item == item)
    kind = OutOfStock if left else SoldOut
    return kind(item=line.name, left=left, wanted=line.quantity)


def _goods(order: Order, shelf: str) -> list[Posting]:
    return [Posting(shelf, chart.HANDED_OUT, line.quantity, chart.item(line.item)) for line in order.lines]


def _points(order: Order, paid: Sequence[Payment]) -> list[Posting]:
    till = chart.taken(order.shop.number)
    return [Posting(each.account, till, each.points, chart.POINTS) for each in paid]


def _rows(book: Book, order: Order, turn: Turn | None) -> list[Any]:
    redemption = Redemption(
        reference=order.reference,
        shop=order.shop.number,
        member=order.member,
        served_by=order.by,
        found_by=order.found_by,
        points=order.points,
        redeemed_on=order.on.isoformat(),
        redeemed_at=book.now(),
        shift=turn.shift if turn else None,
    )
    begun = turn.rows if turn else ()
    return [*begun, redemption, *(_row(order, line) for line in order.lines)]


def _row(order: Order, line: Line) -> RedemptionLine:
    return RedemptionLine(
        id=f"{order.reference}#{line.item}",
        redemption=order.reference,
        item=line.item,
        quantity=line.quantity,
        price=line.price,
    )


def _parts(order: Order, household: str, reservation: str | None) -> list[RedemptionPart]:
    return [
        RedemptionPart(
            id=f"{order.reference}#{owner}",
            redemption=order.reference,
            household=household,
            owner=owner,
            points=points,
            reservation=reservation,
        )
        for owner, points in order.together
    ]
