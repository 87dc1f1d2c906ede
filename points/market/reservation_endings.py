"""How a reservation ends, once: picked up, cancelled or lapsed. Whatever it was, what was set aside goes back exactly.

What is picked up goes back too, and is handed over in the same commit, like anything else that is handed over: so a
receipt, a correction and a shift need not know that it was reserved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.errors import BelowFloor, Busy, RowConflict
from ledger.transactions import Draft, Posting
from points.evidence import snapshots
from points.market import holding, shops
from points.market.reservation_errors import (
    AlreadyCancelled,
    AlreadyLapsed,
    AlreadyPickedUp,
    NoCancelReason,
    ReservationError,
)
from points.market.reservation_records import Reservation, ReservationEnd
from points.people import areas, roles
from points.people.twice import merges

PICKED_UP, CANCELLED, LAPSED = "picked_up", "cancelled", "lapsed"
OWN = "own"
REASONS = {"asked": "本人要求", "gone": "货坏了或者找不到", "closed": "这里临时不开", "mistake": "预留错了"}
"""Why staff cancels; the member themselves need not say (`own`)."""
MAY_CANCEL = ("counter",)
ATTEMPTS = 5
AFTER = "/picked-up"
"""How the reference ends of what went back in order to be handed over in the same commit."""


async def ended(book: Book, reservation: str) -> ReservationEnd | None:
    """How a reservation ended; None while that is not written."""
    return await ReservationEnd.get_or_none(reservation=reservation, using_db=book.reader)


def refusal(end: ReservationEnd) -> ReservationError:
    """What somebody is told who wants something of a reservation that has ended."""
    kind = {PICKED_UP: AlreadyPickedUp, CANCELLED: AlreadyCancelled, LAPSED: AlreadyLapsed}[end.how]
    return kind(on=end.ended_on)


async def require_open(book: Book, row: Reservation) -> None:
    """Raise AlreadyPickedUp, AlreadyCancelled or AlreadyLapsed. What is too late lapses in this very moment."""
    end = await ended(book, row.id)
    if end is None and book.now() >= row.until_at:
        await lapse(book, row)
        raise AlreadyLapsed(on=book.today().isoformat())
    if end is not None:
        raise refusal(end)


async def cancel(book: Book, row: Reservation, *, by: str, reason: str = OWN) -> None:
    """Give back what was set aside, asked by the member, or by counter staff of the shop's area, who say why.

    Again by the same person it is as good as once. Raises NotAllowed, NoCancelReason, AlreadyPickedUp,
    AlreadyCancelled, AlreadyLapsed.
    """
    if by != await merges.stands_for(book, row.member) or reason != OWN:
        shop = await shops.find(book, row.shop)
        await roles.require_any(book, by, MAY_CANCEL, await areas.path(book, shop.area))
        if reason not in REASONS:
            raise NoCancelReason
    end = await ended(book, row.id)
    if end is not None and (end.how, end.ended_by) == (CANCELLED, by):
        return
    await require_open(book, row)
    await _end(book, row, CANCELLED, by=by, reason=reason)


async def lapse(book: Book, row: Reservation) -> bool:
    """Give back what nobody fetched; False when somebody ended it a moment before. Its time must have come."""
    try:
        await _end(book, row, LAPSED)
    except ReservationError:
        return False
    return True


async def _end(book: Book, row: Reservation, how: str, *, by: str | None = None, reason: str = "") -> None:
    """Post the release with its row; when a merge moved what was set aside meanwhile, from where it is now."""
    for _ in range(ATTEMPTS):
        taken = await holding.moved(book, row.reference)
        end = end_row(book, row, how, reference=f"release/{row.id}", by=by, reason=reason)
        try:
            await book.journal.post(release(book, row, taken, end, rows=(end,)))
        except RowConflict:
            there = await ended(book, row.id)
            assert there is not None, "its row is the only one in the way"
            raise refusal(there) from None
        except BelowFloor:
            continue
        return
    raise Busy


def end_row(
    book: Book,
    row: Reservation,
    how: str,
    *,
    reference: str,
    by: str | None = None,
    reason: str = "",
    redemption: str | None = None,
) -> ReservationEnd:
    """The unsaved row that ends a reservation: of two, one is too late."""
    return ReservationEnd(
        reservation=row.id,
        how=how,
        reference=reference,
        redemption=redemption,
        ended_by=by,
        reason=reason or None,
        shop=row.shop,
        ended_on=book.today().isoformat(),
        ended_at=book.now(),
    )


def release(
    book: Book,
    row: Reservation,
    taken: Sequence[Posting],
    end: ReservationEnd,
    *,
    rows: Sequence[ReservationEnd] = (),
    on: date | None = None,
) -> Draft:
    """The entry that gives back what was `taken`. Who ended it and why is in its evidence and in what was asked."""
    said = {
        "by": end.ended_by or "",
        "how": end.how,
        "reason": end.reason or "",
        "redemption": end.redemption or "",
        "reservation": row.id,
    }
    evidence, texts = snapshots.take("release", row.id + ("" if rows else AFTER), said, at=book.now())
    return Draft(
        reference=end.reference,
        kind="release",
        evidence=evidence,
        effective_on=on or book.today(),
        request=encoding.digest_of(said),
        postings=holding.given_back(taken),
        rows=(*texts, *rows),
    )
