"""Cases: the month that pays, and what was already given."""

from __future__ import annotations

from tests.points.awards.said import case, doing


def test_the_month_is_the_events() -> None:
    """The fund of July pays for the fourth of July."""
    assert case().month == "2018-07"


def test_what_was_awarded_is_remembered_for_one_contribution_alone() -> None:
    """The case before stays as it was."""
    before = case(doing("V-1"), doing("V-2"))
    after = before.awarded("V-1/reporter", 2)
    assert [each.awarded for each in after.contributions] == [2, 0]
    assert [each.awarded for each in before.contributions] == [0, 0]
