"""Words of undoing: every code has one, and an entry tells which redemption it undid."""

from __future__ import annotations

from points.market.undoing import reasons
from web import undo_words
from web.i18n import speaking


def test_every_reason_has_its_word() -> None:
    """The same as the command line takes; in English too."""
    assert {code: str(undo_words.reason(code)) for code in reasons.REASONS} == reasons.REASONS
    with speaking("en"):
        assert str(undo_words.reason("wrong_item")) == "Wrong item"


def test_every_state_has_its_word_and_its_look() -> None:
    """Of requests and of shifts."""
    assert set(undo_words.STATES) == {"open", "approved", "refused", "lapsed", "overtaken"}
    assert set(undo_words.SHIFTS) == {"open", "counted", "closed", "taken"}
