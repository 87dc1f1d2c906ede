"""Every act of the product has its sentence, in both languages."""

from __future__ import annotations

from points.market.slips import slips
from tests.web.act_kinds import written
from web.act_words import ACTS
from web.i18n import Say, speaking

ELSEWHERE = {
    "?points/losses.py": "evidence-lost",
    "?points/market/slips/slips.py": "the steps of a slip, each by its own kind",
    "?points/openness/disputes.py": "objection, ruling",
    "?points/people/acts.py": "the people's acts themselves, found where they are called",
    "?points/recovery.py": "recovery",
}
"""Where the kind is not written in the module that posts, and what is posted there."""
MORE = {"import", "correction", "evidence-lost", "objection", "ruling", "recovery"} | set(
    slips.KINDS.values()
)
"""Kinds of acts that are drafted by hand, or named in another floor."""


def test_every_kind_of_act_is_told() -> None:
    """A new kind of act is named here, or somebody reads that it was an act and no more."""
    found = {name.partition(":")[0] if name[0] == "?" else name: where for name, where in written().items()}
    assert {"consent", "grant", "certificate", "board", "notice"} <= found.keys()
    unread = {name for name in found if name.startswith("?")}
    assert unread == ELSEWHERE.keys()
    untold = {name: where for name, where in found.items() if name not in ACTS.keys() | unread}
    assert untold == {}
    assert ACTS.keys() - found.keys() == MORE


def test_no_sentence_is_said_of_two_kinds_and_all_are_in_english() -> None:
    """Whoever reads one knows which it was."""
    assert len(set(ACTS.values())) == len(ACTS)
    with speaking("en"):
        said = {kind: str(Say(sentence)) for kind, sentence in ACTS.items()}
    assert {kind: words for kind, words in said.items() if words == ACTS[kind] or not words.isascii()} == {}
