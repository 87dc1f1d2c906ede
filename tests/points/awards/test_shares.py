"""Shares: whole, and never a unit more or less than there was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.awards.shares import equal, split

TOTALS = st.integers(0, 10**9)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)


@given(TOTALS, WEIGHTS)
def test_shares_sum_to_the_whole(total: int, weights: list[int]) -> None:
    """Whatever the weights: the sum is the total, and no share is a unit or more away from its quota."""
    shares = split(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < sum(weights)


@given(TOTALS, st.integers(1, 400))
def test_equal_shares_differ_by_one_at_most(total: int, parts: int) -> None:
    """Nobody gets two more than another, and the larger shares come first."""
    shares = equal(total, parts)
    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


def test_ten_among_three() -> None:
    """The example in the rule book."""
    assert equal(10, 3) == [4, 3, 3]


def test_the_largest_remainder_gets_what_is_left() -> None:
    """7 by 1:1:5 is 1, 1 and 5: quotas 1, 1, 5; 8 is 1.14…, 1.14…, 5.7…, and the last unit goes to the last."""
    assert split(8, [1, 1, 5]) == [1, 1, 6]


def test_there_must_be_somebody_to_share_with() -> None:
    """No weight at all is a mistake of the caller."""
    with pytest.raises(AssertionError):
        split(1, [0, 0])
