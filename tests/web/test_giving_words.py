"""What is said of gifts and care funds."""

from __future__ import annotations

from points.market.giving import care_requests
from web import giving_words
from web.i18n import Say, speaking


def test_every_reason_and_state_has_its_word_in_both_languages() -> None:
    """A new code would be a page that fails."""
    assert giving_words.REASONS.keys() == care_requests.REASONS.keys()
    assert giving_words.STATES.keys() == {"open", "approved", "refused", "lapsed"}
    with speaking("en"):
        said = [
            str(Say(word))
            for word in (*giving_words.REASONS.values(), *(w for w, _ in giving_words.STATES.values()))
        ]
        fund = str(giving_words.fund("Liuhe"))
    assert all(each.isascii() for each in said)
    assert fund == "Care fund of Liuhe"
