"""Notices and objections in words."""

from __future__ import annotations

import pytest

from points.openness import objections
from points.openness.board import Row
from web import i18n, notice_words


@pytest.mark.parametrize(
    ("mediation", "zh", "en"),
    [
        (None, "环境卫生", "Cleanliness"),
        ("difficult", "调解：疑难，调解成功", "Mediation: "),
        ("", "调解", "Mediated"),
    ],
)
def test_a_line_says_its_category_or_the_class_of_a_mediation(
    mediation: str | None, zh: str, en: str
) -> None:
    """In both languages."""
    row = Row("ACDE3467", "E", mediation, 5, None)
    with i18n.speaking("zh"):
        assert str(notice_words.what(row)) == zh
    with i18n.speaking("en"):
        assert str(notice_words.what(row)).startswith(en)


def test_every_reason_and_state_has_its_word() -> None:
    """Those that the verb takes, and those that it answers."""
    assert set(notice_words.REASONS) == set(objections.REASONS)
    assert {"open", "upheld", "dismissed", "corrected"} == set(notice_words.STATES)
