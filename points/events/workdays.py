"""Working days in China, make-up days included: the clock of two working days.

The days are the State Council's, as the package `chinesecalendar` (MIT) has them for 2004 to the year of its newest
announcement. It was compared day by day, 2018 to 2026, with the package `holidays`: both say the same. It says when
it does not know a year, where the other guesses; then a working day is Monday to Friday, and pages say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

CLOCK_DAYS = 2
"""Working days within which an event is to be closed."""


def is_workday(day: date) -> bool:
    """Whether people work that day: also a Saturday that makes up for a holiday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def due_on(day: date, days: int = CLOCK_DAYS) -> date:
    """The last day on time: the `days`-th working day after this one, which is not counted itself."""
    following = _workdays_after(day)
    for _ in range(days - 1):
        next(following)
    return next(following)


def begun_by(today: date, days: int = CLOCK_DAYS) -> date:
    """What began on this day or before it is overdue today."""
    earlier = today
    while due_on(earlier, days) >= today:
        earlier -= timedelta(days=1)
    return earlier


def known_until() -> int:
    """The last year whose holidays are known."""
    return int(max(chinese_calendar.constants.holidays).year)


def week_of(day: date) -> tuple[date, ...]:
    """Monday to Friday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(5))


def _workdays_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if is_workday(day):
            yield day
