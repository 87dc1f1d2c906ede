"""The calendar of working days, by days that everybody in China remembers."""

from __future__ import annotations

from datetime import date

import pytest

from points.events import workdays


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2018-10-01", False),  # National Day, a Monday
        ("2018-09-29", True),  # a Saturday that makes up for it
        ("2018-11-17", False),  # any Saturday
        ("2024-02-10", False),  # the first day of the Spring Festival
        ("2024-02-18", True),  # a Sunday that makes up for it
        ("2026-11-20", True),
    ],
)
def test_holidays_and_make_up_days_are_known(day: str, works: bool) -> None:
    """A weekday calendar alone would say the opposite of four of these."""
    assert workdays.is_workday(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        ("2018-11-14", "2018-11-16"),  # Wednesday: Friday
        ("2018-11-16", "2018-11-20"),  # Friday: Tuesday
        ("2018-09-28", "2018-09-30"),  # a Friday before two make-up days
        ("2018-09-30", "2018-10-09"),  # a Sunday that makes up, before the holidays
        ("2018-10-03", "2018-10-09"),  # in the midst of them
    ],
)
def test_two_working_days_are_counted_from_the_next(reported: str, due: str) -> None:
    """The day itself is not counted, holidays are not, make-up days are."""
    assert workdays.due_on(date.fromisoformat(reported)) == date.fromisoformat(due)


def test_what_is_overdue_today_began_early_enough() -> None:
    """`begun_by` is the border: what began a day later is still on time."""
    border = workdays.begun_by(date(2018, 10, 9))
    assert workdays.due_on(border) < date(2018, 10, 9)
    assert workdays.due_on(date(2018, 9, 30)) == date(2018, 10, 9)
    assert border == date(2018, 9, 29)


def test_beyond_the_announcements_weekdays_count() -> None:
    """The years known end somewhere; after them it is Monday to Friday, without an error."""
    beyond = workdays.known_until() + 1
    assert workdays.known_until() >= 2026
    days = [date(beyond, 1, n) for n in range(1, 15)]
    assert [workdays.is_workday(day) for day in days] == [day.weekday() < 5 for day in days]


def test_a_week_is_monday_to_friday() -> None:
    """Of whichever day of it."""
    assert workdays.week_of(date(2026, 11, 22)) == tuple(date(2026, 11, n) for n in range(16, 21))
