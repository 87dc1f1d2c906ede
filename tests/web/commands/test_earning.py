"""`jishan rules say`, `examples`, `worth`: what the pages say, on a terminal."""

from __future__ import annotations

from pathlib import Path

from points.awards import rule_sentences, worked_cases
from tests.points.awards.said import DEFAULT
from tests.typed import call


def test_every_rule_is_said_in_both_languages(book: Path) -> None:
    """One line each; a version that is none is refused."""
    assert call("rules", "say", book=book).out.splitlines() == [
        sentence for _name, sentence in rule_sentences.rules(DEFAULT)
    ]
    english = call("--lang", "en", "rules", "say", "1", book=book).out
    assert english.splitlines() == [sentence for _name, sentence in rule_sentences.rules(DEFAULT, "en")]
    assert "没有第 9 版" in call("rules", "say", "9", book=book).err


def test_the_worked_cases_and_their_document(book: Path) -> None:
    """By the book's own rules; the document is that of the tree."""
    worked = call("rules", "examples", "--json", book=book).data["examples"]
    assert [(each["rule"], each["points"]) for each in worked] == [
        (each.rule, each.points) for each in worked_cases.read()
    ]
    assert call("rules", "examples", "--document", book=book).out == worked_cases.document()


def test_what_somebody_would_get(book: Path) -> None:
    """For anybody, and for a member with what is left of their caps."""
    asked = ("rules", "worth", "--category", "F", "--found-first")
    assert call(*asked, book=book).out.splitlines() == [
        "上报消防、安全隐患：7 分",
        "5 分；未诉先办 + 2 分 = 7 分",
    ]
    mine = call(*asked, "--member", "V-000001", "--json", book=book).data
    assert (mine["rule"], mine["before_caps"]) == ("hazard", 7)
    assert mine["caps"]["report-month"]["limit"] == 60
    assert call("rules", "worth", "--member", "V-999999", book=book).status
    served = call("rules", "worth", "--deed", "service", "--minutes", "90", "--json", book=book).data
    assert (served["points"], served["minutes"]) == (3, 90)
