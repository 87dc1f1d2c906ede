"""A problem is a sentence with its place, which can be said in another language too."""

from __future__ import annotations

from points.awards.rule_problems import Problem, Where


def test_a_problem_says_where_and_what() -> None:
    """The Chinese sentence is the text itself; the parts are there for the catalogue."""
    rule = Where().item("rules", 2, "report")
    found = Problem(rule.inside("outcomes"), "{key} 是空的", key="oral")
    assert found == "rules 第 2 条 report.outcomes：oral 是空的"
    assert (found.template, found.facts, found.where.tail) == ("{key} 是空的", {"key": "oral"}, ".outcomes")
    assert found.where.facts == {"key": "rules", "place": 2, "id": "report"}


def test_a_problem_of_the_whole_text_has_no_place() -> None:
    """And a brace in a fact is only a brace."""
    assert Problem(Where(), "不是 TOML：{error}", error="{x}") == "不是 TOML：{x}"
    assert str(Where().inside("caps").inside("a")) == "caps.a"
