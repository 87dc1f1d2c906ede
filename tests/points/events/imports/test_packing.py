"""Values put by in parts."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime

import pytest

from points.events.imports.events import NewEvent
from points.events.imports.packing import IN_A_PART, Packed
from points.events.imports.shapes import Stated

AT = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize("count", [0, 1, IN_A_PART, IN_A_PART + 1, 3 * IN_A_PART])
def test_what_is_put_in_comes_out_in_parts(count: int) -> None:
    """Equal values in their order, by place from either end, and never more than 500 at once."""
    kept = Packed(range(count))
    assert list(kept) == list(range(count))
    assert [kept[n] for n in range(count)] == list(range(count))
    assert kept[-2:] == list(range(count))[-2:]
    parts = list(kept.parts())
    assert [len(part) for part in parts[:-1]] == [IN_A_PART] * (len(parts) - 1)
    assert [one for part in parts for one in part] == list(range(count))
    with pytest.raises(IndexError):
        kept[count]


def test_an_event_comes_out_as_it_went_in() -> None:
    """With its steps and instants, and its digest's own share of it."""
    new = NewEvent("city", "1", "D", ("a",) * 6, None, AT, (Stated("archived", AT, True),), key="k")
    (out,) = Packed([new])
    assert (out, out.said, type(out)) == (new, new.said, NewEvent)
    assert "k" not in new.said


def test_many_values_take_no_memory() -> None:
    """Ten times as many take hardly more: where each part ends."""
    peaks = []
    for count in (10_000, 100_000):
        tracemalloc.start()
        kept = Packed((n, f"{n:040}") for n in range(count))
        assert sum(1 for _ in kept) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 500_000
