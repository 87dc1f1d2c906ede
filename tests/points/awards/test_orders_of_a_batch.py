"""What no order of a batch changes, and what it does: caps, totals, the fund, and the same book read again.

True of every order: nothing passes a cap; the fund is never overdrawn; shares sum to their pool. True where the caps on
a batch lie within each other (repeats in reports, a day in its month, a member in their household) and the fund
suffices: whoever a cap is over gets the same in all in each of its periods, in any order. Not true, and shown here: the
single award (who comes first is given first); the total under a week that lies across two months; points by the hour
under a cap on minutes, each rounded down, which may differ by less than one point for each contribution. So that all
this is still one answer, a batch is always planned oldest first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from points.awards import rule_text, rule_writing
from points.awards.caps import Cap
from points.awards.cases import Case, Repetition
from points.awards.planning import Plan, plan
from points.awards.rule_books import Shelf
from points.awards.rules import History, RuleBook
from tests.figures import figure
from tests.points.awards.books import rule_books
from tests.points.awards.said import DAY, DEFAULT, EVERYTHING, accepted, case, doing

RANDOM = st.randoms(use_true_random=False)
DEEDS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 40),
        st.sampled_from(["", "joint"]),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=40,
)
"""Member, day, lane, how often it was reported before, whether it is an hour and more of service instead."""


def batch(deeds: Sequence[tuple[int, int, str, int, bool]]) -> list[Case]:
    """A case for each deed. The first two members live together."""
    cases = []
    for n, (member, day, lane, repeats, serves) in enumerate(deeds):
        who = doing(
            f"V-{member}",
            "participant" if serves else "reporter",
            minutes=37 * (n + 1) if serves else None,
            household="H-1" if member < 2 else "",
        )
        it = case(
            replace(who, id=f"c{n}"),
            event=f"e{n}",
            day=DAY + timedelta(days=day),
            lane=lane,
            kind="activity" if serves else "report",
            category="F" if lane else "E",
            repeat=Repetition("e", repeats) if repeats and not serves else None,
        )
        cases.append(it)
    return cases


def planned(cases: Sequence[Case], book: RuleBook, *, left: int = 1_000_000) -> Plan:
    """A plan with so much in every month's fund."""
    decisions = {each.contribution: each for it in cases for each in accepted(it)}
    funds = {(it.community, it.month): left for it in cases}
    return plan(cases, decisions, rules=Shelf((book,)), history=History(), funds=funds)


def drawn(got: Plan) -> Counter[tuple[str, str, str]]:
    """What was drawn, by whose cap it is, cap and period."""
    found: Counter[tuple[str, str, str]] = Counter()
    for each in got.awards:
        for draw in each.worth.draws:
            found[draw.household or each.worth.member, draw.cap, draw.period] += draw.amount
    return found


@pytest.mark.parametrize("book", [DEFAULT, EVERYTHING], ids=["default", "everything"])
@given(deeds=DEEDS, random=RANDOM)
def test_nothing_passes_a_cap_in_any_order(
    book: RuleBook, deeds: list[tuple[int, int, str, int, bool]], random: Random
) -> None:
    """Of a member or a household, by day, week, month or year: what all awards give, added up anew, is within it."""
    cases = batch(deeds)
    random.shuffle(cases)
    got = planned(cases, book)
    for (_, cap, _), amount in drawn(got).items():
        assert 0 < amount <= book.caps[cap].limit
    given_out: Counter[tuple[str, str, str]] = Counter()
    for each in got.awards:
        who, worth = each.case.contributions[0], each.worth
        rule = book.rule_for(each.case, who)
        assert rule is not None
        for cap in book.caps_of(rule, repeated=worth.rule == "repeat"):
            owner = who.household if cap.of == "household" else who.member
            if owner:
                counted = worth.points if cap.unit == "points" else worth.minutes
                given_out[owner, cap.id, cap.period(each.case.day)] += counted
    assert +given_out == drawn(got)


@given(deeds=DEEDS, random=RANDOM)
def test_no_order_changes_a_total_under_caps_that_lie_within_each_other(
    deeds: list[tuple[int, int, str, int, bool]], random: Random
) -> None:
    """Reports by the default book: each member has as many points in each day and month, and the fund gives as many."""
    cases = batch([(*deed[:4], False) for deed in deeds])
    shuffled = random.sample(cases, len(cases))
    one, other = planned(cases, DEFAULT), planned(shuffled, DEFAULT)
    assert drawn(one) == drawn(other)
    assert _points(one) == _points(other)


