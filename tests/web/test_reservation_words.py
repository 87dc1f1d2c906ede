"""Reservations in words: the end of a day is 24:00, things are named in the language of the page."""

from __future__ import annotations

from datetime import UTC, datetime

from points.market import reservation_endings, stations
from points.market.redemptions import Line
from web import reservation_words
from web.i18n import speaking


def test_the_end_of_a_day_is_said_of_that_day() -> None:
    """Midnight in Shanghai ends the day before; any other instant is what the clock says."""
    midnight, noon = datetime(2026, 11, 27, 16, tzinfo=UTC), datetime(2026, 11, 27, 4, tzinfo=UTC)
    with speaking("zh"):
        assert str(reservation_words.until(midnight)) == "11月27日 24:00"
        assert str(reservation_words.until(noon)) == "11月27日 12:00"
    with speaking("en"):
        assert str(reservation_words.until(midnight)) == "27 Nov 24:00"


def test_things_and_days_are_in_the_language_of_the_page() -> None:
    """With how many where it is more than one."""
    told = reservation_words.things([Line(1, "香皂", 2, 3, "Soap"), Line(2, "食盐", 1, 3, "Salt")])
    with speaking("zh"):
        assert str(told) == "香皂 ×2、食盐"
        assert [str(day) for day in reservation_words.weekdays((5, 2))] == ["周二", "周五"]
    with speaking("en"):
        assert str(told) == "Soap ×2, Salt"


def test_every_code_has_its_words() -> None:
    """Whatever a reservation may end by, and why a count may differ."""
    assert set(reservation_endings.REASONS) < set(reservation_words.REASONS)
    assert set(stations.WHYS) == set(reservation_words.WHYS)
