"""The list of rule books: what is in force, what is to come, what was replaced before it began."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from points.awards import rule_text
from points.awards.rule_books import Shelf
from points.awards.rules import RuleBook
from tests.web.guests import Guests, words
from web.views.rule_books import standing


def version(number: int, day: str) -> RuleBook:
    """A version that begins on a day."""
    text = rule_text.default().replace("2000-01-01", day, 1)
    return replace(rule_text.parse(text), version=number)


def test_every_version_stands_somewhere() -> None:
    """Two is over, three never began because four took its place, four is in force, five is to come."""
    days = ("2000-01-01", "2020-01-01", "2021-06-01", "2021-05-01", "2022-01-01")
    shelf = Shelf(tuple(version(number, day) for number, day in enumerate(days, start=1)))
    found = [standing(shelf, each.version, date(2021, 12, 1)) for each in shelf.versions]
    assert found == ["over", "over", "never", "in_force", "to_come"]
    assert shelf.on(date(2021, 12, 1)).version == 4


def test_the_first_version_was_published_when_the_book_was_laid_out(shared: Guests) -> None:
    """It has no minutes and nobody who asked; its text is whole."""
    said = words(shared.by("周静").get("/rule-books/1"))
    assert "建账时" in said
    assert "议事会议纪要" not in said
    assert "in_force_from = 2000-01-01" in said
