"""A table is read key by key: what is wrong is said with its place, and reading goes on with a harmless value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from points.awards.rule_problems import Problem, Where
from points.awards.rule_table import Table


def table(**said: Any) -> tuple[Table, list[Problem], list[Problem]]:
    """A table at `here`, with the lists that its problems and doubts go into."""
    problems: list[Problem] = []
    doubts: list[Problem] = []
    return Table(said, Where().inside("here"), problems, doubts), problems, doubts


READ: list[tuple[Any, str, Any, Any, str]] = [
    (lambda t: t.text("a"), "text", "word", "", "here：a 要写 1 到 80 个字"),
    (lambda t: t.day("a"), "day", date(2018, 7, 4), date.min, "here：a 要写成 2000-01-01 的样子，不加引号"),
    (lambda t: t.whole("a", least=1, most=9), "whole", 3, 1, "here：a 要写 1 到 9 的整数"),
    (lambda t: t.flag("a"), "flag", True, False, "here：a 要写 true 或 false"),
    (lambda t: t.one_of("a", ("x", "y")), "one", "y", "x", "here：a 只能是 x、y"),
    (lambda t: t.names("a", frozenset("xy")), "names", ["x"], ("z",), "here：a 里不认识 z，能写的有 x、y"),
    (lambda t: t.amounts("a", frozenset("x")), "amounts", {"x": 2}, (), "here：a 是空的，能写的有 x"),
]
WRONG: dict[str, Any] = {"names": ["z"], "amounts": {}}


@pytest.mark.parametrize(
    ("read", "name", "good", "harmless", "said"), READ, ids=lambda value: str(value)[:10]
)
def test_a_value_is_read_or_named(read: Any, name: str, good: Any, harmless: Any, said: str) -> None:
    """What is right comes back as it is; of what is wrong a sentence stays, and something harmless."""
    here, problems, _doubts = table(a=good)
    wanted = tuple(good) if name == "names" else tuple(good.items()) if name == "amounts" else good
    assert (read(here), problems) == (wanted, [])
    here, problems, _doubts = table(a=WRONG.get(name, 0))
    assert (read(here), problems) == (harmless, [said])


def test_a_negative_or_half_figure_says_what_to_do() -> None:
    """Points are only added; half a point is one for two hours."""
    here, problems, _doubts = table(minus=-1, half=0.5)
    assert (here.whole("minus"), here.whole("half")) == (0, 0)
    assert ["只加分、不扣分" in problems[0], "每 2 小时 1 分" in problems[1]] == [True, True]


def test_a_key_that_nobody_reads_is_named_with_the_one_that_was_meant() -> None:
    """A misspelt key is not a missing one."""
    here, problems, _doubts = table(colours=1, pionts=2)
    here.whole("points", default=0)
    here.end()
    assert problems == ["here：不认识 colours，去掉它", "here：不认识 pionts，是不是 points？"]


def test_places_lead_to_the_table() -> None:
    """Tables by name, tables in lists with their id, and tables within those."""
    here, problems, _doubts = table(rules=[{"id": "x", "outcomes": {"oral": -1}}, {}], caps={"a": {}})
    first, second = here.list_of_tables("rules")
    first.table("outcomes").whole("oral")
    second.text("id")
    here.tables("caps")["a"].text("zh")
    assert [each.partition("：")[0] for each in problems] == [
        "here.rules 第 1 条 x.outcomes",
        "here.rules 第 2 条",
        "here.caps.a",
    ]


def test_a_doubt_is_kept_apart() -> None:
    """It is refused in new texts alone."""
    here, problems, doubts = table(kinds=["stuff"])
    assert here.names("kinds", frozenset({"staff"}), doubtful=True) == ("stuff",)
    assert (problems, len(doubts)) == ([], 1)
