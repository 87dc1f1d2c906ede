"""The number of a slip, `A-0007-4`: series, number, and a Damm digit over both and the shop. Pure.

A number that was misread, or is of another shop, is no number here: every single wrong digit and every two neighbours
exchanged are found, and of the slips of other shops nine in ten.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from points.market.slips.errors import BadSlipNumber
from points.people import damm

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Without I, O and Q, which are read as 1 and 0."""
GREATEST = 9999
_WRITTEN = re.compile(r"([A-Z]{1,3})[ -]?(\d{4})[ -]?(\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Number:
    """A slip of a shop; `series` is 1 for A, 23 for Z, 24 for AA."""

    shop: int
    series: int
    number: int

    @property
    def plain(self) -> str:
        """A-0007, as it is spoken of."""
        return f"{name_of(self.series)}-{self.number:04d}"

    @property
    def shown(self) -> str:
        """A-0007-4, as it is printed and typed."""
        return f"{self.plain}-{damm.check_digit(self._digits)}"

    @property
    def slip(self) -> str:
        """1/A-0007, which names it in the whole district."""
        return f"{self.shop}/{self.plain}"

    @property
    def _digits(self) -> str:
        return f"{self.shop:06d}{self.series:04d}{self.number:04d}"


def read(text: str, shop: int) -> Number:
    """The slip of a shop that was typed or scanned: A-0007-4, a00074, ａ-0007-4. Raises BadSlipNumber."""
    typed = unicodedata.normalize("NFKC", text).strip().upper().replace("－", "-").replace("—", "-")
    found = _WRITTEN.fullmatch(typed)
    if found and (series := series_of(found[1])):
        number = Number(shop, series, int(found[2]))
        if number.number and number.shown[-1] == found[3]:
            return number
    raise BadSlipNumber(text=text.strip()[:20])


def of_slip(slip: str) -> Number:
    """The number that `Number.slip` named."""
    shop, _, plain = slip.partition("/")
    letters, _, digits = plain.partition("-")
    return Number(int(shop), series_of(letters), int(digits))


def name_of(series: int) -> str:
    """A for 1, Z for 23, AA for 24."""
    letters = ""
    while series > 0:
        series, place = divmod(series - 1, len(LETTERS))
        letters = LETTERS[place] + letters
    return letters


def series_of(letters: str) -> int:
    """1 for A; 0 for letters that are none of ours."""
    series = 0
    for letter in letters:
        if letter not in LETTERS:
            return 0
        series = series * len(LETTERS) + LETTERS.index(letter) + 1
    return series
