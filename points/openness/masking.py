"""Names as strangers may see them. Every page that shows somebody else's name takes it from here."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

from points.people.words import COMPOUND_SURNAMES, DOTS

STAR = "*"
TAIL = 3
"""Digits of the member number that tell apart two masked names in one list."""


def mask(name: str) -> str:
    """王兰 → 王*, 王秀兰 → 王*兰, 欧阳华 → 欧阳*, 司马兰梅 → 司马**, 王秀兰花 → 王**, 阿依·古丽 → 阿*丽.

    Two characters keep the first; three the first and the last, or a compound surname; four and more the first or a
    compound surname. A name with a middle dot keeps its first and last character. One character is hidden whole.
    """
    bare = unicodedata.normalize("NFC", "".join(name.split())).translate(DOTS)
    if len(bare) < 2:
        return STAR * len(bare)
    if "·" in bare.strip("·"):
        return bare[0] + STAR + bare[-1]
    if len(bare) == 2:
        return bare[0] + STAR
    surname = bare[:2] if bare[:2] in COMPOUND_SURNAMES else bare[0]
    if len(bare) == 3:
        return surname + STAR + (bare[2] if len(surname) == 1 else "")
    return surname + STAR * 2


def mask_list(names: Mapping[str, str]) -> dict[str, str]:
    """The masked names of one list, by member number. Where two look the same, each gets the tail of its number.

    The whole number is never shown; two whose tails are the same as well stay alike.
    """
    masked = {member: mask(name) for member, name in names.items()}
    seen = Counter(masked.values())
    return {
        member: f"{shown}（{member[-TAIL:]}）" if seen[shown] > 1 else shown
        for member, shown in masked.items()
    }
