"""The arithmetic of an award in words: every figure that is said comes from its steps."""

from __future__ import annotations

import re
from dataclasses import replace

from points.awards import sentences
from points.awards.cases import Repetition
from points.awards.rules import History, home
from tests.points.awards.said import DEFAULT, EVERYTHING, case, doing, worth, worths

HAN = re.compile(r"[\u4e00-\u9fff]")


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
        "普通共 10 分，3 人分，第 2 份 = 3 分；第 1 次重复上报，1 分；2 分；未诉先办 + 2 分 = 4 分；"
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


def test_people_who_came_and_shares_of_a_whole_are_said() -> None:
    """By the person, shared equally, shared as agreed; in both languages."""
    held = worths(
        case(doing(), doing("V-2", "participant"), doing("V-3", "participant"), kind="activity"),
        rule_book=EVERYTHING,
    )[0]
    assert sentences.arithmetic(held.arithmetic, EVERYTHING) == "每位 2 分 × 来了 2 位 = 4 分"
    assert sentences.arithmetic(held.arithmetic, EVERYTHING, "en") == "2 for each person × 2 = 4 points"
    two = [doing(f"V-{n}", "handler", parts=parts) for n, parts in enumerate((1, 1, 3))]
    got = worths(case(*two, category="S", severity="major"), rule_book=EVERYTHING)
    assert sentences.arithmetic(got[2].arithmetic, EVERYTHING) == "10 分；3 人分 10 分，占 5 分之 3 = 6 分"
    equal = worths(case(*two[:2], category="S", severity="major"), rule_book=EVERYTHING)
    assert (
        sentences.arithmetic(equal[1].arithmetic, EVERYTHING, "en")
        == "10 points; 10 shared by 2, share 2 = 5 points"
    )


def test_the_cap_that_bit_is_named_with_its_period_and_whose_it_is() -> None:
    """The household's week had four points left; the member's own week had room and is not spoken of."""
    used = History({home("H-1"): {("home-week", "2018-W27"): 26}})
    got = worth(case(doing(household="H-1"), lane="joint"), rule_book=EVERYTHING, history=used)
    assert sentences.arithmetic(got.arithmetic, EVERYTHING) == (
        "8 分；治理积分全家本周上限 30 分，已用 26 分，得 4 分"
    )
    assert sentences.arithmetic(got.arithmetic, EVERYTHING, "en") == (
        "8 points; governance points: at most 30 points a week for the household, "
        "26 points already used, 4 points counted"
    )
