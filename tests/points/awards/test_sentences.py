"""Rules and arithmetic in words: every figure that is said comes from the rule book."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from points.awards import rule_text, sentences
from points.awards.cases import Repetition
from points.awards.rules import History
from tests.points.awards.said import DEFAULT, case, doing, worth, worths

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_its_sentence(language: str) -> None:
    """Each rule and the repeats; Chinese in Chinese, English without a Chinese character."""
    said = dict(sentences.rules(DEFAULT, language))
    assert set(said) == {rule.id for rule in DEFAULT.rules} | {rule_text.REPEAT}
    assert all(bool(HAN.search(sentence)) is (language == "zh") for sentence in said.values())


def test_the_sentence_follows_the_figures() -> None:
    """Another rule book, another sentence."""
    text = rule_text.default().replace("limit = 10", "limit = 14").replace("points = 5\n", "points = 6\n")
    changed = rule_text.parse(text)
    assert sentences.rule(DEFAULT, "hazard") == (
        "上报消防、安全隐患：5 分，未诉先办再加 2 分；上报每人每天最多 10 分；上报每人每月最多 60 分。"
    )
    assert sentences.rule(changed, "hazard") == (
        "上报消防、安全隐患：6 分，未诉先办再加 2 分；上报每人每天最多 14 分；上报每人每月最多 60 分。"
    )
    assert sentences.rule(DEFAULT, "service", "en").endswith("Example: 90 minutes × 2 ÷ 60 = 3 points.")
    assert sentences.rule(DEFAULT, "mediation").endswith("例：普通、三位调解人，各得 4、3、3 分。")


def test_an_unknown_rule_is_no_sentence() -> None:
    """A mistake of the caller, not a made-up rule."""
    with pytest.raises(KeyError):
        sentences.rule(DEFAULT, "medals")


def test_hours_and_a_cap_that_took_something() -> None:
    """The line of a statement: two hours, and eight of ten used."""
    serve = worth(case(doing(role="participant", minutes=120)))
    assert sentences.arithmetic(serve.arithmetic, DEFAULT) == "每小时 2 分 × 2 小时 = 4 分"
    used = History({"V-000001": {("report-day", "2018-07-04"): 8}})
    hazard = worth(case(doing(), category="F"), history=used)
    assert sentences.arithmetic(hazard.arithmetic, DEFAULT) == "5 分；上报本日上限 10 分，已用 8 分，得 2 分"
    assert sentences.arithmetic(hazard.arithmetic, DEFAULT, "en") == (
        "5 points; reports: at most 10 points a day, 8 points already used, 2 points counted"
    )


def test_shares_that_were_agreed_on_say_so() -> None:
    """Thirty percent of ten points, in both languages."""
    two = [doing(f"V-{n}", "mediator", outcome="ordinary", parts=parts) for n, parts in enumerate((30, 70))]
    steps = worths(case(*two))[0].arithmetic
    assert sentences.arithmetic(steps, DEFAULT) == "普通共 10 分，占 100 分之 30 = 3 分"
    assert sentences.arithmetic(steps, DEFAULT, "en") == "ordinary: 10, 30 of 100 = 3 points"


def test_every_step_can_be_said_in_both_languages() -> None:
    """Shares, repeats, found first, minutes beyond the day's four hours, no rule at all, returned."""
    mediators = worths(case(*[doing(f"V-{n}", "mediator", outcome="ordinary") for n in range(3)]))
    steps = [
        *mediators[1].arithmetic,
        *worth(case(doing(), repeat=Repetition("e0", 1))).arithmetic,
        *worth(case(doing(), found_first=True)).arithmetic,
        *worth(case(doing(role="participant", minutes=330))).arithmetic,
        *worth(case(doing(), kind="activity")).arithmetic,
        {"step": "returned"},
    ]
    assert sentences.arithmetic(steps, DEFAULT) == (
        "普通共 10 分，3 人分，第 2 份 = 3 分；时限内第 1 次重复上报，1 分；2 分；未诉先办 + 2 分；"
        "服务时长本日上限 4 小时，已用 0 小时，得 4 小时；每小时 2 分 × 4 小时 = 8 分；"
        "细则里没有这一项，0 分；退回，不计分"
    )
    assert not HAN.search(sentences.arithmetic(steps, DEFAULT, "en"))


def test_a_rule_per_two_hours_says_so() -> None:
    """Half a point an hour is a point in two hours."""
    rule = replace(next(rule for rule in DEFAULT.rules if rule.id == "service"), points=1, per_hours=2)
    book = replace(DEFAULT, rules=(rule,))
    got = worth(case(doing(role="participant", minutes=180)), rule_book=book)
    assert got.points == 1
    assert sentences.arithmetic(got.arithmetic, book) == "每 2 小时 1 分 × 3 小时 = 1 分"
