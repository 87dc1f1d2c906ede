"""How to earn, in words: conditions, figures and schemes as the page of rules says them, in both languages."""

from __future__ import annotations

import pytest

from points.awards import asking
from tests.points.awards.said import DEFAULT, EVERYTHING
from web import earning_words
from web.i18n import speaking

RULES = {rule.id: rule for rule in EVERYTHING.rules}
CONDITIONS = [
    (
        "joint-lane",
        "上报人 · 上报 · 部门会商、吹哨",
        "Reporters · Report · Several departments, Whistle",
    ),
    ("handled", "处置人 · 治安隐患 · 重大险情", None),
    ("brought", "上报人 · 活动 · 在职党员、志愿服务人员", None),
    ("team", "参加的人 · 活动 · 巡逻 · T-0001", None),
    ("campaign", "参加的人 · 只算指定的专项行动", "Those who take part · named campaigns only"),
]


@pytest.mark.parametrize(("name", "zh", "en"), CONDITIONS)
def test_a_rule_says_what_it_holds_for(name: str, zh: str, en: str | None) -> None:
    """Every condition in its own words; keys that people do not know are not shown."""
    said = earning_words.conditions(RULES[name])
    assert str(said) == zh
    if en:
        with speaking("en"):
            assert str(said) == en


def test_a_rules_points_are_seen_at_a_glance() -> None:
    """Once, by the hour, by the person, from least to most, a repeat; nothing for what gives none."""
    figures = {name: earning_words.figure(EVERYTHING, name) for name in (*RULES, "repeat")}
    assert figures == {
        "joint-lane": "8 分",
        "report": "2 分",
        "brought": "每位 2 分",
        "handled": "10 分",
        "mediation": "5–10 分",
        "campaign": "6 分",
        "team": "每小时 3 分",
        "service": "每 2 小时 1 分",
        "repeat": "1 分",
    }
    assert earning_words.figure(DEFAULT, "duty") == ""
    with speaking("en"):
        assert earning_words.figure(EVERYTHING, "team") == "3 points an hour"


def test_schemes_come_in_their_order_and_what_gives_nothing_last() -> None:
    """Every rule once; a book without groups is one list."""
    found = earning_words.groups(DEFAULT)
    assert [str(name) for name, _ in found] == ["治理积分", "道德积分", "志愿时长", "不计分的"]
    assert sorted(rule for _, rules in found for rule in rules) == sorted(rule.id for rule in DEFAULT.rules)
    assert found[-1][1] == ["duty", "staff-duty"]


def test_what_can_be_asked_is_what_can_be_answered() -> None:
    """Each deed of the form is one that the rules know, and each kind of deed a rule names can be chosen once."""
    assert list(earning_words.DEEDS) == list(asking.DEEDS)
    types = [value for value, _label in earning_words.types(DEFAULT)]
    assert types[0] == ""
    assert len(set(types)) == len(types) == 1 + len([rule for rule in DEFAULT.rules if rule.types])
    assert {str(label) for _value, label in earning_words.types(DEFAULT)} >= {
        "见义勇为",
        "巡逻",
        "周五志愿日",
    }


def test_a_cap_says_whose_it_is_and_for_how_long() -> None:
    """A household's week, in both languages; every owner and period has its words."""
    cap = EVERYTHING.caps["home-week"]
    assert [
        str(each) for each in (earning_words.cap(cap), earning_words.whose(cap), earning_words.most(cap))
    ] == [
        "治理积分",
        "每户每周",
        "30 分",
    ]
    with speaking("en"):
        assert str(earning_words.whose(cap)) == "a week for each household"
    assert len(earning_words.WHOSE) == 8
