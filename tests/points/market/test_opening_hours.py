"""Opening hours: what people write is read, kept in one form, and asked for a moment."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from points.market import opening_hours
from points.market.errors import BadHours
from points.market.opening_hours import State, Week

USUAL = opening_hours.of_days(["9:00-12:00，14:00-17:30"] * 5 + ["", "10:00-12:00"])
SATURDAY = date(2019, 1, 5)


def at(day: int, clock: str) -> datetime:
    """A moment of January 2019; the 7th is a Monday."""
    return datetime.fromisoformat(f"2019-01-{day:02}T{clock}")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("周一至周五 9:00–17:00", "周一至周五 9:00–17:00"),
        ("周一到周五 9：00－12：00 14:00~17:30；周日10:00-12:00",
         "周一至周五 9:00–12:00、14:00–17:30；周日 10:00–12:00"),
        ("Mon-Fri 9:00-17:00; Sat, Sun 9:00-12:00", "周一至周五 9:00–17:00；周六至周日 9:00–12:00"),
        ("每天 0:00-24:00", "每天 0:00–24:00"),
        ("星期六至星期一 08:00-09:30", "周一 8:00–9:30；周六至周日 8:00–9:30"),
        ("周一 休息；周二、周四 9:00-10:00", "周二 9:00–10:00；周四 9:00–10:00"),
    ],
)  # fmt: skip
def test_what_people_write_is_read_and_kept_in_one_form(written: str, kept: str) -> None:
    """Full-width, half-width, dashes of any kind, Chinese and English days; what is kept reads as the same week."""
    week = opening_hours.read(written)
    assert week is not None
    assert week.text == kept
    assert opening_hours.read(week.text) == week


@pytest.mark.parametrize(
    "written",
    ["", "工作日", "周一至周五 9点到17点", "周一 17:00-9:00",
     "周一 9:00-25:00", "周一 9:00-11:00、10:00-12:00", "周八 9:00-10:00"],
)  # fmt: skip
def test_what_says_no_week_is_not_taken_for_one(written: str) -> None:
    """Then the words are shown as they are, and nothing is said of open or closed."""
    assert opening_hours.read(written) is None


def test_seven_fields_are_read_and_the_wrong_one_is_named() -> None:
    """Nothing is closed; of a wrong one its day and its words are told."""
    assert USUAL.days[5:] == ((), (("10:00", "12:00"),))
    with pytest.raises(BadHours) as refusal:
        opening_hours.of_days(["9:00-12:00", "上午"] + [""] * 5)
    assert refusal.value.facts == {"day": 2, "text": "上午"}


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (at(7, "09:00"), State(True, until="12:00")),
        (at(7, "11:59"), State(True, until="12:00")),
        (at(7, "12:00"), State(False, opens=at(7, "14:00"))),
        (at(11, "18:00"), State(False, opens=at(13, "10:00"))),
    ],
)
def test_at_a_moment_a_shop_is_open_until_or_closed_until(now: datetime, state: State) -> None:
    """From the first minute to the last but one; at noon, in the evening, over the weekend."""
    assert opening_hours.state(USUAL, {}, now) == state


def test_a_single_day_differs_from_its_week() -> None:
    """Closed on a Monday, open on a Saturday; the next opening is looked for beyond it."""
    monday = date(2019, 1, 7)
    assert opening_hours.state(USUAL, {monday: ()}, at(7, "9:00".zfill(5))) == State(
        False, opens=at(8, "09:00")
    )
    open_too = {SATURDAY: (("09:00", "10:00"),)}
    assert opening_hours.state(USUAL, open_too, at(5, "09:30")) == State(True, until="10:00")


def test_a_shop_that_never_opens_again_says_no_day() -> None:
    """Nothing is promised beyond two weeks."""
    assert opening_hours.state(Week(((),) * 7), {}, at(7, "09:00")) == State(False)
