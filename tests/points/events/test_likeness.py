"""Likeness: thresholds at their edges, and that only what was measured to matter matters."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from points.events import likeness
from points.events.likeness import Marks
from points.events.pictures import looks

T = datetime.fromisoformat("2018-07-04T09:00:00+00:00")
HERE, THERE = "440310001001", "440310001002"
SAID = "六和社区12号楼楼道里堆满杂物，请尽快处理"
BITS = st.integers(0, 2**64 - 1)


def marks(event: str, minutes: int = 0, **more: object) -> Marks:
    """An event of the first community, some minutes after the first morning."""
    facts: dict[str, object] = {"community": HERE, "subtype": "", **more}
    return Marks(event, T + timedelta(minutes=minutes), **facts)  # type: ignore[arg-type]


def why(*events: Marks) -> dict[tuple[str, str], set[str]]:
    """What is alike among these."""
    return {pair: set(why) for pair, why in likeness.pairs(events).items()}


@pytest.mark.parametrize(
    ("minutes", "more", "found"),
    [
        (1, {}, {"place"}),
        (1440, {}, {"place"}),
        (1441, {}, None),
        (0, {}, None),
        (1, {"community": THERE}, None),
        (1, {"subtype": "积水"}, None),
        (1, {"community": ""}, None),
    ],
)
def test_one_kind_in_one_community_within_a_day(
    minutes: int, more: dict[str, object], found: set[str] | None
) -> None:
    """24 hours count, the same instant does not, and what has no place is alike to nothing by its place."""
    one, other = marks("a", subtype="噪声"), marks("b", minutes, **{"subtype": "噪声", **more})
    assert why(one, other) == ({("a", "b"): found} if found else {})


@pytest.mark.parametrize(
    ("text", "days", "more", "found"),
    [
        (SAID, 0, {}, True),
        ("六和社区 12 号楼，楼道里堆满杂物！请尽快处理。", 7, {}, True),
        ("六和社区12号楼楼道里堆满了杂物，请尽快处理", 1, {}, True),
        (SAID, 8, {}, False),
        (SAID, 1, {"community": THERE}, False),
        ("六和社区菜市场门口占道经营，请尽快处理", 1, {}, False),
        ("", 1, {}, False),
    ],
)
def test_near_same_words_in_one_community_within_a_week(
    text: str, days: int, more: dict[str, object], found: bool
) -> None:
    """Signs and spaces do not matter, one letter more hardly; a turn of phrase is not enough, nor is another place."""
    got = why(marks("a", text=SAID), marks("b", days * 1440, **{"text": text, **more}))
    assert got == ({("a", "b"): {"words"}} if found else {})


def test_few_letters_say_nothing() -> None:
    """Two reports that only say 垃圾太多了 are not one for that."""
    assert why(marks("a", text="垃圾太多了！"), marks("b", 1, text="垃圾太多了。")) == {}


@given(st.lists(st.text("社区楼道堆物", min_size=8, max_size=14), min_size=2, max_size=8))
def test_no_near_same_words_are_missed(texts: list[str]) -> None:
    """The rarest members find every pair that comparing all with all finds."""
    events = [marks(f"e{n}", n, text=text) for n, text in enumerate(texts)]
    every = {
        likeness.pair(one.event, other.event)
        for one, other in combinations(events, 2)
        if likeness.alike(likeness.threes(one.text), likeness.threes(other.text)) >= likeness.WORDS_ALIKE
    }
    assert likeness.pairs(events).keys() == every


@given(BITS, st.sets(st.integers(0, 63), max_size=8))
def test_marks_that_differ_in_four_bits_share_a_part(bits: int, flipped: set[int]) -> None:
    """So an index of the parts finds every mark that is near; more than four is another picture."""
    one, other = f"{bits:016x}", f"{bits ^ sum(1 << bit for bit in flipped):016x}"
    near = len(flipped) <= likeness.LOOKS_APART_AT_MOST
    assert likeness.looks_alike(one, other) is near
    if near:
        assert set(enumerate(likeness.parts(one))) & set(enumerate(likeness.parts(other)))
    assert "".join(likeness.parts(one)) == one


@given(st.lists(st.tuples(BITS, st.integers(0, 3)), min_size=2, max_size=6))
def test_no_near_pictures_are_missed(given_: list[tuple[int, int]]) -> None:
    """Wherever and whenever they were taken; even surfaces say nothing."""
    events = [
        marks(f"e{n}", n * 99_999, community=f"{n:012}", looks=(f"{bits:016x}", f"{bits ^ more:016x}"))
        for n, (bits, more) in enumerate(given_)
    ]
    every = {
        likeness.pair(one.event, other.event)
        for one, other in combinations(events, 2)
        for mine in filter(likeness.looks_tell, one.looks)
        for theirs in filter(likeness.looks_tell, other.looks)
        if likeness.looks_alike(mine, theirs)
    }
    assert likeness.pairs(events).keys() == every
    assert not likeness.looks_tell("0" * 16)
    assert not likeness.looks_tell("f" * 16)
    assert not likeness.looks_tell(None)


def test_a_picture_sent_through_a_messenger_is_the_same_and_another_is_not() -> None:
    """The threshold holds for real pictures, made smaller and pressed."""
    first, second = scene(1), scene(2)
    out = io.BytesIO()
    first.resize((360, 270)).save(out, "JPEG", quality=35)
    assert likeness.looks_alike(looks(first), looks(Image.open(out)))
    assert not likeness.looks_alike(looks(first), looks(second))


def scene(seed: int) -> Image.Image:
    """Some boxes of different greys."""
    image = Image.new("RGB", (720, 540), (128, 128, 128))
    draw = ImageDraw.Draw(image)
    for n in range(30):
        left, top, grey = (
            (seed * 7919 + n * 104_729) % 600,
            (seed * 6007 + n * 3571) % 450,
            seed * 37 + n * 61,
        )
        draw.rectangle([left, top, left + 40 + n * 5, top + 30 + n * 4], fill=(grey % 256,) * 3)
    return image
