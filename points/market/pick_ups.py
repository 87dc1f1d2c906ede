"""Pick-up: what was reserved is handed over once, to whoever brings its code. The code is the proof: no PIN."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.book import Book
from ledger.errors import BelowFloor, Busy, ReferenceConflict, RowConflict
from ledger.transactions import Posting
from points.market import (
    counter,
    earlier,
    handing_over,
    holding,
    items,
    redemptions,
    reservation_endings,
    reserved,
    shifts,
)
from points.market.errors import MarketError
from points.market.models import Shop
from points.market.orders import Order
from points.market.pools import Parts
from points.market.redemptions import Line, Redeemed
from points.market.reservation_errors import StillWaiting, UnknownReservation
from points.market.reservation_records import Filling, Reservation, ReservationLine
from points.market.shifts import Turn
from points.people.twice import merges

ATTEMPTS = 5


async def lines_of(book: Book, reservation: str) -> list[tuple[Line, str]]:
    """What is in a reservation, each line with the row of the price it was made at, by item. Two statements."""
    rows = await ReservationLine.filter(reservation=reservation).using_db(book.reader).order_by("item")
    goods = {item.number: item for item in await items.all_items(book)}
    return [(redemptions.line_of(goods[row.item], row.quantity, row.price), row.price_id) for row in rows]


async def hand_over(book: Book, shop: Shop, row: Reservation, *, by: str, key: str) -> Redeemed:
    """Hand over what was reserved, at any till of its shop. Points and goods move in one commit, or nothing does.

    Whoever calls this has seen the code. The same key again gives the first answer; any other way to have it twice
    ends in AlreadyPickedUp. Raises AlreadyCancelled and AlreadyLapsed as well, UnknownReservation at another shop, what
    `counter.require_served` refuses (NotAllowed, OwnRedemption, HouseholdRedemption …), BadKey, ReferenceConflict.
    """
    if row.shop != shop.number:
        raise UnknownReservation
    return await _hand_over(book, shop, row, by=by, key=key, staffed=True)


async def take_out(book: Book, shop: Shop, row: Reservation, *, key: str) -> Redeemed:
    """The member has taken it out of its locker at an unmanned station: it was served by who put it there.

    Whoever calls this has seen the code. Raises StillWaiting before it lies there, and otherwise as `hand_over`.
    """
    filling = await Filling.get_or_none(reservation=row.id, using_db=book.reader)
    if row.shop != shop.number:
        raise UnknownReservation
    if filling is None:
        await reservation_endings.require_open(book, row)
        raise StillWaiting
    return await _hand_over(book, shop, row, by=filling.filled_by, key=key, staffed=False)


async def _hand_over(
    book: Book, shop: Shop, row: Reservation, *, by: str, key: str, staffed: bool
) -> Redeemed:
    earlier.checked_key(key)
    for _ in range(ATTEMPTS):
        owner = await merges.stands_for(book, row.member)
        taken = await holding.moved(book, row.reference)
        household = await reserved.household(book, row.id)
        parts = holding.parts(owner, taken) if household else ()
        order = await _order(book, shop, row, owner, by=by, key=key, together=parts)
        receipt = await earlier.receipt(book, order.reference, order.request)
        if receipt is not None:
            return await redemptions.answer(book, receipt)
        try:
            if staffed:
                await counter.require_served(book, shop, owner, by=by, on=order.on)
            await reservation_endings.require_open(book, row)
        except MarketError:
            # The same press may have ended it itself, at another server, between our look and now.
            receipt = await earlier.receipt(book, order.reference, order.request)
            if receipt is None:
                raise
            return await redemptions.answer(book, receipt)
        turn = await shifts.turn(book, shop, by, order.reference) if staffed else None
        try:
            return await _post(book, row, order, taken, turn, household)
        except (BelowFloor, RowConflict):
            continue  # ended by somebody else, which is said in the next round; or moved by a merge
        except ReferenceConflict as refusal:
            if refusal.facts["reference"] == order.reference:
                raise
            # what it gives back was given back already, as above
    raise Busy


async def _order(
    book: Book, shop: Shop, row: Reservation, owner: str, *, by: str, key: str, together: Parts
) -> Order:
    """The order of a pick-up: the prices are those of the day it was reserved."""
    found = await lines_of(book, row.id)
    lines, prices = tuple(line for line, _ in found), tuple(price for _, price in found)
    also = (("reservation", row.id),)
    return Order(shop, owner, lines, prices, by, key, book.today(), "pickup", together, also)


async def _post(
    book: Book, row: Reservation, order: Order, taken: Sequence[Posting], turn: Turn | None, household: str
) -> Redeemed:
    """Back to the purse and the shelf, and from there over the counter, in one commit: a correction of the redemption
    then gives both back where they can be used."""
    end = reservation_endings.end_row(
        book,
        row,
        reservation_endings.PICKED_UP,
        reference=f"release/{row.id}{reservation_endings.AFTER}",
        by=order.by,
        redemption=order.reference,
    )
    back = reservation_endings.release(book, row, taken, end)
    over = handing_over.draft(
        book, order, holding.paid(taken),
        limits=holding.limits(taken), turn=turn, household=household, reservation=row.id if household else None,
        rows=(end,),
    )  # fmt: skip
    _, receipt = await book.journal.post_together([back, over])
    return await redemptions.answer(book, receipt)
