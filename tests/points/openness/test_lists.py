"""Lists: short ones go up, every award is on exactly one, and a code tells nothing."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from points.openness import lists
from points.openness.lists import FEWEST, Waiting

D, S1, S2, A, B, C = "d", "s1", "s2", "a", "b", "c"
PATHS = {A: (D, S1, A), B: (D, S1, B), C: (D, S2, C)}


def waiting(**counts: int) -> list[Waiting]:
    """So many awards in each community."""
    return [
        Waiting(f"award/{place}/{n}", f"V-{n}", "E", 2, PATHS[place])
        for place, count in counts.items()
        for n in range(count)
    ]


def sizes(top: str = D, **counts: int) -> dict[str, int]:
    """How long the list of each area is."""
    return {area: len(lines) for area, lines in lists.merged(waiting(**counts), top=top).items()}


def test_five_are_a_list_and_four_go_up() -> None:
    """To the street; from a street that is still short to the district; there it is published anyhow."""
    assert sizes(a=5, b=7, c=6) == {"a": 5, "b": 7, "c": 6}
    assert sizes(a=4, b=5) == {"b": 5, "d": 4}
    assert sizes(a=3, b=4) == {"s1": 7}
    assert sizes(a=2, b=2, c=5) == {"c": 5, "d": 4}
    assert sizes(a=2, c=1) == {"d": 3}
    assert sizes() == {}


def test_a_list_does_not_go_above_the_area_it_is_published_for() -> None:
    """A street's publisher publishes in the street, a community's in the community, however short."""
    assert {area: len(each) for area, each in lists.merged(waiting(a=2, b=1), top=S1).items()} == {"s1": 3}
    assert {area: len(each) for area, each in lists.merged(waiting(a=2), top=A).items()} == {"a": 2}


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_every_award_is_on_exactly_one_list(a: int, b: int, c: int) -> None:
    """And only the top's list is short."""
    awards = waiting(a=a, b=b, c=c)
    merged = lists.merged(awards, top=D)
    seen = Counter(line.award for lines in merged.values() for line in lines)
    assert seen == Counter(each.award for each in awards)
    assert all(len(lines) >= FEWEST for area, lines in merged.items() if area != D)


def test_codes_are_different_and_cannot_be_misread() -> None:
    """Eight letters and digits, none of 0 O 1 I L B 8 S 5 G Z 2."""
    codes = lists.codes(1000)
    assert len(set(codes)) == 1000
    assert all(re.fullmatch(r"[^0O1ILB8S5GZ2a-z]{8}", code) for code in codes)


def test_codes_come_in_no_order() -> None:
    """Their order tells nothing of the awards'."""
    codes = lists.codes(50)
    assert codes != sorted(codes)


def test_a_code_that_comes_twice_is_drawn_again() -> None:
    """Two lines of a list never share one."""
    letters = iter("AAAAAAAA" + "AAAAAAAA" + "CCCCCCCC")
    assert set(lists.codes(2, choice=lambda _: next(letters))) == {"AAAAAAAA", "CCCCCCCC"}
