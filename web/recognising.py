"""What was scanned or typed in the one field of a counter: a person, a receipt, or a reservation to be handed over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request

from ledger.book import Book
from points.market import redemptions
from points.market.models import Shop
from points.market.reservation_records import Reservation
from points.market.scan_errors import MisreadDigits, UnknownReceipt
from points.people import cards, scans, short_codes
from points.people.lookup import Candidate
from web import access, finding, handovers

_RECEIPT = re.compile(r"(?:https?://\S+/ledger/|凭证号?\s*|[Nn][Oo]\.?\s*|#\s*)([0-9]{1,15})/?")
"""A receipt by its QR, or said to be one."""
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
"""A receipt by its number alone, where there is one in this shop; the last digits of a phone never come alone."""


_EIGHT = re.compile(r"[0-9]{4}[ -]?[0-9]{4}")


@dataclass(frozen=True, slots=True)
class People:
    """Everyone who may be meant; empty when nobody is."""

    found: list[Candidate]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A redemption of this shop. `position` is the number on its receipt."""

    position: int


@dataclass(frozen=True, slots=True)
class PickUp:
    """A reservation of this shop, whose code was given."""

    row: Reservation


Recognised = People | Receipt | PickUp


async def recognised(request: Request, shop: Shop, text: str) -> Recognised:
    """What was scanned: of 8 digits a card, an identity code or a pick-up code.

    Raises MisreadDigits for 8 digits that were read wrong, UnknownReceipt for the receipt of another shop, and what
    `finding.find` and `handovers.recognise` raise: wrong digits are counted, and too many lock.
    """
    book, read = access.book(request), scans.read(text)
    if (position := await _receipt(book, shop, read)) is not None:
        return Receipt(position)
    digits = cards.number_in(read)
    if _EIGHT.fullmatch(read) and not digits:
        raise MisreadDigits
    if digits and short_codes.is_pick_up(digits) and not await short_codes.is_card(book.reader, digits):
        return PickUp(await handovers.recognise(request, shop, digits, access.who(request).member))
    return People(await finding.find(request, text))


async def _receipt(book: Book, shop: Shop, read: str) -> int | None:
    said = _RECEIPT.fullmatch(read)
    digits = said[1] if said else read if _NUMBER.fullmatch(read) else ""
    entry = await redemptions.numbered(book, int(digits)) if digits else None
    if entry and entry.shop == shop.number:
        return entry.position
    if said:
        raise UnknownReceipt(number=digits)
    return None
