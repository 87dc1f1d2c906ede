"""A rule book survives being written: the same book is read again, whatever it says."""

from __future__ import annotations

from hypothesis import given, settings

from points.awards import rule_text, rule_writing
from points.awards.rule import RuleBook
from tests.figures import figure
from tests.points.awards.books import rule_books
from tests.points.awards.said import EVERYTHING


def test_the_shipped_book_and_one_that_says_everything_survive() -> None:
    """Written, read, the same; and written again, the same text."""
    for book in (rule_text.parse(rule_text.default()), EVERYTHING):
        text = rule_writing.write(book)
        assert rule_text.parse(text) == book
        assert rule_writing.write(rule_text.parse(text)) == text


@given(rule_books())
@settings(max_examples=figure(short=40, full=2000))
def test_every_book_survives(book: RuleBook) -> None:
    """Every selector, measure, cap, group and word: quotes, backslashes, line ends and control characters too."""
    assert rule_text.published(rule_writing.write(book)) == book
