"""What a rule book may not say: each mistake is named with its rule and the way to put it right."""

from __future__ import annotations

from typing import Any

import pytest

from points.awards import rule_text
from points.awards.errors import BadRuleBook

DEFAULT = rule_text.default()


def problems(text: str) -> list[str]:
    """What is wrong with a text."""
    with pytest.raises(BadRuleBook) as caught:
        rule_text.parse(text)
    found: Any = caught.value.facts["found"]
    return list(found)


ADDED = [
    ("points = -1", "积分细则只加分、不扣分"),
    ('points = 1\nlanes = ["fast"]', "lanes 里不认识 fast，能写的有 direct、joint、own、whistle"),
    ('points = 1\nteams = ["巡逻队"]', "teams 里的 巡逻队 不是编号，志愿队写成 T-0001"),
    ('points = 1\ncampaigns = ["清楼道"]', "要写专项行动网页地址最后的 32 位编号"),
    ("points = 1\nper_person = true\nper_hours = 1\ncounts_minutes = true", "per_hours 不能和 per_person"),
    ("points = 1\nper_person = true\nshared = true", "per_person 不能和 shared 一起写"),
    ('points = 1\ngroup = "money"', "group 只能是 governance、moral、hours"),
    ('points = 1\ncaps = ["service-day"]', "上限 service-day 管的是分钟，这一条不记时长"),
    ("points = 1\nper_hour = 2", "不认识 per_hour，是不是 per_hours？"),
    ("points = 1\nper_person = true\nfound_first = 1", "found_first 只能和一次一记的 points 一起写"),
    ('points = 1\nmember_kinds = ["cadre"]', "member_kinds 里不认识 cadre"),
]


@pytest.mark.parametrize(("said", "problem"), ADDED)
def test_a_wrong_rule_is_named_with_the_way_to_put_it_right(said: str, problem: str) -> None:
    """Its place and its id stand before the sentence."""
    wrong = f'[[rules]]\nid = "mine"\nzh = "我的"\nen = "mine"\nroles = ["reporter"]\n{said}\n\n'
    found = problems(DEFAULT.replace("[[rules]]", wrong + "[[rules]]", 1))
    assert any(each.startswith("rules 第 1 条 mine：") and problem in each for each in found), found


def test_points_by_the_person_are_not_for_those_who_came() -> None:
    """A participant who brought the others is not known; who held the activity is its reporter."""
    wrong = (
        '[[rules]]\nid = "m"\nzh = "我"\nen = "m"\nroles = ["participant"]\npoints = 1\nper_person = true\n\n'
    )
    assert any(
        "组织者写 reporter" in each for each in problems(DEFAULT.replace("[[rules]]", wrong + "[[rules]]", 1))
    )


def test_a_rule_that_never_comes_to_its_turn_is_named() -> None:
    """A hazard of fire after every hazard: the earlier one has every condition of it."""
    late = '\n[[rules]]\nid = "fire"\nzh = "消防"\nen = "fire"\ngroup = "moral"\nroles = ["reporter"]\n'
    (only,) = problems(DEFAULT + late + 'kinds = ["report"]\ncategories = ["F"]\npoints = 6\n')
    assert only.endswith("条 fire：永远轮不到它：前面的 hazard 已经包括了它的全部条件，把它移到 hazard 前面")
