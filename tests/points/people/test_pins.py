"""Which PINs and passwords are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.people import pins


@pytest.mark.parametrize(
    "pin",
    [
        "123456",
        "654321",
        "000000",
        "121212",
        "123123",
        "112233",
        "123321",
        "901234",
        "520131",
        "147258",
        "12345",
        "1234567",
        "12345a",
        "",
    ],
)
def test_a_pattern_is_no_pin(pin: str) -> None:
    """What half the town would choose is refused, and so is what is not six digits."""
    assert pins.weakness_of_pin(pin) is not None


@pytest.mark.parametrize("pin", ["480312", "031207", "120395", "000190", "900001", "510001"])
def test_a_pin_may_not_hold_the_birthday_or_the_phone(pin: str) -> None:
    """Both stand on the form next to it."""
    assert pins.weakness_of_pin(pin, birthday="03-12", phone="10000900001") is not None


def test_an_ordinary_pin_will_do() -> None:
    """Six digits of one's own are enough."""
    assert pins.weakness_of_pin("739164", birthday="03-12", phone="10000900001") is None


@given(st.integers(0, 999_999))
def test_most_pins_are_allowed_and_the_answer_is_always_the_same(number: int) -> None:
    """The judgement is a function of the digits alone; one that is refused says why in words."""
    why = pins.weakness_of_pin(f"{number:06d}")
    assert why in {None, "是常见的顺序或重复"}


def test_few_pins_are_refused() -> None:
    """Refusing must not shrink what a guesser has to try: under 2 % fall."""
    assert (
        sum(pins.weakness_of_pin(f"{n:06d}") is not None for n in range(0, 1_000_000, 7))
        < 0.02 * 1_000_000 / 7
    )


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short1!",
        "password",
        "Password123",
        "12345678",
        "aaaaaaaa",
        "abcdefghij",
        "ｐａｓｓｗｏｒｄ",
        "x" * 300,
    ],
)
def test_a_common_or_short_password_is_refused(password: str) -> None:
    """Case and full-width letters make it no rarer."""
    assert pins.weakness_of_password(password) is not None


def test_a_password_may_not_hold_what_is_known() -> None:
    """Name, phone and number are what a colleague tries first."""
    known = ("S-0003", "10000900001", "李梅")
    assert pins.weakness_of_password("爱李梅一辈子呀呀", known=known) is not None
    assert pins.weakness_of_password("tel10000900001", known=known) is not None
    assert pins.weakness_of_password("山高水长 2026 年", known=(*known, None)) is None
