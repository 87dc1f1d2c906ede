"""Likeness: who may be one person, and who is surely not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.people.twice.likeness import Traits, alike, like_names, like_phones, one_slip, plain, same_name

NAMES = st.text("王秀兰蓝阿依古丽· ", min_size=0, max_size=5)


def traits(
    name: str, birthday: str | None = "03-12", year: int | None = None, phone: str | None = None
) -> Traits:
    """Somebody."""
    return Traits("V-000001", name, birthday, year, phone)


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        (traits("王秀兰"), traits("王秀兰"), ("name", "birthday")),
        (traits("王秀兰"), traits("王秀蓝"), ("name", "birthday")),
        (traits("王秀兰"), traits("王兰秀"), ("name", "birthday")),
        (traits("阿依·古丽"), traits("阿依古丽"), ("name", "birthday")),
        (traits("阿依·古丽"), traits("阿衣古丽"), ("name", "birthday")),
        (traits("王秀兰"), traits("王秀"), ()),
        (traits("王秀兰", year=1950), traits("王秀", year=1950), ("name", "birthday")),
        (traits("王秀兰"), traits("李秀梅"), ()),
        (traits("王秀兰"), traits("王秀兰", "03-13"), ()),
        (traits("王秀兰", year=1950), traits("王秀兰", year=1951), ()),
        (traits("王芳"), traits("王芳"), ("name", "birthday")),
        (traits("王芳"), traits("王丽"), ()),
        (traits("王芳", year=1950), traits("王丽", year=1950), ("name", "birthday")),
        (
            traits("王秀兰", None, None, "10000900001"),
            traits("王秀兰", phone="10000910001"),
            ("name", "phone"),
        ),
        (
            traits("王秀兰", None, None, "10000900001"),
            traits("王秀兰", phone="10000900010"),
            ("name", "phone"),
        ),
        (traits("王秀兰", None, None, "10000900001"), traits("王秀蓝", phone="10000910001"), ()),
        (traits("王秀兰", None), traits("王秀兰", None), ()),
    ],
)
def test_by_name_birthday_and_phone(one: Traits, two: Traits, why: tuple[str, ...]) -> None:
    """Each case, whichever comes first."""
    assert alike(one, two) == alike(two, one) == why


@given(NAMES, NAMES)
def test_one_slip_is_an_edit_distance_of_at_most_one(a: str, b: str) -> None:
    """As the textbook counts it: what is put in, left out or exchanged."""
    table = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            exchanged = table[i - 1][j - 1] + (a[i - 1] != b[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, exchanged)
    assert one_slip(a, b) == (table[-1][-1] <= 1)


def test_dots_spaces_and_widths_are_no_difference() -> None:
    """And nothing is like nothing."""
    assert plain("ａ·Ｂ c") == "abc"
    assert same_name("阿依 古丽", "阿依·古丽")
    assert not like_names("·", "·")
    assert not like_phones(None, "10000900001")
