"""Plans: caps and funds are used up in one order, and what is not paid uses up nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from points.awards.cases import Case, Decision
from points.awards.planning import Plan, plan
from points.awards.rule_books import Shelf
from points.awards.rules import History
from tests.points.awards.said import DEFAULT, accepted, case, doing

FUND = ("440310001001", "2018-07")
RULES = Shelf((DEFAULT,))


def planned(cases: list[Case], **funds: Any) -> Plan:
    """Plan accepted cases with what the fund has."""
    decisions = {each.contribution: each for it in cases for each in accepted(it)}
    return plan(cases, decisions, rules=RULES, history=History(), funds={FUND: funds.get("left", 0)})


def reports(count: int, **facts: Any) -> list[Case]:
    """So many reports of one member, each in an event of its own."""
    return [case(replace(doing(), id=f"c{n}"), event=f"e{n}", **facts) for n in range(count)]


def test_the_older_ones_get_what_the_fund_has() -> None:
    """Three reports of 2 and a fund of 5: two are paid, one waits."""
    got = planned(reports(3), left=5)
    assert [each.worth.contribution for each in got.awards] == ["c0", "c1"]
    assert [contribution for _, contribution in got.unfunded] == ["c2"]


def test_what_waits_draws_no_cap() -> None:
    """A hazard of 5 that cannot be paid leaves the day's ten to reports elsewhere: all five of 2 are paid."""
    hazard = case(replace(doing(), id="h"), event="h", category="F")
    there = ("440310001002", "2018-07")
    cases = [hazard, *reports(5, community=there[0])]
    decisions = {each.contribution: each for it in cases for each in accepted(it)}
    got = plan(cases, decisions, rules=RULES, history=History(), funds={FUND: 4, there: 100})
    assert [each.worth.points for each in got.awards] == [2] * 5
    assert [contribution for _, contribution in got.unfunded] == ["h"]


def test_nobody_is_passed() -> None:
    """A hazard of 5 does not fit into 4: the reports of 2 that would fit wait behind it."""
    hazard = case(replace(doing(), id="h"), event="h", category="F")
    got = planned([hazard, *reports(2)], left=4)
    assert (got.awards, got.nothing) == ((), ())
    assert [contribution for _, contribution in got.unfunded] == ["h", "c0", "c1"]


def test_what_takes_nothing_from_the_fund_does_not_wait() -> None:
    """With an empty fund a seventh report of a day, worth nothing, is over; the others wait."""
    fund = ("440310001002", "2018-07")
    paid, late = reports(5, community=fund[0]), case(replace(doing(), id="late"), event="late")
    cases = [*paid, case(replace(doing("V-2"), id="h"), event="h"), late]
    decisions = {each.contribution: each for it in cases for each in accepted(it)}
    got = plan(cases, decisions, rules=RULES, history=History(), funds={FUND: 0, fund: 100})
    assert [each.worth.contribution for each in got.nothing] == ["late"]
    assert [contribution for _, contribution in got.unfunded] == ["h"]


def test_the_contributions_of_one_case_share_what_is_left() -> None:
    """Three reporters of one event and 5 points: two are paid."""
    got = planned([case(*(doing(f"V-{n}") for n in range(3)))], left=5)
    assert [each.worth.member for each in got.awards] == ["V-0", "V-1"]
    assert [contribution for _, contribution in got.unfunded] == ["V-2/reporter"]


def test_caps_run_through_the_batch() -> None:
    """Seven reports in a day: five are paid, two are worth nothing."""
    got = planned(reports(7), left=100)
    assert (len(got.awards), len(got.nothing), len(got.unfunded)) == (5, 2, 0)


def test_only_what_was_decided_is_planned() -> None:
    """A contribution without a decision is in no list; a returned one neither."""
    it = case(doing("V-1"), doing("V-2"), doing("V-3"))
    decisions = {
        "V-1/reporter": Decision("V-1/reporter", accepted=True),
        "V-2/reporter": Decision("V-2/reporter", accepted=False),
    }
    got = plan([it], decisions, rules=RULES, history=History(), funds={FUND: 100})
    assert [each.worth.member for each in got.awards] == ["V-1"]
    assert (got.nothing, got.unfunded) == ((), ())


@given(st.lists(st.sampled_from(["E", "F"]), max_size=30), st.integers(0, 80))
def test_a_fund_is_never_overdrawn_and_nothing_is_lost(categories: list[str], left: int) -> None:
    """Every contribution is in exactly one list, and the awards fit into the fund."""
    cases = [
        case(replace(doing(f"V-{n % 4}"), id=f"c{n}"), event=f"e{n}", category=category)
        for n, category in enumerate(categories)
    ]
    got = planned(cases, left=left)
    assert sum(each.worth.points for each in got.awards) <= left
    seen = [each.worth.contribution for each in (*got.awards, *got.nothing)]
    seen += [contribution for _, contribution in got.unfunded]
    assert sorted(seen) == sorted(f"c{n}" for n in range(len(cases)))
