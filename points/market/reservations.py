"""Reservations: chosen at home, points and goods are set aside, to be picked up in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, RowConflict
from ledger.transactions import Draft, Posting
from points.awards import purse
from points.evidence import snapshots
from points.keys import new_key
from points.market import (
    contracts,
    earlier,
    handing_over,
    holding,
    lapsing,
    orders,
    pick_up_codes,
    pick_up_days,
    shops,
)
from points.market.baskets import Basket
from points.market.errors import NotEnough, ShopClosed, ShopNotOpen, UnknownCustomer
from points.market.holding import Drawn
from points.market.models import Shop
from points.market.orders import Order
from points.market.reservation_errors import NoReservationsHere, PriceChanged, TooManyOpen
from points.market.reservation_records import PickUpCode, Reservation, ReservationLine
from points.people.models import Member
from points.people.twice import merges

ATTEMPTS = 20
"""Each attempt that fails means that another spend of the same purse was written meanwhile."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a reservation would be, made now: what it costs, and until when it would be kept."""

    order: Order
    drawn: tuple[Drawn, ...]
    until_at: datetime

    @property
    def points(self) -> int:
        """What it costs."""
        return self.order.points


async def plan(book: Book, shop: Shop, member: str, basket: Basket) -> Planned:
    """What a member would set aside at a shop now, at the prices of today, from their own points, the earliest last day
    first. Nothing is written.

    Raises UnknownCustomer, MergedInto, ShopNotOpen, UnknownItem, NoPrice, NotEnough, and what limits refuse.
    """
    planned, _limits = await _planned(book, shop, member, basket, key="plan")
    return planned


async def reserve(
    book: Book, shop: Shop, member: str, basket: Basket, *, points: int, key: str, secret: bytes
) -> tuple[Reservation, bool]:
    """Set aside points and goods for a member, in one transaction; the answer, and whether it had been done before.

    The price of this day stays. It is kept for 24 hours or to the end of the shop's next pick-up day, and never longer
    than the points live. The same key again gives the first. `points` is what the member was shown; `secret` is what
    the code is made with. Raises what `plan` does, PriceChanged, SoldOut, OutOfStock, TooManyOpen, BadKey,
    ReferenceConflict, Busy.
    """
    reference = f"hold/{shop.number}/{earlier.checked_key(key)}"
    request = _request(shop, member, basket, points)
    if await earlier.receipt(book, reference, request):
        return await _first(book, reference), True
    await lapsing.of_member(book, member)
    await lapsing.at_shop(book, shop.number)
    for _ in range(ATTEMPTS):
        planned, limits = await _planned(book, shop, member, basket, key=key)
        if planned.points != points:
            raise PriceChanged
        row = _row(planned, reference, book.now())
        code = await pick_up_codes.draw(book, shop.number, row.id, secret)
        draft = _draft(planned, row, code, request=request, limits=limits)
        try:
            receipt = await book.journal.post(draft)
        except BelowFloor as refusal:
            _say(planned.order, refusal)
        except RowConflict:
            continue  # another drew the same code in the same moment
        else:
            return (await _first(book, reference), True) if receipt.repeated else (row, False)
    raise Busy


async def _planned(
    book: Book, shop: Shop, member: str, basket: Basket, *, key: str
) -> tuple[Planned, Sequence[Posting]]:
    on, at = book.today(), book.now()
    if not await Member.filter(number=member).using_db(book.reader).exists():
        raise UnknownCustomer(member=member)
    await merges.require_open(book, member)
    await _require_open(book, shop, on)
    lines, price_ids = await orders.priced(book, basket, on)
    order = Order(shop, member, lines, price_ids, member, key, on, "pickup")
    limits = await handing_over.limited(book, order)
    own = await purse.spendable(book, member, on)
    missing = order.points - sum(points for _, points in own)
    if missing > 0:
        raise NotEnough(missing=missing)
    drawn = holding.draw(own, order.points)
    weekdays = await pick_up_days.of(book, shop.number)
    last = min((each.day for each in drawn), default=None)
    return Planned(order, drawn, pick_up_days.deadline(at, weekdays, last, book.zone)), limits


async def _require_open(book: Book, shop: Shop, on: date) -> None:
    standing = await shops.standing(book, shop)
    if on.isoformat() < shop.opened_on:
        raise ShopNotOpen(shop=shop.name, opened_on=shop.opened_on)
    if standing.closed_on is not None and on.isoformat() >= standing.closed_on:
        raise ShopClosed(shop=shop.name)
    if await contracts.is_merchant(book, shop):
        raise NoReservationsHere(shop=shop.name)


def _request(shop: Shop, member: str, basket: Basket, points: int) -> str:
    wanted = [[item, quantity] for item, quantity in basket.wanted]
    return encoding.digest_of({"items": wanted, "member": member, "points": points, "shop": shop.number})


async def _first(book: Book, reference: str) -> Reservation:
    return await Reservation.get(reference=reference, using_db=book.reader)


def _say(order: Order, refusal: BelowFloor) -> None:
    """Raise what the refusal means for the member; return when a new plan may do."""
    said = handing_over.refused(order, refusal)
    if said is not None:
        raise said from None
    if refusal.facts["address"] == holding.counted(order.member):
        raise TooManyOpen(most=holding.OPEN_AT_MOST) from None


def _row(planned: Planned, reference: str, at: datetime) -> Reservation:
    order = planned.order
    return Reservation(
        id=new_key(),
        reference=reference,
        shop=order.shop.number,
        member=order.member,
        points=order.points,
        made_on=order.on.isoformat(),
        made_at=at,
        until_at=planned.until_at,
    )


def _draft(
    planned: Planned,
    row: Reservation,
    code: PickUpCode,
    *,
    request: str,
    limits: Sequence[Posting],
) -> Draft:
    order = planned.order
    said = order.snapshot | {"reservation": row.id, "until": row.until_at.isoformat()}
    evidence, texts = snapshots.take("reservation", row.id, said, at=row.made_at)
    lines = [
        ReservationLine(
            id=f"{row.id}#{line.item}",
            reservation=row.id,
            item=line.item,
            quantity=line.quantity,
            price=line.price,
            price_id=price,
        )
        for line, price in zip(order.lines, order.price_ids, strict=True)
    ]
    return Draft(
        reference=row.reference,
        kind="hold",
        evidence=evidence,
        effective_on=order.on,
        request=request,
        postings=holding.postings(order.shop.number, order.member, order.lines, planned.drawn, limits),
        rows=(*texts, row, *lines, code),
    )
