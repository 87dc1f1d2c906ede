"""What is said of slips."""

from __future__ import annotations

from points.market.slips import batches, entering, losses, slips
from web import slip_words
from web.i18n import speaking


def test_every_step_state_and_reason_has_its_word_in_both_languages() -> None:
    """A new code would be a page that fails; an unknown reason is none."""
    assert slip_words.STEPS.keys() == {*slips.KINDS, "redeemed"}
    assert slip_words.STATES.keys() == {"", *batches.OPEN, *batches.DONE}
    assert slip_words.SEND_BACK.keys() == entering.SEND_BACK.keys()
    assert slip_words.VOID.keys() == entering.VOID.keys()
    assert slip_words.LOSS.keys() == losses.REASONS.keys()
    with speaking("en"):
        said = [
            str(slip_words.reason(code)) for code in (*losses.REASONS, *entering.VOID, *entering.SEND_BACK)
        ]
    assert all(each.isascii() and each for each in said)
    assert slip_words.reason("") == ""
