"""Caps: periods, what is left, and what is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from points.awards.caps import Cap, Draw, Limits

DAY = Cap("report-day", "上报", "reports", "points", 10, "day")
MONTH = Cap("report-month", "上报", "reports", "points", 60, "month")
HOURS = Cap("service-day", "服务时长", "service", "minutes", 240, "day")
ON = date(2018, 7, 4)


def test_a_period_is_a_day_or_a_month() -> None:
    """Of the event, as the account's address says it."""
    assert (DAY.period(ON), MONTH.period(ON)) == ("2018-07-04", "2018-07")


def test_a_week_is_that_of_the_calendar_and_a_year_of_the_event() -> None:
    """From Monday to Sunday (ISO 8601): the last day of 2018 lies in the first week of 2019, and in the year 2018."""
    week, year = replace(DAY, per="week"), replace(DAY, per="year")
    assert [week.period(day) for day in (date(2018, 7, 1), date(2018, 7, 2), date(2018, 7, 8))] == [
        "2018-W26",
        "2018-W27",
        "2018-W27",
    ]
    assert (week.period(date(2018, 12, 31)), year.period(date(2018, 12, 31))) == ("2019-W01", "2018")
    assert week.period(date(2021, 1, 3)) == "2020-W53"


def test_a_household_draws_together_and_the_member_apart() -> None:
    """Five wanted; the member used 3 of 10, all at home together 8 of 10: two points, drawn on both accounts."""
    home = replace(DAY, id="home-day", of="household")
    limits = Limits(
        ON,
        [DAY, home],
        {("report-day", "2018-07-04"): 3, ("home-day", "2018-07-04"): 10},
        household="H-1",
        together={("home-day", "2018-07-04"): 8},
    )
    assert limits.points(5) == 2
    assert limits.draws() == (
        Draw("report-day", 10, "2018-07-04", 2),
        Draw("home-day", 10, "2018-07-04", 2, "H-1"),
    )
    assert [(step["got"], step.get("of")) for step in limits.steps] == [(5, None), (2, "household")]


def test_the_tighter_cap_decides_and_both_are_drawn_alike() -> None:
    """5 wanted, 9 used of the day's 10: one point, drawn on day and month."""
    limits = Limits(ON, [DAY, MONTH], {("report-day", "2018-07-04"): 9, ("report-month", "2018-07"): 9})
    assert limits.points(5) == 1
    assert limits.draws() == (Draw("report-day", 10, "2018-07-04", 1), Draw("report-month", 60, "2018-07", 1))


def test_minutes_and_points_are_counted_apart() -> None:
    """A cap on minutes does not limit points."""
    limits = Limits(ON, [HOURS], {("service-day", "2018-07-04"): 200})
    assert (limits.minutes(90), limits.points(90)) == (40, 90)
    assert limits.draws() == (Draw("service-day", 240, "2018-07-04", 40),)


def test_nothing_left_is_no_draw() -> None:
    """Even when an older limit let more be used than today's."""
    limits = Limits(ON, [DAY], {("report-day", "2018-07-04"): 12})
    assert (limits.points(2), limits.draws()) == (0, ())
    (step,) = limits.steps
    assert (step["used"], step["wanted"], step["got"]) == (12, 2, 0)
