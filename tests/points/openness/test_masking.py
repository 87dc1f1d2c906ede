"""Masking: what strangers may see of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.openness import masking
from points.people.words import COMPOUND_SURNAMES

NAMES = [
    ("", ""),
    ("王", "*"),
    ("王兰", "王*"),
    ("欧阳", "欧*"),
    ("王秀兰", "王*兰"),
    ("欧阳华", "欧阳*"),
    ("司马兰梅", "司马**"),
    ("王秀兰花", "王**"),
    ("阿依·古丽", "阿*丽"),
    ("阿依•古丽", "阿*丽"),
    ("欧阳·华", "欧*华"),
    (" 王 秀 兰 ", "王*兰"),
    ("古丽娜尔汗", "古**"),
    ("Li Wei", "L**"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_names_are_masked_as_the_community_is_told(name: str, shown: str) -> None:
    """Two, three, four characters, compound surnames, middle dots in any of their spellings."""
    assert masking.mask(name) == shown


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=12)


@given(HAN)
def test_a_whole_name_is_never_shown(name: str) -> None:
    """However long: at most two characters of it, and always a star."""
    shown = masking.mask(name)
    assert "*" in shown
    assert name not in shown
    assert len(shown.replace("*", "")) <= 2


@given(st.sampled_from(sorted(COMPOUND_SURNAMES)), HAN)
def test_a_compound_surname_stays_whole(surname: str, given_name: str) -> None:
    """And nothing of the given name does."""
    assert masking.mask(surname + given_name) == surname + "*" * min(2, len(given_name))


def test_two_who_look_alike_get_the_tail_of_their_number() -> None:
    """Only those two; never the whole number."""
    names = {"V-000123": "王秀兰", "V-000456": "王玉兰", "V-000789": "赵敏"}
    assert masking.mask_list(names) == {
        "V-000123": "王*兰（123）",
        "V-000456": "王*兰（456）",
        "V-000789": "赵*",
    }
