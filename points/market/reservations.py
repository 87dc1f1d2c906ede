"""Reservations: chosen at home, points and goods are set aside, to be picked up in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, Moved, RowConflict
from ledger.transactions import Draft
from points.evidence import snapshots
from points.keys import new_key
from points.market import (
    contracts,
    earlier,
    handing_over,
    holding,
    lapsing,
    merchants,
    orders,
    pick_up_codes,
    pick_up_days,
    pools,
    shops,
)
from points.market.baskets import Basket
from points.market.errors import (
    MarketError,
    PartsChanged,
    ShopClosed,
    ShopNotOpen,
    UnknownCustomer,
    WrongShop,
)
from points.market.limits import Uses
from points.market.models import Shop
from points.market.orders import Order
from points.market.pools import Drawn, Parts, Pool
from points.market.reservation_errors import PriceChanged, ReservedPartsChanged, TooManyOpen
from points.market.reservation_records import PickUpCode, Reservation, ReservationLine, ReservationPart
from points.people.models import Member
from points.people.twice import merges

ATTEMPTS = 20
"""Each attempt that fails means that another spend of the same purse was written meanwhile."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a reservation would be, made now: what it costs and whose points pay, and until when it would be kept."""

    order: Order
    pool: Pool
    drawn: tuple[Drawn, ...]
    until_at: datetime

    @property
    def points(self) -> int:
        """What it costs."""
        return self.order.points

    @property
    def parts(self) -> Parts:
        """What each purse of the household gives, the member's own first; () where they pay alone."""
        return self.pool.parts_of(self.points)

    @property
    def own(self) -> int:
        """What the member themselves gives."""
        return dict(self.parts).get(pools.owner_of(self.order.member), self.points)


async def plan(book: Book, shop: Shop, member: str, basket: Basket) -> Planned:
    """What a member would set aside at a shop now, at the prices of today: from their own points, the earliest last day
    first, and where those are not enough from what their household agreed to spend together. Nothing is written.

    Raises UnknownCustomer, MergedInto, ShopNotOpen, NoContract, WrongShop, UnknownItem, NoPrice, NotEnough, and what
    limits refuse.
    """
    planned, _limits = await _planned(book, shop, member, basket, key="plan")
    return planned


async def reserve(
    book: Book,
    shop: Shop,
    member: str,
    basket: Basket,
    *,
    points: int,
    key: str,
    secret: bytes,
    together: Parts = (),
) -> tuple[Reservation, bool]:
    """Set aside points and goods for a member, in one transaction; the answer, and whether it had been done before.

    The price of this day stays. It is kept for 24 hours or to the end of the shop's next pick-up day, and never longer
    than the points live. The same key again gives the first. `points` is what the member was shown, and `together` what
    each purse of their household gives (`Planned.parts`): then it is done so or not at all. `secret` is what the code
    is made with. Raises what `plan` does, PriceChanged, ReservedPartsChanged, SoldOut, OutOfStock, TooManyOpen,
    BadKey, ReferenceConflict, Busy.
    """
    reference = f"hold/{shop.number}/{earlier.checked_key(key)}"
    request = _request(shop, member, basket, points, together)
    if await earlier.receipt(book, reference, request):
        return await _first(book, reference), True
    await lapsing.of_member(book, member)
    await lapsing.at_shop(book, shop.number)
    for _ in range(ATTEMPTS):
        try:
            planned, limits = await _planned(book, shop, member, basket, key=key, together=together)
        except MarketError:
            # The same press may have been written between our look and now, and have emptied the purses itself.
            if await earlier.receipt(book, reference, request):
                return await _first(book, reference), True
            raise
        if planned.points != points:
            raise PriceChanged
        row = _row(planned, reference, book.now())
        code = await pick_up_codes.draw(book, shop.number, row.id, secret)
        draft = _draft(planned, row, code, request=request, limits=limits)
        try:
            receipt = await book.journal.post(draft)
        except BelowFloor as refusal:
            _say(planned.order, refusal)
        except (Moved, RowConflict):
            continue  # another drew the same code or on the same limit, or one of a household no longer agrees
        else:
            return (await _first(book, reference), True) if receipt.repeated else (row, False)
    raise Busy


async def _planned(
    book: Book, shop: Shop, member: str, basket: Basket, *, key: str, together: Parts | None = None
) -> tuple[Planned, Uses]:
    """`together` None: whoever pays."""
    on, at = book.today(), book.now()
    row = await Member.get_or_none(number=member, using_db=book.reader)
    if row is None:
        raise UnknownCustomer(member=member)
    await merges.require_open(book, member)
    await _require_open(book, shop, row.area, on)
    lines, price_ids = await orders.priced(book, basket, on)
    order = Order(shop, member, lines, price_ids, member, key, on, "pickup", together or ())
    limits = await handing_over.limited(book, order)
    pool, drawn = await _paid(book, order, together)
    weekdays = await pick_up_days.of(book, shop.number)
    last = min((each.day for each in drawn), default=None)
    return Planned(order, pool, drawn, pick_up_days.deadline(at, weekdays, last, book.zone)), limits


async def _paid(book: Book, order: Order, together: Parts | None) -> tuple[Pool, tuple[Drawn, ...]]:
    if together is None:
        pool = await pools.paying(book, order.member, order.points, order.on)
        return pool, pool.draw(order.points)
    try:
        return await pools.as_shown(book, order.member, order.points, order.on, together)
    except PartsChanged:
        raise ReservedPartsChanged from None


async def _require_open(book: Book, shop: Shop, home: str, on: date) -> None:
    """At a merchant's only what its contract and its alliance let the people of `home` have."""
    standing = await shops.standing(book, shop)
    if on.isoformat() < shop.opened_on:
        raise ShopNotOpen(shop=shop.name, opened_on=shop.opened_on)
    if standing.closed_on is not None and on.isoformat() >= standing.closed_on:
        raise ShopClosed(shop=shop.name)
    if await contracts.is_merchant(book, shop):
        await contracts.require(book, shop, on)
        if not await merchants.serves(book, shop, home, on):
            raise WrongShop(shop=shop.name)


def _request(shop: Shop, member: str, basket: Basket, points: int, together: Parts) -> str:
    wanted = [[item, quantity] for item, quantity in basket.wanted]
    asked = {"items": wanted, "member": member, "points": points, "shop": shop.number}
    return encoding.digest_of(asked | ({"together": [list(part) for part in together]} if together else {}))


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
    limits: Uses,
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
    parts = [
        ReservationPart(
            id=f"{row.id}#{owner}",
            reservation=row.id,
            household=planned.pool.household,
            owner=owner,
            points=points,
        )
        for owner, points in order.together
    ]
    return Draft(
        reference=row.reference,
        kind="hold",
        evidence=evidence,
        effective_on=order.on,
        request=request,
        postings=holding.postings(
            order.shop.number, order.member, order.lines, planned.drawn, limits.postings
        ),
        rows=(*texts, row, *lines, code, *parts),
        seen=limits.seen,
    )
