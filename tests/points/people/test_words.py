"""How names, phones, birthdays and numbers are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.errors import PointsError
from points.people import words
from points.people.errors import BadBirthday, BadName, BadPhone


@pytest.mark.parametrize(
    "text", ["03-12", "3-12", "3/12", "3月12日", "3月12号", "0312", "1951-03-12", "３－１２", " 3 . 12 "]
)
def test_a_birthday_is_read_however_it_is_spelled(text: str) -> None:
    """Counter staff type what they hear; the answer is always MM-DD, without a year."""
    assert words.birthday(text) == "03-12"


@pytest.mark.parametrize("text", ["", "13-01", "02-30", "00-10", "3", "三月", "2000-13-01", "1-1-1-1"])
def test_a_day_that_does_not_exist_is_no_birthday(text: str) -> None:
    """What is no day is refused, not bent into one."""
    with pytest.raises(BadBirthday):
        words.birthday(text)


def test_a_birthday_on_a_leap_day_is_one() -> None:
    """The year is not kept, so the 29th of February stands."""
    assert words.birthday("2-29") == "02-29"


@pytest.mark.parametrize(
    "text", ["10000900001", "100 0090 0001", "+86 100-0090-0001", "１００００９００００１", "008610000900001"]
)
def test_a_phone_is_freed_of_its_dress(text: str) -> None:
    """Spaces, hyphens, country code and full-width digits are one phone."""
    assert words.phone(text) == "10000900001"


@pytest.mark.parametrize("text", ["", "1000090000", "100009000011", "20000900001", "1000090000x", "٣" * 11])
def test_what_is_no_phone_is_refused(text: str) -> None:
    """A phone has eleven digits and begins with 1."""
    with pytest.raises(BadPhone):
        words.phone(text)


@pytest.mark.parametrize("dot", "•‧・･∙⋅·")
def test_every_middle_dot_is_one(dot: str) -> None:
    """Keyboards have seven dots; a name has one."""
    assert words.name(f"阿依{dot}古丽") == "阿依·古丽"


@pytest.mark.parametrize("text", ["", "   ", "字" * 41, "王\x00兰", "王\ufffd兰", "王\u202e兰"])
def test_what_cannot_be_a_name_is_refused(text: str) -> None:
    """Empty, endless, damaged and invisible names would show as something else later."""
    with pytest.raises(BadName):
        words.name(text)


@pytest.mark.parametrize(
    ("name", "surname"), [("王秀兰", "王"), ("欧阳丽华", "欧阳"), ("阿依·古丽", "阿依"), ("王", "王")]
)
def test_a_surname_may_have_two_characters(name: str, surname: str) -> None:
    """欧阳 is a surname; 欧 is not hers."""
    assert words.surname(name) == surname


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("V-000012", "V-000012"),
        ("v12", "V-000012"),
        ("s-3", "S-0003"),
        ("S 0003", "S-0003"),
        ("V-0", None),
        ("X-1", None),
    ],
)
def test_a_member_number_may_be_said_shortly(text: str, number: str | None) -> None:
    """Leading zeros, case and hyphens are for printing, not for asking."""
    assert words.number(text) == number


@given(st.text(max_size=30))
def test_reading_any_text_answers_or_refuses(text: str) -> None:
    """No text whatever makes a reader fail in another way, and what it answers it reads again to the same."""
    for read in (words.name, words.phone, words.birthday):
        try:
            once = read(text)
        except PointsError:
            continue
        assert read(once) == once
