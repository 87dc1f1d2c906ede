"""Rules in words: a sentence for each, in both languages, and every figure in it comes from the rule book."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from points.awards import rule_sentences, rule_text
from points.awards.rule import RuleBook
from tests.figures import figure
from tests.points.awards.books import rule_books
from tests.points.awards.said import DEFAULT, EVERYTHING

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("book", [DEFAULT, EVERYTHING], ids=["default", "everything"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_its_sentence(book: RuleBook, language: str) -> None:
    """Each rule and the repeats, in their order; Chinese in Chinese, English without a Chinese character."""
    said = rule_sentences.rules(book, language)
    assert [name for name, _ in said] == [*(rule.id for rule in book.rules), rule_text.REPEAT]
    assert all(bool(HAN.search(sentence)) is (language == "zh") for _, sentence in said)


SAID = [
    (
        "joint-lane",
        (
            "上报部门会商的难事：核实一次记 8 分；没有人投诉过、先发现的再加 2 分。例：先发现的，8 + 2 = 10 分。"
            "上报合计：每人每周最多 20 分。治理积分合计：每户每周最多 30 分。"
        ),
        (
            "Hard case reported that departments settle together: 8 points once verified; "
            "2 more when it was found before anyone complained. Example: found first, 8 + 2 = 10 points. "
            "Reports together: at most 20 points a week for each member. "
            "Governance points together: at most 30 points a week for each household."
        ),
    ),
    (
        "brought",
        "组织活动：来参加的人，每一位记 2 分。例：来了 5 位，5 × 2 = 10 分。组织活动合计：每人每月最多 40 分。",
        (
            "Activity held: 2 points for each other person who took part. Example: five came, 5 × 2 = 10 points. "
            "Holding activities together: at most 40 points a month for each member."
        ),
    ),
    (
        "handled",
        (
            "处置治安隐患：一件事共 10 分；没有人投诉过、先发现的再加 1 分；一起做的人均分，另有约定的按约定。"
            "例：三个人，各得 4、3、3 分。治理积分合计：每户每周最多 30 分。"
        ),
        (
            "Public safety risk handled: 10 points together; 1 more when it was found before anyone complained; shared "
            "equally, or as those who did it agreed. Example: three people: 4, 3, 3. "
            "Governance points together: at most 30 points a week for each household."
        ),
    ),
    (
        "service",
        (
            "志愿服务：每 2 小时 1 分，按分钟折算，不足 1 分的不计。例：180 分钟 × 1 ÷ 120 分钟 = 1 分。"
            "服务时长合计：每人每年最多 100 小时。全家服务时长合计：每户每天最多 5 小时。"
        ),
        (
            "Volunteering: 1 point for every 2 hours, by the minute, less than a point is not given. "
            "Example: 180 minutes × 1 ÷ 120 minutes = 1 point. "
            "Service together: at most 100 hours a year for each member. "
            "Service of a household together: at most 5 hours a day for each household."
        ),
    ),
]


@pytest.mark.parametrize(("name", "zh", "en"), SAID)
def test_every_measure_and_cap_is_said(name: str, zh: str, en: str) -> None:
    """Once with a bonus, by the person, shared, by the hour; weeks, years and households."""
    assert rule_sentences.rule(EVERYTHING, name) == zh
    assert rule_sentences.rule(EVERYTHING, name, "en") == en


def test_the_sentence_follows_the_figures() -> None:
    """Another rule book, another sentence."""
    text = rule_text.default().replace("limit = 10", "limit = 14").replace("points = 5\n", "points = 6\n")
    changed = rule_text.parse(text)
    assert rule_sentences.rule(changed, "hazard") == (
        "上报消防、安全隐患：核实一次记 6 分；没有人投诉过、先发现的再加 2 分。例：先发现的，6 + 2 = 8 分。"
        "上报合计：每人每天最多 14 分，每月最多 60 分。"
    )
    assert rule_sentences.rule(DEFAULT, "mediation").endswith("例：普通、三位调解人，各得 4、3、3 分。")
    assert rule_sentences.rule(DEFAULT, "duty") == "处置事件是本职工作：不计分。"
    assert rule_sentences.cap(DEFAULT.caps["service-day"], "en") == (
        "Service together: at most 4 hours a day for each member"
    )


def test_hours_without_points_are_said() -> None:
    """What is counted and not rewarded is not called nothing."""
    rule = replace(EVERYTHING.rules[-1], points=0, per_hours=0, caps=())
    assert (
        rule_sentences.rule(replace(EVERYTHING, rules=(rule,)), "service") == "志愿服务：只记时长，不计分。"
    )


def test_an_unknown_rule_is_no_sentence() -> None:
    """A mistake of the caller, not a made-up rule."""
    with pytest.raises(KeyError):
        rule_sentences.rule(DEFAULT, "medals")


@given(rule_books())
@settings(max_examples=figure(short=40, full=2000))
def test_no_figure_of_a_rule_is_left_out(book: RuleBook) -> None:
    """Whatever a book says: points, bonus, and the limit of every cap on what gives something stand in the sentence."""
    for rule in book.rules:
        for language in ("zh", "en"):
            said = rule_sentences.rule(book, rule.id, language)
            figures = set(re.findall(r"\d+", said))
            wanted = {each for _, each in rule.outcomes} | {rule.points, rule.found_first} - {0}
            assert {str(each) for each in wanted} <= figures
            if rule.points or rule.counts_minutes:
                for cap in book.caps_of(rule):
                    whole = cap.unit == "points" or cap.limit % 60
                    assert str(cap.limit if whole else cap.limit // 60) in figures
