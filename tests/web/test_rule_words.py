"""Words for rule books: every key of the default book has one, and so has everything that can become of a part."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from points.awards import rule_differences, rule_text
from points.awards.errors import BadRuleBook
from points.awards.rule_differences import Difference
from web import rule_words
from web.i18n import Say, speaking


def test_every_key_of_the_default_book_has_a_word() -> None:
    """Of the book, of caps, of rules and their outcomes; a key nobody knows is shown as it is."""
    book = tomllib.loads(rule_text.default())
    known = {"title.zh", "notice.days", "expiry.years_after", "in_force_from", *book["repeats"]}
    known |= {key for cap in book["caps"].values() for key in cap}
    known |= {key for rule in book["rules"] for key in rule if key not in ("id", "outcomes")}
    known |= {f"outcomes.{name}" for rule in book["rules"] for name in rule.get("outcomes", {})}
    known |= {"earns", "studio_percent", "score_from", "gifts.a_month"}
    assert {key for key in known if not isinstance(rule_words.key(key), Say)} == set()
    assert rule_words.key("nobody.knows") == "nobody.knows"


def test_a_part_is_called_by_its_name_in_the_language_of_the_page() -> None:
    """A rule by its own words, the book as a whole by ours."""
    rule = Difference(rule_differences.RULE, rule_differences.ADDED, "lamp", "修路灯", "lamps mended", ())
    whole = Difference(rule_differences.BOOK, rule_differences.CHANGED, "", "", "", ())
    for language, words in (("zh", ("修路灯", "整本细则")), ("en", ("lamps mended", "The book as a whole"))):
        with speaking(language):
            assert tuple(str(rule_words.heading(each)) for each in (rule, whole)) == words


def test_a_problem_is_said_in_the_language_of_the_page() -> None:
    """Its place and its sentence; nothing Chinese in English."""
    text = rule_text.default().replace("points = 5\n", "points = -5\n").replace("days = 7", "day = 7")
    with pytest.raises(BadRuleBook) as caught:
        rule_text.parse(text)
    found: Any = caught.value.facts["found"]
    said = [rule_words.problem(each) for each in found]
    assert [str(each) for each in said] == list(found)
    with speaking("en"):
        english = [str(each) for each in said]
    assert english[0] == "notice: days must be a whole number from 0 to 30"
    assert english[1].startswith(
        "rules no. 4 hazard: points must be a whole number from 0 to 1000000; rules only add"
    )
    assert not re.search("[\u4e00-\u9fff]", "".join(english))


@pytest.mark.parametrize(
    ("key", "said", "chinese", "english"),
    [
        ("roles", "mediator、reporter", "调解人、上报人", "Mediators, Reporters"),
        ("in_force_from", "2026-12-01", "2026年12月1日", "1 Dec 2026"),
        ("of", "household", "每户", "each household"),
        ("shared", "true", "是", "yes"),
        ("repeats.first", "1", "1", "1"),
        ("kinds", "unknown", "unknown", "unknown"),
    ],
)
def test_what_a_key_says_is_read_out_in_words(key: str, said: str, chinese: str, english: str) -> None:
    """A meeting reads 调解人 and not mediator; what nobody knows stands as it is written."""
    assert str(rule_words.value(key, said)) == chinese
    with speaking("en"):
        assert str(rule_words.value(key, said)) == english
