"""Numbers and days as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from web import text
from web.i18n import speaking

LATE = datetime(2018, 11, 17, 16, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "shown"), [(20, "+20"), (-150, "\u2212150"), (0, "0"), (-1280, "\u22121,280")]
)
def test_amounts_carry_their_sign(number: int, shown: str) -> None:
    """The minus is U+2212, as wide as the plus, and thousands have commas."""
    assert text.signed(number) == shown


def test_thousands_have_commas() -> None:
    """1280 is 1,280, and a negative number has the same minus."""
    assert (text.thousands(1280), text.thousands(-5), text.thousands(0)) == ("1,280", "\u22125", "0")


def test_a_time_is_shown_on_chinas_clock() -> None:
    """16:05 UTC on the 17th is five past midnight on the 18th."""
    assert text.moment(LATE) == "11月18日 00:05"
    assert text.full_day(LATE) == "2018年11月18日"
    assert text.iso(LATE) == "2018-11-17T16:05:00Z"


def test_days_are_written_in_the_language_spoken() -> None:
    """The same day in English."""
    with speaking("en"):
        day = date(2018, 11, 18)
        assert (text.day(day), text.full_day(day), text.month(day)) == ("18 Nov", "18 Nov 2018", "Nov 2018")
    assert (text.day(day), text.month(day), text.iso(day)) == ("11月18日", "2018年11月", "2018-11-18")


def test_days_and_months_of_rows_are_written_like_any_other() -> None:
    """Nobody reads 2018-11-18, and what came with the book was done by nobody."""
    assert (text.dated("2018-11-18"), text.whole_month("2018-11")) == ("2018年11月18日", "2018年11月")
    assert (text.doer("system"), text.doer("S-0001")) == ("建账时", "S-0001")
    with speaking("en"):
        assert (text.dated("2018-11-18"), text.whole_month("2018-11")) == ("18 Nov 2018", "Nov 2018")
