"""Hours into minutes: exactly, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.events.imports import hours
from points.events.imports.errors import ProbablyHours, RowError


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1.5", 90), ("2", 120), ("0.25", 15), ("24", 1440), ("２．５", 150), ("1.0", 60), (" 3 ", 180)],
)
def test_a_plain_number_is_taken_exactly(text: str, minutes: int) -> None:
    """No rounding: 1.5 hours are 90 minutes."""
    assert hours.minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2小时半", "2.5"),
        ("两小时", "2"),
        ("2个半小时", "2.5"),
        ("一个半小时", "1.5"),
        ("半小时", "0.5"),
        ("半个小时", "0.5"),
        ("90分钟", "1.5"),
        ("1小时30分", "1.5"),
        ("1:30", "1.5"),
        ("1：45", "1.75"),
        ("2h", "2"),
        ("2 hours", "2"),
        ("十小时", "10"),
    ],
)
def test_another_spelling_is_refused_with_what_it_probably_means(text: str, meant: str) -> None:
    """We do not believe it, but we help; and the suggestion itself is taken."""
    with pytest.raises(ProbablyHours) as refusal:
        hours.minutes(text)
    assert refusal.value.facts == {"hours": meant}
    assert hours.minutes(meant) > 0


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "−1",
        "nan",
        "NaN",
        "inf",
        "Infinity",
        "1e1",
        "0x2",
        "1_0",
        "0",
        "0.0",
        "24.01",
        "1000000",
        "1.333",
        "",
        "一会儿",
        "٣",
        "小时",
        "1.5.2",
        "99999小时",
    ],
)
def test_nonsense_is_refused(text: str) -> None:
    """Negative, endless, none, more than a day, parts of a minute and what is no number."""
    with pytest.raises(RowError):
        hours.minutes(text)


@given(st.integers(1, 24 * 60))
def test_every_whole_minute_that_can_be_written_comes_back(minutes: int) -> None:
    """Hours written with up to six decimals give just the minutes they were made of."""
    exact = Decimal(minutes) / 60
    if exact == round(exact, 6):
        assert hours.minutes(f"{exact.normalize():f}") == minutes


@given(st.text(max_size=12))
def test_any_text_is_a_duration_within_a_day_or_refused(text: str) -> None:
    """Nothing else can happen; what is suggested would be taken, and is never what was refused."""
    try:
        taken = hours.minutes(text)
    except RowError as error:
        refusal = error
    else:
        assert 0 < taken <= 24 * 60
        return
    assert str(refusal)
    assert refusal.facts.get("hours") != text
