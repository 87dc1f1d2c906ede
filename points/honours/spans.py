"""Periods of a board: a month, a quarter, a year, by the name that people and addresses give them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NAME = re.compile(r"([12][0-9]{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Some months on end: 2026-10, 2026-Q3 or 2026, with their first and last day."""

    name: str
    first: date
    last: date


def read(text: str) -> Span | None:
    """The period of this name; None when it is none."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if found[2]:
        return _months(text, year, int(found[2]), 1)
    if found[3]:
        return _months(text, year, 3 * int(found[3]) - 2, 3)
    return _months(text, year, 1, 12)


def recent(day: date) -> list[Span]:
    """What can be looked at on a day, this month first: three months, two quarters, two years."""
    months = [_of_month(day, n) for n in range(3)]
    quarter = (day.month + 2) // 3
    quarters = [_quarter(day.year, quarter - n) for n in range(2)]
    return [*months, *quarters, *(span for n in range(2) if (span := read(str(day.year - n))))]


def _of_month(day: date, back: int) -> Span:
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return _months(f"{year}-{month + 1:02}", year, month + 1, 1)


def _quarter(year: int, number: int) -> Span:
    years, rest = divmod(number - 1, 4)
    return _months(f"{year + years}-Q{rest + 1}", year + years, 3 * rest + 1, 3)


def _months(name: str, year: int, month: int, many: int) -> Span:
    after = month + many
    following = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
    return Span(name, date(year, month, 1), following - timedelta(days=1))
