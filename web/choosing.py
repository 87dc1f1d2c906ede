"""What was chosen from the shelf of a till: how many of each thing, what they cost, and the page it was chosen on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from ledger.book import Book
from points.market import earlier
from points.market.baskets import QUANTITY_AT_MOST, Basket
from points.market.catalogue import Offer
from points.market.errors import BadKey, OutOfStock, SoldOut
from web import forms
from web.bodies import Form
from web.counters import is_recent
from web.i18n import N_, Say

_ITEM = re.compile("[0-9]{1,9}")


class Unreadable(Exception):
    """A field of the choice cannot be read."""

    def __init__(self, field: str, sentence: Say) -> None:
        super().__init__()
        self.field, self.sentence = field, sentence


def most(offer: Offer, spendable: int) -> int:
    """How many of an offer so many points are enough for, as far as there are."""
    within = spendable // offer.points if offer.points else QUANTITY_AT_MOST
    return min(offer.most, within, QUANTITY_AT_MOST)


def wanted(typed: Mapping[str, str]) -> dict[int, int]:
    """What was typed, by item; raises Unreadable."""
    found = {}
    for name, text in typed.items():
        digits, item = forms.half_width(text), name.removeprefix("item-")
        if digits.strip("0") == "":
            continue
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 6 and _ITEM.fullmatch(item)):
            raise Unreadable(name, Say(N_("数量要填整数，例如 1。")))
        found[int(item)] = int(digits)
    return found


def price(basket: Basket, offers: Mapping[int, Offer]) -> int:
    """What a basket costs now; raises OutOfStock and SoldOut."""
    points = 0
    for item, quantity in basket.wanted:
        offer = offers.get(item)
        if offer is None or offer.left < quantity:
            left, name = (offer.left, offer.name) if offer else (0, str(item))
            raise (OutOfStock if left else SoldOut)(item=name, left=left, wanted=quantity)
        points += quantity * offer.points
    return points


def key_and_day(book: Book, sent: Form) -> tuple[str, date]:
    """The key that the page was drawn with, and the day that goes with it; raises BadKey."""
    return earlier.checked_key(sent.one("key")), _day(book, sent.one("on"))


def _day(book: Book, text: str) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise BadKey from None
    if not is_recent(on, book.today()):
        raise BadKey
    return on
