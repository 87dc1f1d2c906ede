"""Outcomes: counts add up, and reasons are grouped by their sentence."""

from __future__ import annotations

from points.awards.errors import FundEmpty, NoArea
from points.awards.outcomes import Outcome, Tally


def test_reasons_are_grouped_by_what_they_say() -> None:
    """Two empty funds are two reasons; two contributions of one fund are one."""
    tally = Tally()
    for contribution, month in (("c1", "2018-07"), ("c2", "2018-08"), ("c3", "2018-07")):
        tally.refuse(contribution, FundEmpty(community="440310001001", month=month))
    tally.refuse("c4", NoArea())
    assert [each.contributions for each in tally.outcome().refused] == [("c1", "c3"), ("c2",), ("c4",)]


def test_counts_add_up() -> None:
    """Part by part."""
    tally = Tally()
    tally.count(accepted=1, points=5)
    tally.count(accepted=1, points=2)
    tally.count(nothing=3, returned=1)
    assert tally.outcome() == Outcome(accepted=2, nothing=3, returned=1, points=7)
