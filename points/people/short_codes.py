"""The 8 digits that are typed or read aloud at a counter: one field takes cards, identity codes and pick-up codes.

The first digit says what may be meant, so that no two live ones are ever the same, whoever draws them at the same
moment and in whichever room: 0 and 1 identity codes, 2 to 4 cards (both find a person), 5 to 9 pick-up codes (bound to
one reservation). Cards of before this rule may begin with any digit: whoever draws a code asks `is_card` as well.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from points.people import damm
from points.people.models import Card

IDENTITY, CARD, PICK_UP = "01", "234", "56789"


def draw(leading: str) -> str:
    """8 digits by chance: one of `leading`, six more, and a Damm check digit. A million for each leading digit."""
    digits = secrets.choice(leading) + f"{secrets.randbelow(10**6):06d}"
    return digits + damm.check_digit(digits)


async def is_card(db: Any, digits: str) -> bool:
    """Whether a card has this number or ever had it. Ask in the transaction that takes the digits."""
    return await Card.filter(number=digits).using_db(db).exists()


def is_pick_up(digits: str) -> bool:
    """Whether 8 digits, read right, can be a pick-up code; they are a card's where `is_card` says so."""
    return digits[:1] in PICK_UP


def digest(digits: str, secret: bytes, *, of: bytes) -> str:
    """What is kept instead of the digits (hex): an HMAC-SHA256 under a key made from `secret` for one kind of code.

    `of` names the kind (b"identity code", b"pick-up code"); without the secret nobody can try the digits one by one.
    """
    key = hmac.digest(secret, of, "sha256")
    return hmac.digest(key, digits.encode(), "sha256").hex()
