"""Numbers of certificates: nobody can guess the next one, and a slip of the pen is found. Pure but for its chance.

15 random digits, not quite 50 bits, and a Damm digit: of 10,000 certificates among 10^15 numbers a guess meets one in
a hundred thousand million tries, and an address may be wrong a few times an hour.
"""

from __future__ import annotations

import secrets
import unicodedata

from points.people import damm

RANDOM_DIGITS = 15
LENGTH = RANDOM_DIGITS + 1


def new() -> str:
    """A new number: 4827193605841127."""
    digits = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return digits + damm.check_digit(digits)


def read(text: str) -> str | None:
    """The number that was typed, in groups or in one piece; None when it is none or was not read right."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c not in " -\t\u2003")
    return digits if len(digits) == LENGTH and damm.is_whole(digits) else None


def shown(number: str) -> str:
    """4827 1936 0584 1127, as it is printed and read out."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
