"""Periods that figures and registers are made for: a month, or a week from Monday to Sunday. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)
_WEEK = re.compile(r"([12][0-9]{3})-W([0-5][0-9])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """Some days on end, the last one included. `name` is 2018-07 or, by ISO 8601, 2018-W27."""

    name: str
    first: date
    last: date

    @property
    def is_week(self) -> bool:
        """Whether it is a week, and not a month."""
        return "W" in self.name

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def before(self) -> Period:
        """The week or month before."""
        return self._beside(self.first - timedelta(days=1))

    @property
    def after(self) -> Period:
        """The week or month after."""
        return self._beside(self.last + timedelta(days=1))

    def _beside(self, day: date) -> Period:
        return week_of(day) if self.is_week else month_of(day)


def month_of(day: date) -> Period:
    """The month that a day is in."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(f"{first:%Y-%m}", first, following - timedelta(days=1))


def week_of(day: date) -> Period:
    """The week that a day is in, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    year, number, _ = monday.isocalendar()
    return Period(f"{year}-W{number:02}", monday, monday + timedelta(days=6))


def read(text: str) -> Period | None:
    """The period of this name; None when there is none, such as a 54th week."""
    if found := _MONTH.fullmatch(text):
        return month_of(date(int(found[1]), int(found[2]), 1))
    if found := _WEEK.fullmatch(text):
        try:
            return week_of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except ValueError:
            return None
    return None
