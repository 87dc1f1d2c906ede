"""The draw for second looks: one award in twenty, by the salted digest of its evidence. Pure.

Nobody can tell before an award is written: 128 random bits are drawn with its snapshot. Anybody can check afterwards:
the digest stands in the entry's text. See docs/verification.md.
"""

from __future__ import annotations

ONE_IN = 20
"""So many awards to one that is looked at again: 5 %."""
_DIGITS = 16


def is_drawn(digest: str) -> bool:
    """Whether an award whose evidence has this digest is looked at again.

    `sha256:<hex>`: the first sixteen hex digits, read as a number, are divisible by ONE_IN. So
    `sha256:0000000000000014…` is drawn (20), and `sha256:0000000000000015…` is not.
    """
    return int(digest.partition(":")[2][:_DIGITS], 16) % ONE_IN == 0
