"""Whom a rule gives to is written, read again and said, in both languages."""

from __future__ import annotations

import pytest

from points.awards import earner_sentences, rule_text, rule_writing, sentences
from points.awards.cases import Decision
from points.awards.rules import History, awards_for
from tests.points.awards.test_earners import book, case, mediated


@pytest.mark.parametrize("earns", ["household", "team", "studio", "community", "percent"])
def test_whom_a_rule_gives_to_is_written_read_and_said(earns: str) -> None:
    """The same book comes back from its own text; the sentence says it in both languages."""
    said = {
        "household": 'roles = ["participant"]\npoints = 4\nearns = "household"',
        "team": 'roles = ["participant"]\npoints = 4\nearns = "team"',
        "studio": 'roles = ["mediator"]\nearns = "studio"\n[rules.outcomes]\nordinary = 10',
        "community": 'earns = "community"\npoints = 800\nscore_from = 90',
        "percent": 'roles = ["mediator"]\nstudio_percent = 20\n[rules.outcomes]\nordinary = 10',
    }[earns]
    rule_book = book(said)
    assert rule_text.parse(rule_writing.write(rule_book)) == rule_book
    zh, en = (sentences.rule(rule_book, "one", language) for language in ("zh", "en"))
    assert earner_sentences.rule(rule_book.rules[0], en=False) in zh
    assert earner_sentences.rule(rule_book.rules[0], en=True) in en
    assert earner_sentences.rule(rule_book.rules[0], en=True)


def test_the_arithmetic_says_whose_it_is() -> None:
    """As staff read it."""
    rule_book = book('roles = ["mediator"]\nstudio_percent = 20\n[rules.outcomes]\nordinary = 10')
    (one,) = awards_for(
        case(mediated("V-1"), studio="D-0001"), [Decision("c-V-1", accepted=True)], rule_book, History()
    )
    assert sentences.arithmetic(one.arithmetic, rule_book).endswith("其中 2 分归调解室 D-0001（占 20%）")
    assert "2 of this, for the studio D-0001" in sentences.arithmetic(one.arithmetic, rule_book, "en")
