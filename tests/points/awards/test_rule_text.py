"""The text of a rule book: what is shipped is whole, and what is wrong is listed all at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from points.awards import rule_text
from points.awards.errors import BadRuleBook
from tests.points.awards.said import EVERYTHING

DEFAULT = rule_text.default()


def problems(text: str) -> list[str]:
    """What is wrong with a text."""
    with pytest.raises(BadRuleBook) as caught:
        rule_text.parse(text)
    found: Any = caught.value.facts["found"]
    assert caught.value.facts["count"] == len(found)
    return list(found)


def test_the_default_rule_book_is_that_of_the_mission() -> None:
    """In force from 2000, notice 7 days, expiry at the end of the next year, three caps on reports and one on hours."""
    book = rule_text.parse(DEFAULT)
    assert book.in_force_from == date(2000, 1, 1)
    assert (book.notice_days, book.lapses_after_years) == (7, 1)
    assert {cap.id: (cap.limit, cap.unit, cap.per) for cap in book.caps.values()} == {
        "report-day": (10, "points", "day"),
        "report-month": (60, "points", "month"),
        "repeat-day": (1, "points", "day"),
        "service-day": (240, "minutes", "day"),
    }
    assert (book.repeats.within_hours, book.repeats.first, book.repeats.later) == (24, 1, 0)


def test_every_problem_is_listed_at_once() -> None:
    """Three mistakes, three sentences, each saying where."""
    text = (
        DEFAULT.replace("days = 7", "days = 31")
        .replace("limit = 240", "limit = 0")
        .replace('roles = ["handler"]', 'roles = ["cook"]')
    )
    assert problems(text) == [
        "caps.service-day：limit 要写 1 到 1000000 的整数",
        "notice：days 要写 0 到 30 的整数",
        "rules 第 1 条 duty：roles 里不认识 cook，能写的有 handler、mediator、participant、reporter",
    ]


WRONG = [
    ("points = 2\nfound_first", "points = 0.5\nfound_first", "半分请写成每 2 小时 1 分"),
    ("points = 2\nfound_first", "points = -2\nfound_first", "points 要写 0 到 1000000 的整数"),
    ("points = 2\nfound_first", "points = true\nfound_first", "points 要写"),
    ("points = 5\n", "points = 50\n", "52 分超过上限 10 分，永远得不满"),
    ("per_hours = 1\ncounts_minutes = true", "per_hours = 1", "counts_minutes 要写 true"),
    ('id = "hazard"', 'id = "report"', "细则 report 写了两次"),
    ('id = "hazard"', 'id = "repeat"', "留给重复上报"),
    ('id = "hazard"', 'id = "Hazard!"', "id 要用小写字母"),
    ('roles = ["mediator"]', 'roles = ["participant"]', "outcomes 只用于调解人"),
    ('caps = ["service-day"]', 'caps = ["service-week"]', "caps 里不认识 service-week"),
    ('per = "month"', 'per = "hour"', "per 只能是 day、week、month、year"),
    ("within_hours = 24", "within_hour = 24", "不认识 within_hour"),
    ("in_force_from = 2000-01-01", 'in_force_from = "2000"', "in_force_from 要写成"),
    ('categories = ["F", "H"]', 'categories = ["F", "X"]', "categories 里不认识 X"),
    ("failed = 3", "lost = 3", "不认识 lost"),
    ("counts_minutes = true", 'counts_minutes = "yes"', "counts_minutes 要写 true 或 false"),
    ("[title]", "[titles]", "缺少 [title]"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_what_is_wrong_is_refused_with_its_place(right: str, wrong: str, said: str) -> None:
    """Each in a sentence that names the key; half points and deductions are among them."""
    assert right in DEFAULT
    assert any(said in problem for problem in problems(DEFAULT.replace(right, wrong, 1)))


def test_a_book_without_groups_needs_none_and_one_with_groups_names_them() -> None:
    """A rule of no group in a book that has some is named; where there are none, a group is no word of the book."""
    lines = DEFAULT.splitlines(keepends=True)
    start, end = lines.index("[groups.governance]\n"), lines.index("[groups.hours]\n") + 3
    bare = [line for line in lines[:start] + lines[end:] if not line.startswith("group = ")]
    assert {rule.group for rule in rule_text.parse("".join(bare)).rules} == {""}
    assert len(problems(DEFAULT.replace('group = "moral"\n', "", 1))) == 1
    (only,) = problems("".join(bare).replace('id = "duty"', 'id = "duty"\ngroup = "hours"'))
    assert only == "rules 第 1 条 duty：group 要写这本细则里有的名字，现在一个也没有"


def test_what_was_published_is_read_as_it_was() -> None:
    """Two mistakes that nobody refused when it was published: read all the same, and refused in a new text."""
    old = DEFAULT.replace('member_kinds = ["staff"]', 'member_kinds = ["stuff"]').replace(
        'points = 1\n\n[[rules]]\nid = "patrol"',
        'points = 1\ncaps = ["service-day"]\n\n[[rules]]\nid = "patrol"',
    )
    assert len(problems(old)) == 2
    assert rule_text.published(old).rules[1].member_kinds == {"stuff"}
    assert rule_text.published(DEFAULT) == rule_text.parse(DEFAULT)


def test_the_book_of_everything_says_everything() -> None:
    """Groups, caps by week, year and household, and every measure, as the text has them."""
    assert {name: group.caps for name, group in EVERYTHING.groups.items()} == {
        "governance": ("home-week",),
        "hours": (),
        "moral": (),
    }
    assert {cap.id: (cap.per, cap.of) for cap in EVERYTHING.caps.values()} == {
        "repeat-day": ("day", "member"),
        "report-week": ("week", "member"),
        "hours-year": ("year", "member"),
        "home-week": ("week", "household"),
        "home-hours": ("day", "household"),
        "brought-month": ("month", "member"),
    }
    said = {rule.id: (rule.points, rule.per_hours, rule.per_person, rule.shared) for rule in EVERYTHING.rules}
    assert said["brought"] == (2, 0, True, False)
    assert said["handled"] == (10, 0, False, True)
    assert said["service"] == (1, 2, False, False)


def test_what_is_no_toml_is_one_problem() -> None:
    """The parser's own words, with line and column."""
    (only,) = problems("rules = [")
    assert only.startswith("不是 TOML：")


def test_no_rules_are_no_rule_book() -> None:
    """An empty text says everything that is missing."""
    assert "一条细则也没有，至少写一条 [[rules]]" in problems("")
