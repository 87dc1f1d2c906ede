"""Stars and levels: where somebody stands and what is missing."""

from __future__ import annotations

import pytest

from points.honours import stars


@pytest.mark.parametrize(
    ("hours", "reached"),
    [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1000, 4), (1499, 4), (1500, 5), (9000, 5)],
)
def test_stars_come_at_the_hours_of_the_ministry(hours: int, reached: int) -> None:
    """100, 300, 600, 1000 and 1500."""
    assert stars.star(hours * 60).reached == reached


def test_a_minute_less_is_no_star() -> None:
    """And the page can say that one minute is missing."""
    rank = stars.star(100 * 60 - 1)
    assert (rank.reached, rank.next_at, rank.left) == (0, 6000, 1)


def test_after_the_last_star_nothing_is_missing() -> None:
    """No sixth star is promised."""
    rank = stars.star(1500 * 60)
    assert (rank.next_at, rank.left) == (None, 0)


def test_levels_of_honour_take_as_much_as_the_stars() -> None:
    """At two points an hour; below zero is level none."""
    assert [2 * hours for hours in stars.STAR_HOURS] == list(stars.LEVEL_HONOUR)
    assert (stars.level(600).reached, stars.level(599).left) == (2, 1)
    assert (stars.level(-5).reached, stars.level(-5).amount) == (0, 0)
