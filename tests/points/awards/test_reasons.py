"""Reasons of corrections: a code or its word, nothing else; what old rows said is said as it stands."""

from __future__ import annotations

import pytest

from points.awards import reasons
from points.awards.errors import NeedsReason, UnknownReason
from web import words


def test_a_code_and_its_word_mean_the_same() -> None:
    """Whatever stands around them."""
    for code, word in reasons.REASONS.items():
        assert reasons.read(f" {word} ") == reasons.read(code) == code
        assert reasons.word(code) == word


@pytest.mark.parametrize(
    ("said", "error"), [(" ", NeedsReason), ("想改", UnknownReason), ("OTHER", UnknownReason)]
)
def test_anything_else_is_refused(said: str, error: type[Exception]) -> None:
    """No blank, no prose, no other spelling."""
    with pytest.raises(error):
        reasons.read(said)


def test_an_old_row_reads_as_it_was_written() -> None:
    """Prose from before there was a list."""
    assert reasons.word("记错了人，应是隔壁") == "记错了人，应是隔壁"
    assert str(words.corrected("记错了人，应是隔壁")) == "记错了人，应是隔壁"


def test_every_code_has_a_word_on_pages_and_fits_its_column() -> None:
    """The catalogue's list is this one; forty characters are kept."""
    assert words.CORRECTED == reasons.REASONS
    assert set(reasons.OFFERED) < set(reasons.REASONS)
    assert all(len(code) <= 40 for code in reasons.REASONS)
