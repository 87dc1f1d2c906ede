"""Weeks and months by their names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from points.events import periods


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2018-07", date(2018, 7, 1), date(2018, 7, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-12", date(2018, 12, 1), date(2018, 12, 31)),
        ("2018-W27", date(2018, 7, 2), date(2018, 7, 8)),
        ("2021-W53", None, None),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        ("2018-13", None, None),
        ("2018-W00", None, None),
        ("2018-7", None, None),
        ("２018-07", None, None),
        ("", None, None),
    ],
)
def test_a_name_is_a_period_or_none(name: str, first: date | None, last: date | None) -> None:
    """Also in a year of 53 weeks, and in none other."""
    found = periods.read(name)
    assert (found and found.first, found and found.last) == (first, last)
    assert found is None or found.name == name


def test_periods_follow_each_other_without_a_gap() -> None:
    """Through five years, by week and by month, forwards and back; every day is in its own."""
    for begin in (periods.month_of(date(2018, 1, 31)), periods.week_of(date(2018, 1, 1))):
        now = begin
        while now.first.year < 2023:
            following = now.after
            assert following.first == now.last + timedelta(days=1)
            assert following.before == now == periods.read(now.name)
            assert (now.days[0], now.days[-1]) == (now.first, now.last)
            assert now.is_week == (len(now.days) == 7)
            now = following
