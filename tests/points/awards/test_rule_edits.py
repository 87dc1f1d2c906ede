"""Edits of single figures: the text says just that afterwards, and every other letter stays."""

from __future__ import annotations

import difflib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.awards import rule_edits, rule_text
from points.awards.errors import NoSuchFigure, NotEditable

TEXT = rule_text.default()
NUMBERS = sorted(path for path, value in rule_edits.figures(TEXT).every.items() if isinstance(value, int))


def lines_changed(text: str) -> list[str]:
    """The lines that are new or gone."""
    compared = difflib.ndiff(TEXT.splitlines(), text.splitlines())
    return [line for line in compared if line[0] in "+-"]


def test_a_figure_changes_its_own_line_and_keeps_the_comment() -> None:
    """Days of notice have a comment behind them."""
    assert lines_changed(rule_edits.changed(TEXT, {"notice.days": 10})) == [
        "- days = 7 # 0 to 30; a member's points can be used when the public notice has closed",
        "+ days = 10 # 0 to 30; a member's points can be used when the public notice has closed",
    ]


def test_figures_of_rules_are_found_by_the_rules_id() -> None:
    """Points stand in every rule; outcomes stand in a table below theirs; a day and a title are written as such."""
    text = rule_edits.changed(
        TEXT,
        {
            "rules.hazard.points": 6,
            "rules.mediation.outcomes.oral": 4,
            "caps.report-month.limit": 80,
            "in_force_from": date(2030, 1, 1),
            "title.zh": '桃园"新"细则',
        },
    )
    book = rule_text.parse(text)
    assert next(rule.points for rule in book.rules if rule.id == "hazard") == 6
    assert dict(next(rule.outcomes for rule in book.rules if rule.id == "mediation"))["oral"] == 4
    assert (book.caps["report-month"].limit, book.caps["report-day"].limit) == (80, 10)
    assert (book.in_force_from, book.title_zh) == (date(2030, 1, 1), '桃园"新"细则')
    assert len(lines_changed(text)) == 10


def test_a_figure_that_was_left_out_is_added_to_its_rule() -> None:
    """Nought is what it was, and adds nothing."""
    text = rule_edits.changed(TEXT, {"rules.suggestion.found_first": 3})
    assert lines_changed(text) == ["+ found_first = 3"]
    assert next(rule.found_first for rule in rule_text.parse(text).rules if rule.id == "suggestion") == 3
    assert rule_edits.changed(TEXT, {"rules.suggestion.found_first": 0}) == TEXT


@given(st.sampled_from(NUMBERS), st.integers(0, 1_000_000))
def test_whatever_number_is_changed_nothing_else_is(path: str, value: int) -> None:
    """And back again it is the very same text."""
    text = rule_edits.changed(TEXT, {path: value})
    before = rule_edits.figures(TEXT).every
    assert rule_edits.figures(text).every == {**before, path: value}
    old = before[path]
    assert old is not None
    assert rule_edits.changed(text, {path: old}) == TEXT


def test_what_cannot_be_changed_by_a_form_is_refused_and_not_spoilt() -> None:
    """A rule that is gone, a cap that never was; and figures written inside a line of tables."""
    for path in ("rules.nobody.points", "caps.no-cap.limit"):
        with pytest.raises(NoSuchFigure):
            rule_edits.changed(TEXT, {path: 1})
    inline = "notice = {days = 7}\nin_force_from = 2000-01-01\n"
    with pytest.raises(NotEditable):
        rule_edits.changed(inline, {"notice.days": 8})


def test_words_that_look_like_a_table_are_not_one() -> None:
    """A text of several lines with a bracket in it: refused, because what came of it would say something else."""
    tricky = 'note = """\n[notice]\ndays = 7\n"""\n[notice]\ndays = 7\n'
    with pytest.raises(NotEditable):
        rule_edits.changed(tricky, {"notice.days": 9})


def test_a_rule_for_communities_has_its_figures() -> None:
    """It names no role, and is edited like any other."""
    rule = 'id = "best"\nzh = "考核"\nen = "best"\nearns = "community"\nscore_from = 90\npoints = 300\n'
    text = f"in_force_from = 2000-01-01\n[[rules]]\n{rule}"
    assert rule_edits.figures(text).every["rules.best.points"] == 300
    assert "points = 310" in rule_edits.changed(text, {"rules.best.points": 310})
