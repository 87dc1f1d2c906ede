"""“What would I get for …?”: the same answer as the award, before caps and with what is left of one's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from points.awards import asking, rule_books, sentences
from points.awards.asking import Question
from tests.points.awards.said import DAY, DEFAULT, EVERYTHING
from tests.points.awards.town import Town

TABLE: list[tuple[dict[str, Any], str, int]] = [
    ({}, "report", 2),
    ({"category": "F", "found_first": True}, "hazard", 7),
    ({"major": True}, "major-hazard", 20),
    ({"repeat": 1}, "report", 1),
    ({"repeat": 2, "category": "F"}, "hazard", 0),
    ({"deed": "service", "minutes": 90}, "service", 3),
    ({"deed": "service", "minutes": 60, "type_name": "周五志愿日"}, "friday", 4),
    ({"deed": "meeting"}, "meeting", 1),
    ({"deed": "mediated", "people": 2}, "mediation", 4),
    ({"deed": "mediated", "outcome": "difficult"}, "mediation", 30),
    ({"deed": "decision", "type_name": "见义勇为"}, "courage", 200),
    ({"deed": "handled"}, "duty", 0),
    ({"member_kind": "staff"}, "staff-duty", 0),
]


@pytest.mark.parametrize(("facts", "rule", "points"), TABLE)
def test_an_answer_is_what_the_rules_would_give(facts: dict[str, Any], rule: str, points: int) -> None:
    """By the default book, for anybody, before any cap is used."""
    got = asking.answer(Question(**facts), DEFAULT, DAY)
    assert got.rule is not None
    assert (got.rule.id, got.before.points, got.now) == (rule, points, None)


def test_nothing_is_an_answer_too() -> None:
    """Holding an activity earns nothing by the default book; by the other, two for each of four who came."""
    held = Question(deed="held", people=4, member_kind="volunteer")
    nothing = asking.answer(held, DEFAULT, DAY)
    assert (nothing.rule, nothing.before.points, nothing.caps) == (None, 0, ())
    assert asking.answer(held, EVERYTHING, DAY).before.points == 8


@pytest.mark.anyio
async def test_a_member_learns_what_is_left_of_their_caps(town: Town) -> None:
    """Four reports that day: eight of ten used, so a hazard gives two; another day it gives five."""
    await town.fund(100)
    for _ in range(4):
        await town.event(("V-000123", "reporter"))
    await town.verify()
    rules = await rule_books.shelf(town.book)
    hazard = Question(category="F", member_kind="staff")
    got = await asking.answer_for(town.book, hazard, rules, DAY, member="V-000123")
    assert got.now is not None
    assert (got.before.points, got.now.points) == (5, 2)
    assert [(each.cap.id, each.used, each.left) for each in got.caps] == [
        ("report-day", 8, 2),
        ("report-month", 8, 52),
    ]
    assert sentences.arithmetic(got.now.arithmetic, rules.on(DAY)).endswith(
        "上报本日上限 10 分，已用 8 分，得 2 分"
    )
    other = await asking.answer_for(town.book, hazard, rules, date(2018, 7, 5), member="V-000123")
    assert other.now is not None
    assert (other.now.points, other.caps[1].used) == (5, 8)
