"""The Damm check digit: it finds every single wrong digit and every two neighbours exchanged. Pure.

H. Michael Damm, *Total anti-symmetrische Quasigruppen*, Marburg 2004: a quasigroup of order 10 that is totally
anti-symmetric, with zeros on its diagonal, so that a number followed by its check digit comes to 0.
"""

from __future__ import annotations

TABLE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """The digit that, written after these, makes the whole come to 0."""
    interim = 0
    for digit in digits:
        interim = int(TABLE[interim][int(digit)])
    return str(interim)


def is_whole(digits: str) -> bool:
    """Whether a number that carries its check digit was read right."""
    return digits.isascii() and digits.isdigit() and check_digit(digits) == "0"
