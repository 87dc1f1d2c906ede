"""The worked cases that people read are true: each is worked out by the rules themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from points.awards import sentences, worked_cases
from points.awards.worked_cases import WorkedCase
from tests.points.awards.said import DEFAULT, EVERYTHING

HAN = re.compile(r"[\u4e00-\u9fff]")
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "worked-cases.md"


@pytest.mark.parametrize("each", worked_cases.read(), ids=lambda each: each.zh)
def test_each_case_is_worth_what_the_table_says(each: WorkedCase) -> None:
    """The rule, the points, and the same figure at the end of the sentence in both languages."""
    got = each.worth(DEFAULT)
    assert (got.rule, got.points) == (each.rule, each.points)
    zh, en = (sentences.arithmetic(got.arithmetic, DEFAULT, language) for language in ("zh", "en"))
    assert HAN.search(zh)
    assert not HAN.search(en + each.en)
    assert HAN.search(each.zh)
    if each.points:
        assert re.findall(r"\d+", zh)[-1] == str(each.points)
        assert re.findall(r"\d+", en.replace(" counted", ""))[-1] == str(each.points)


def test_there_are_thirty_and_they_try_every_rule_of_the_default_book() -> None:
    """At least; measures, caps and duties among them. Of three commendations that differ in level alone, one."""
    cases = worked_cases.read()
    assert len(cases) >= 30
    untried = {rule.id for rule in DEFAULT.rules} - {each.rule for each in cases}
    assert untried <= {"commendation-town", "commendation-city"}
    assert {each.rule for each in cases} >= {"repeat", None}


def test_another_rule_book_gives_other_figures() -> None:
    """They are worked out, not remembered: the first report is paid by the week's book as that says."""
    first = worked_cases.read()[0]
    assert first.worth(EVERYTHING).rule == "report"
    late = next(each for each in worked_cases.read() if each.used.get("report-day") == 10)
    assert (late.worth(DEFAULT).points, late.worth(EVERYTHING).points) == (0, 2)


def test_the_document_is_what_is_worked_out() -> None:
    """docs/worked-cases.md is written by `jishan rules examples --document` and nobody's hand."""
    assert DOCUMENT.read_text(encoding="utf-8") == worked_cases.document()
