"""The default rules as tables, and what no order of a batch may break."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import encoding
from points.awards.cases import Decision, Repetition
from points.awards.rules import History, awards_for, home
from tests.points.awards.said import DAY, DEFAULT, EVERYTHING, accepted, case, doing, worth, worths

REPORTS = [
    ({}, "report", 2),
    ({"found_first": True}, "report", 4),
    ({"category": "F"}, "hazard", 5),
    ({"category": "H", "found_first": True}, "hazard", 7),
    ({"category": "S"}, "report", 2),
    ({"severity": "major"}, "major-hazard", 20),
    ({"category": "F", "severity": "major", "found_first": True}, "major-hazard", 22),
    ({"repeat": Repetition("e0", 1)}, "repeat", 1),
    ({"repeat": Repetition("e0", 1), "category": "F", "found_first": True}, "repeat", 1),
    ({"repeat": Repetition("e0", 2)}, "repeat", 0),
    ({"kind": "mediation"}, "report", 2),
]


@pytest.mark.parametrize(("facts", "rule", "points"), REPORTS)
def test_a_report_earns_by_category_and_severity(facts: dict[str, Any], rule: str, points: int) -> None:
    """Valid 2, hazards 5, major 20, found first 2 more; a repeat 1, later ones 0, whatever it is about."""
    got = worth(case(doing(), **facts))
    assert (got.rule, got.points, got.honour, got.minutes) == (rule, points, points, 0)


HOURS = [
    (None, 0, 0),
    (29, 0, 29),
    (30, 1, 30),
    (60, 2, 60),
    (90, 3, 90),
    (150, 5, 150),
    (240, 8, 240),
    (300, 8, 240),
]


@pytest.mark.parametrize(("minutes", "points", "counted"), HOURS)
def test_service_earns_two_an_hour_in_whole_points(minutes: int | None, points: int, counted: int) -> None:
    """Minutes times 2 by 60, rounded down; more than four hours a day count neither as points nor as hours."""
    got = worth(case(doing(role="participant", minutes=minutes), kind="activity"))
    assert (got.rule, got.points, got.minutes, got.honour) == ("service", points, counted, points)


OTHERS = [
    ("handler", {}, "duty", 0),
    ("participant", {"kind": "meeting"}, "meeting", 1),
    ("participant", {"kind": "meeting", "type_name": "建议采纳"}, "suggestion", 10),
    ("reporter", {"kind": "decision", "type_name": "建议被采纳"}, "suggestion", 10),
    ("participant", {"kind": "activity", "type_name": "周五志愿日"}, "friday", 4),
    ("participant", {"kind": "decision", "type_name": "镇街表扬"}, "commendation-town", 20),
    ("participant", {"kind": "decision", "type_name": "区县表扬"}, "commendation-county", 50),
    ("participant", {"kind": "decision", "type_name": "市级表扬"}, "commendation-city", 100),
    ("participant", {"kind": "decision", "type_name": "见义勇为"}, "courage", 200),
    ("reporter", {"kind": "activity"}, None, 0),
]


@pytest.mark.parametrize(("role", "facts", "rule", "points"), OTHERS)
def test_everything_else_earns_what_the_book_says(
    role: str, facts: dict[str, Any], rule: str | None, points: int
) -> None:
    """Meetings, suggestions, Fridays, commendations; duty nothing; what no rule speaks of nothing."""
    got = worth(case(doing(role=role), **facts))
    assert (got.rule, got.points) == (rule, points)


@pytest.mark.parametrize("role", ["reporter", "handler", "mediator"])
def test_staff_earn_nothing_for_their_duty(role: str) -> None:
    """A report, a handling or a mediation by staff is worth nothing; their free Saturday is."""
    assert worth(case(doing(role=role, member_kind="staff", outcome="difficult"))).nothing
    assert worth(case(doing(role="participant", member_kind="staff", minutes=60))).points == 2


MEDIATIONS = [
    (["oral"], [5]),
    (["ordinary"], [10]),
    (["difficult"], [30]),
    (["failed"], [3]),
    (["ordinary"] * 3, [4, 3, 3]),
    (["oral"] * 2, [3, 2]),
    (["difficult"] * 4, [8, 8, 7, 7]),
    (["ordinary", "failed"], [5, 1]),
    ([None], [0]),
]


@pytest.mark.parametrize(("outcomes", "points"), MEDIATIONS)
def test_mediators_share_the_pool_of_their_own_outcome(outcomes: list[str | None], points: list[int]) -> None:
    """Oral 5, ordinary 10, difficult 30, failed 3; equal shares, the units over to the first by member number."""
    doings = [doing(f"V-{n:06}", "mediator", outcome=outcome) for n, outcome in enumerate(outcomes, start=1)]
    assert [each.points for each in worths(case(*doings))] == points
    backwards = worths(case(*reversed(doings)))
    assert [each.points for each in reversed(backwards)] == points


@given(st.sampled_from(["oral", "ordinary", "difficult", "failed"]), st.integers(1, 12))
def test_shares_of_a_mediation_sum_to_its_pool(outcome: str, mediators: int) -> None:
    """However many there are, nothing is lost and nothing is made."""
    got = worths(case(*[doing(f"V-{n}", "mediator", outcome=outcome) for n in range(mediators)]))
    pools = {"oral": 5, "ordinary": 10, "difficult": 30, "failed": 3}
    assert sum(each.points for each in got) == pools[outcome]


@given(st.lists(st.integers(1, 100), min_size=1, max_size=9))
def test_mediators_share_as_they_agreed(parts: list[int]) -> None:
    """By largest remainder: nobody is more than a point from their part, and together it is the pool."""
    doings = [doing(f"V-{n}", "mediator", outcome="difficult", parts=each) for n, each in enumerate(parts)]
    got = [each.points for each in worths(case(*doings))]
    assert sum(got) == 30
    assert all(abs(sum(parts) * g - 30 * each) < sum(parts) for g, each in zip(got, parts, strict=True))


def test_a_mediator_added_later_gets_no_more_than_is_left() -> None:
    """Two were paid 5 each; the third finds the pool of 10 empty."""
    paid = [doing(f"V-{n}", "mediator", outcome="ordinary", decided="accepted", awarded=5) for n in (1, 2)]
    assert worth(case(*paid, doing("V-3", "mediator", outcome="ordinary"))).points == 0


def test_one_who_was_returned_takes_no_share() -> None:
    """Now or earlier: the pool is shared by those who were there."""
    here, away = doing("V-1", "mediator", outcome="oral"), doing("V-2", "mediator", outcome="oral")
    decisions = [Decision(here.id, accepted=True), Decision(away.id, accepted=False, reason="不在场")]
    assert [each.points for each in awards_for(case(here, away), decisions, DEFAULT, History())] == [5]
    assert worth(case(here, replace(away, decided="returned"))).points == 5


def test_ten_a_day_and_sixty_a_month_from_reports() -> None:
    """Eight points were used: a hazard of 5 gives 2. In the month 59: it gives 1. Another day starts anew."""
    hazard = case(doing(), category="F")
    key = ("report-day", "2018-07-04")
    month = ("report-month", "2018-07")
    assert worth(hazard, history=History({"V-000001": {key: 8, month: 8}})).points == 2
    assert worth(hazard, history=History({"V-000001": {month: 59}})).points == 1
    assert worth(hazard, history=History({"V-000001": {key: 10, month: 60}})).points == 0
    tomorrow = replace(hazard, day=DAY + timedelta(days=1))
    assert worth(tomorrow, history=History({"V-000001": {key: 10, month: 10}})).points == 5
    assert worth(hazard, history=History({"V-000002": {key: 10}})).points == 5


def test_one_point_a_day_from_repeats() -> None:
    """The second first-repeat of the day gives nothing, and what repeats give counts among reports."""
    first = worth(case(doing(), repeat=Repetition("e0", 1)))
    assert {draw.cap: draw.amount for draw in first.draws} == {
        "repeat-day": 1,
        "report-day": 1,
        "report-month": 1,
    }
    again = worth(case(doing(), repeat=Repetition("e5", 1)), history=History().after([first]))
    assert (again.points, again.draws) == (0, ())


def test_honour_is_the_points_that_were_given() -> None:
    """A cap takes from both alike."""
    used = History({"V-000001": {("report-day", "2018-07-04"): 9}})
    got = worth(case(doing()), history=used)
    assert (got.points, got.honour) == (1, 1)


def test_the_arithmetic_can_be_stored() -> None:
    """Strings and whole numbers only, in the canonical text and back."""
    for it in (case(doing(), found_first=True), case(doing(role="participant", minutes=300))):
        steps = list(worth(it).arithmetic)
        assert encoding.parse(encoding.canonical(steps)) == steps


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 3), st.sampled_from(["E", "F"]), st.integers(0, 400), st.booleans()
    ),
    max_size=60,
)


@given(STEPS, st.randoms(use_true_random=False))
def test_no_order_of_a_batch_breaks_a_cap(batch: list[tuple[int, int, str, int, bool]], random: Any) -> None:
    """Reports and service of three members over four days, in any order: every cap holds, on points and on draws."""
    random.shuffle(batch)
    history = History()
    given_points: dict[tuple[str, str], int] = {}
    for member, day, category, minutes, serves in batch:
        who = doing(
            f"V-{member}", "participant" if serves else "reporter", minutes=minutes if serves else None
        )
        it = case(who, category=category, day=DAY + timedelta(days=day))
        got = worth(it, history=history)
        history = history.after([got])
        if not serves:
            for period in (it.day.isoformat(), it.month):
                key = (who.member, period)
                given_points[key] = given_points.get(key, 0) + got.points
    for (_, period), points in given_points.items():
        assert points <= (10 if len(period) == 10 else 60)
    for mine in history.used.values():
        for (cap, _), used in mine.items():
            assert 0 <= used <= DEFAULT.caps[cap].limit


def test_one_members_contributions_see_each_other() -> None:
    """Two rules, one call: the household's week had three points left, two for the report and one for the handling."""
    used = History({home("H-1"): {("home-week", "2018-W27"): 27}})
    both = [doing(role=role, household="H-1") for role in ("reporter", "handler")]
    got = worths(case(*both, category="S", severity="major"), rule_book=EVERYTHING, history=used)
    assert [(each.rule, each.points) for each in got] == [("report", 2), ("handled", 1)]


def test_what_is_not_accepted_is_worth_nothing() -> None:
    """Only what was decided on is in the answer."""
    it = case(doing("V-1"), doing("V-2"))
    assert [each.member for each in awards_for(it, accepted(it)[:1], DEFAULT, History())] == ["V-1"]
