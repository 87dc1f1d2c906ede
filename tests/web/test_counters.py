"""What every page of a counter asks first."""

from __future__ import annotations

from datetime import date

import pytest

from web import counters


@pytest.mark.parametrize(
    ("on", "recent"),
    [
        (date(2026, 3, 1), True),
        (date(2026, 2, 28), True),
        (date(2026, 2, 27), False),
        (date(2026, 3, 2), False),
    ],
)
def test_a_page_may_be_sent_on_its_day_and_the_next(on: date, recent: bool) -> None:
    """A retry after midnight is still the same request; tomorrow has not been drawn yet."""
    assert counters.is_recent(on, date(2026, 3, 1)) is recent
