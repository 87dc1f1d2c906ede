"""Reasons: a code or its word, and nothing else."""

from __future__ import annotations

import pytest

from points.market.undoing import reasons
from points.market.undoing.errors import UnknownUndoReason


def test_a_reason_is_read_as_its_code_or_its_word() -> None:
    """The page sends a code, the command line takes a word."""
    assert [reasons.read(text) for text in ("拿错", " broken ", "其他")] == ["wrong_item", "broken", "other"]


@pytest.mark.parametrize("text", ["", "不知道"])
def test_anything_else_is_told_what_there_is(text: str) -> None:
    """The sentence names every reason."""
    with pytest.raises(UnknownUndoReason, match="拿错、坏了、输错人、不想要了、其他"):
        reasons.read(text)
