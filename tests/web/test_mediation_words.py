"""Mediations in words: every word the verbs know has one on the pages, and what is wrong is in the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from points.events import mediations, openings, sealing, settlements
from web import mediation_words
from web.i18n import speaking


def test_every_word_of_the_verbs_is_on_the_pages() -> None:
    """The same codes in the same order, and the same Chinese."""
    assert mediation_words.DISPUTES == mediations.DISPUTES
    assert mediation_words.OUTCOMES == settlements.OUTCOMES
    assert mediation_words.AGREEMENTS == settlements.AGREEMENTS
    assert mediation_words.REASONS == openings.REASONS
    assert mediation_words.ENDINGS == openings.ENDINGS


def test_a_class_is_said_in_both_languages() -> None:
    """What the book has is Chinese."""
    with speaking("zh"):
        assert str(mediation_words.dispute("邻里纠纷")) == "邻里纠纷"
    with speaking("en"):
        assert str(mediation_words.dispute("邻里纠纷")) == "Between neighbours"


def test_every_problem_is_in_the_catalogue() -> None:
    """What verbs say is wrong is a sentence of ours, and can be said in English."""
    said = set()
    for module in (mediations, settlements, openings, sealing):
        said |= set(re.findall(r'problem="([^"]+)"', Path(str(module.__file__)).read_text(encoding="utf-8")))
    known = set(mediation_words.PROBLEMS)
    assert said - {"还没到那个时候", "只能是 2000 年以后到一年以内"} == known
