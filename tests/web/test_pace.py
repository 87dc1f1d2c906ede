"""A stranger may read fast, but not for ever; and what is remembered goes with its minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from web.limits import TooOften
from web.pace import Pace

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


def test_more_than_the_most_in_a_minute_is_refused_until_the_next() -> None:
    """The refusal says how long to wait; another address is not touched by it."""
    pace = Pace(3)
    for _ in range(3):
        pace.require("a", now=NOW)
    with pytest.raises(TooOften) as refused:
        pace.require("a", now=NOW + timedelta(seconds=20))
    assert refused.value.wait == 40
    pace.require("b", now=NOW + timedelta(seconds=20))
    pace.require("a", now=NOW + timedelta(seconds=60))


def test_memory_is_given_back_each_minute_even_when_the_clock_goes_back() -> None:
    """A hundred thousand addresses are forgotten with their minute."""
    pace = Pace(3)
    for n in range(1000):
        pace.require(f"address {n}", now=NOW)
    pace.require("a", now=NOW + timedelta(minutes=1))
    assert len(pace._counts) == 1
    pace.require("b", now=NOW)
    assert len(pace._counts) == 1
