"""Split a whole number so that the shares are whole and always sum to it."""

from __future__ import annotations

from collections.abc import Sequence


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Shares of `total` in proportion to `weights`, by largest remainder (Hamilton's method).

    Every share is its quota rounded down, and the units that are left go one each to the largest remainders, earlier
    ones first among equals. `total` ≥ 0, weights ≥ 0 and not all 0.
    """
    whole = sum(weights)
    assert total >= 0
    assert whole > 0
    shares = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: total - sum(shares)]:
        shares[place] += 1
    return shares


def equal(total: int, parts: int) -> list[int]:
    """Equal shares; what cannot be shared goes to the first ones: 10 among 3 is 4, 3, 3."""
    return split(total, [1] * parts)
