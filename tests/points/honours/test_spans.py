"""Periods of a board by their names."""

from __future__ import annotations

from datetime import date

import pytest

from points.honours import spans


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_name_is_its_days(name: str, first: date, last: date) -> None:
    """Month, quarter and year."""
    span = spans.read(name)
    assert span is not None
    assert (span.name, span.first, span.last) == (name, first, last)


@pytest.mark.parametrize("name", ["", "2026-13", "2026-Q5", "26", "2026-1", "2026-10-01", "2026-W10", "0026"])
def test_what_is_no_period_is_none(name: str) -> None:
    """Nothing is guessed."""
    assert spans.read(name) is None


def test_what_can_be_looked_at_begins_with_this_month() -> None:
    """Over the turn of a year too; every name reads back as itself."""
    found = spans.recent(date(2026, 1, 15))
    names = ["2026-01", "2025-12", "2025-11", "2026-Q1", "2025-Q4", "2026", "2025"]
    assert [span.name for span in found] == names
    assert [spans.read(name) for name in names] == found
