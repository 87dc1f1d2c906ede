"""Pick-up codes: 8 digits that a member shows to get what they reserved. A code is bound to one reservation of a shop.

Only a keyed digest is kept. The digits are reckoned from the reservation under a secret kept outside the book, so that
the member's page can show them for as long as it is open, and nobody who reads the book can.

    n = HMAC-SHA256(key, reservation "/" turn) as a whole number
    digits = one of 5 to 9 by n mod 5, then n div 5 mod 10^6 in six digits, then a Damm check digit

`key` is made from the secret for this use alone; `turn` counts up from 0 where a card has those digits, or another
reservation of that shop had them.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from ledger.book import Book
from points.market.models import Shop
from points.market.reservation_records import PickUpCode, Reservation
from points.people import cards, damm, short_codes

_KIND = b"pick-up code"


def digits(reservation: str, turn: int, secret: bytes) -> str:
    """The 8 digits of a reservation at its turn."""
    key = hmac.digest(secret, _KIND + b" digits", "sha256")
    number = int.from_bytes(hmac.digest(key, f"{reservation}/{turn}".encode(), "sha256"), "big")
    leading = short_codes.PICK_UP
    body = f"{leading[number % len(leading)]}{number // len(leading) % 10**6:06d}"
    return body + damm.check_digit(body)


async def draw(book: Book, shop: int, reservation: str, secret: bytes) -> PickUpCode:
    """The unsaved row of a code that no card has and no reservation of this shop had.

    Should another take it in the same moment, its key refuses the second: draw again.
    """
    turn = 0
    while True:
        found = digits(reservation, turn, secret)
        row = PickUpCode(id=_row_key(shop, found, secret), reservation=reservation, turn=turn)
        taken = await PickUpCode.filter(id=row.id).using_db(book.reader).exists()
        if not taken and not await short_codes.is_card(book.reader, found):
            return row
        turn += 1


async def of(book: Book, reservation: str, secret: bytes) -> str:
    """The code of a reservation, for whoever reserved it."""
    return (await of_many(book, [reservation], secret))[reservation]


async def of_many(book: Book, reservations: Iterable[str], secret: bytes) -> dict[str, str]:
    """The codes of these reservations. One statement."""
    rows = PickUpCode.filter(reservation__in=list(reservations)).using_db(book.reader)
    return {row.reservation: digits(row.reservation, row.turn, secret) for row in await rows}


async def recognise(book: Book, shop: Shop, text: str, secret: bytes) -> Reservation | None:
    """The reservation of this shop whose code this is, however it was typed (4827 1936); None for anything else.

    It may have ended, or be too late: who hands over is told so. One statement, two where there is one.
    """
    read = cards.number_in(text)
    if read is None or not short_codes.is_pick_up(read):
        return None
    row = await PickUpCode.get_or_none(id=_row_key(shop.number, read, secret), using_db=book.reader)
    return await Reservation.get_or_none(id=row.reservation, using_db=book.reader) if row else None


def _row_key(shop: int, found: str, secret: bytes) -> str:
    return f"{shop}/{short_codes.digest(found, secret, of=_KIND)}"
