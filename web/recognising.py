"""What was scanned or typed in the one field of a counter: a person, a receipt, or a reservation to be handed over."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from starlette.requests import Request

from ledger.book import Book
from points.market import redemptions
from points.market.models import Shop
from points.people.lookup import Candidate
from web import access, finding

_RECEIPT = re.compile(r"(?:https?://\S+/ledger/|凭证号?\s*|[RrNn]o?\.?\s*|#\s*)([0-9]{1,15})/?")
"""A receipt by its QR, or said to be one; the number alone is one where nothing else can be meant."""
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


@dataclass(frozen=True, slots=True)
class People:
    """Everyone who may be meant; empty when nobody is."""

    found: list[Candidate]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A redemption of this shop. `position` is the number on its receipt."""

    position: int


Recognised = People | Receipt


async def recognised(request: Request, shop: Shop, text: str) -> Recognised:
    """What was scanned. Raises what `finding.find` raises."""
    book, read = access.book(request), unicodedata.normalize("NFKC", text).strip()
    if (position := await _receipt(book, shop, read)) is not None:
        return Receipt(position)
    return People(await finding.find(request, text))


async def _receipt(book: Book, shop: Shop, read: str) -> int | None:
    """The number of a receipt of this shop: by its code, or typed. A phone's last four digits never come alone."""
    said = _RECEIPT.fullmatch(read)
    digits = said[1] if said else read if _NUMBER.fullmatch(read) else ""
    if not digits:
        return None
    entry = await redemptions.numbered(book, int(digits))
    return entry.position if entry and entry.shop == shop.number else None