@given(deeds=DEEDS, random=RANDOM)
def test_no_order_changes_what_a_household_gets_together(
    deeds: list[tuple[int, int, str, int, bool]], random: Random
) -> None:
    """A member's week within their household's: who of them was first may change, the week's total may not."""
    cases = batch([(member, day, lane, 0, False) for member, day, lane, _, _ in deeds])
    shuffled = random.sample(cases, len(cases))
    one, other = drawn(planned(cases, EVERYTHING)), drawn(planned(shuffled, EVERYTHING))
    together = {key: amount for key, amount in one.items() if key[1] == "home-week"}
    assert together == {key: amount for key, amount in other.items() if key[1] == "home-week"}


@given(deeds=DEEDS, random=RANDOM)
def test_counted_hours_are_the_same_in_any_order_and_points_but_for_rounding(
    deeds: list[tuple[int, int, str, int, bool]], random: Random
) -> None:
    """Minutes of each member and day are equal; points by the hour differ by less than one for each contribution."""
    cases = batch([(*deed[:4], True) for deed in deeds])
    shuffled = random.sample(cases, len(cases))
    one, other = planned(cases, DEFAULT), planned(shuffled, DEFAULT)
    assert drawn(one) == drawn(other)
    assert abs(_points(one) - _points(other)) < max(1, len(cases))


def test_a_week_across_two_months_is_where_order_matters() -> None:
    """Ten a week and ten a month, three deeds of ten: 1 July first fills both, the others first leave room for two."""
    week = Cap("week", "周", "week", "points", 10, "week")
    month = Cap("month", "月", "month", "points", 10, "month")
    only = replace(DEFAULT.rules[5], points=10, found_first=0, caps=("week", "month"))
    book = replace(DEFAULT, caps={"week": week, "month": month}, rules=(only,))
    days = {"middle": date(2018, 7, 1), "june": date(2018, 6, 30), "later": date(2018, 7, 9)}
    deeds = {name: case(doing(), event=name, day=day) for name, day in days.items()}
    assert _points(planned([deeds[name] for name in ("middle", "june", "later")], book)) == 10
    assert _points(planned([deeds[name] for name in ("june", "later", "middle")], book)) == 20


@given(deeds=DEEDS, random=RANDOM, left=st.integers(0, 60))
def test_no_order_overdraws_a_fund_or_loses_a_contribution(
    deeds: list[tuple[int, int, str, int, bool]], random: Random, left: int
) -> None:
    """Awarded, worth nothing or waiting for money: each contribution once; and no month gives more than it has."""
    cases = batch(deeds)
    random.shuffle(cases)
    got = planned(cases, EVERYTHING, left=left)
    by_month: Counter[str] = Counter()
    for each in got.awards:
        by_month[each.case.month] += each.worth.points
    assert all(points <= left for points in by_month.values())
    seen = [each.worth.contribution for each in (*got.awards, *got.nothing)] + [
        one for _, one in got.unfunded
    ]
    assert sorted(seen) == sorted(f"c{n}" for n in range(len(cases)))


@given(book=rule_books(), deeds=DEEDS)
@settings(max_examples=figure(short=30, full=2000))
def test_a_published_book_read_again_gives_the_same_awards(
    book: RuleBook, deeds: list[tuple[int, int, str, int, bool]]
) -> None:
    """The text is what was published. Read twice, years apart, it judges the same events alike, to the last step."""
    book = replace(book, in_force_from=date(2000, 1, 1))
    text = rule_writing.write(book)
    cases = batch(deeds)
    first = planned(cases, rule_text.published(text))
    rule_text._read.cache_clear()
    again = planned(cases, rule_text.published(text))
    assert [each.worth for each in first.awards] == [each.worth for each in again.awards]
    assert [each.worth for each in first.nothing] == [each.worth for each in again.nothing]
    assert [each.worth for each in first.awards] == [each.worth for each in planned(cases, book).awards]


def _points(got: Plan) -> int:
    return sum(each.worth.points for each in got.awards)
