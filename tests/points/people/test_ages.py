"""Who is a child, to the day."""

from __future__ import annotations

from datetime import date

import pytest

from points.people import ages


@pytest.mark.parametrize(
    ("birthday", "year", "on", "child"),
    [
        ("11-20", 2012, date(2026, 11, 19), True),
        ("11-20", 2012, date(2026, 11, 20), False),
        ("02-29", 2012, date(2026, 2, 28), True),
        ("02-29", 2012, date(2026, 3, 1), False),
        (None, 2012, date(2026, 12, 30), True),
        (None, 2012, date(2026, 12, 31), False),
        ("11-20", None, date(2026, 11, 19), False),
    ],
)
def test_fourteen_begins_on_the_birthday(
    birthday: str | None, year: int | None, on: date, child: bool
) -> None:
    """The day before is still a child's; without a year nobody is known to be one."""
    assert ages.is_child(birthday, year, on) is child


def test_nobody_is_born_tomorrow_or_older_than_anybody_was() -> None:
    """What cannot be is refused before it is kept."""
    today = date(2026, 11, 20)
    assert ages.possible(today, today)
    assert not ages.possible(date(2026, 11, 21), today)
    assert not ages.possible(date(1880, 1, 1), today)
