"""Hours, stars and periods as people read them."""

from __future__ import annotations

import pytest

from points.honours import stars
from web import honour_words
from web.i18n import speaking


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "0 小时", "0 h"),
        (20, "20 分钟", "20 min"),
        (60, "1 小时", "1 h"),
        (61_205, "1,020 小时 5 分钟", "1,020 h 5 min"),
    ],
)
def test_hours_and_minutes_are_whole(minutes: int, zh: str, en: str) -> None:
    """Never 1.08 hours."""
    assert str(honour_words.duration(minutes)) == zh
    with speaking("en"):
        assert str(honour_words.duration(minutes)) == en


def test_what_is_missing_is_said_until_nothing_is() -> None:
    """The next star by its name; after the fifth no sentence."""
    rank = stars.star(100 * 60)
    assert str(honour_words.star(rank)) == "一星志愿者"
    assert str(honour_words.to_next_star(rank)) == "离二星志愿者还差 200 小时"
    assert honour_words.to_next_star(stars.star(2000 * 60)) is None
    level = stars.level(1200)
    assert str(honour_words.level(level)) == "荣誉三级"
    assert str(honour_words.to_next_level(level)) == "离荣誉四级还差 800 分"
    assert honour_words.to_next_level(stars.level(3000)) is None


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("2026-10", "2026年10月", "Oct 2026"),
        ("2026-Q3", "2026年第三季度", "2026, third quarter"),
        ("2026", "2026年", "2026"),
    ],
)
def test_periods_have_names(name: str, zh: str, en: str) -> None:
    """In both languages."""
    assert str(honour_words.period(name)) == zh
    with speaking("en"):
        assert str(honour_words.period(name)) == en
