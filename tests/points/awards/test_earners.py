"""Whose the points are: a household's, a team's, a studio's, or shared between a studio and its mediators. Pure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.awards import rule_text
from points.awards.cases import Case, Decision, Doing
from points.awards.errors import BadRuleBook
from points.awards.rules import History, RuleBook, Worth, awards_for

DAY = date(2026, 5, 4)
HEAD = """
in_force_from = 2026-01-01
[title]
zh = "试"
en = "Trial"
[notice]
days = 7
[expiry]
years_after = 1
[repeats]
zh = "重复"
en = "repeat"
within_hours = 24
first = 1
later = 0
[caps.month]
zh = "一个月"
en = "A month"
unit = "points"
limit = 6
per = "month"
"""


def book(rule: str) -> RuleBook:
    """A rule book with one rule."""
    return rule_text.parse(f'{HEAD}\n[[rules]]\nid = "one"\nzh = "一条"\nen = "one"\n{rule}')


def case(*doings: Doing, studio: str = "") -> Case:
    """An event of that day."""
    return Case("e1", DAY, "440310001002", "mediation", "D", "", "ordinary", False, doings, studio=studio)


def worth(rule: str, *doings: Doing, studio: str = "") -> list[Worth]:
    """What these contributions are worth, all accepted."""
    decisions = [Decision(each.id, accepted=True) for each in doings]
    return awards_for(case(*doings, studio=studio), decisions, book(rule), History())


def took_part(member: str, **facts: object) -> Doing:
    """Somebody who took part."""
    return Doing(f"c-{member}", member, "volunteer", "participant", **facts)  # type: ignore[arg-type]


def mediated(member: str, parts: int = 1) -> Doing:
    """Somebody who mediated, with a result."""
    return Doing(f"c-{member}", member, "volunteer", "mediator", outcome="ordinary", parts=parts)


def test_a_team_gets_the_points_of_those_who_were_in_it_that_day() -> None:
    """All of it, and the member none; of two teams the first by number; of none nobody gets it, and it is said why."""
    rule = 'roles = ["participant"]\npoints = 4\nearns = "team"'
    both, none = took_part("V-1", teams=frozenset({"T-0009", "T-0002", "D-0001"})), took_part("V-2")
    first, second = worth(rule, both, none)
    assert (first.points, first.honour, first.shares, first.cost) == (0, 0, (("team/T-0002", 4),), 4)
    assert not first.nothing
    assert (second.shares, second.cost, second.nothing) == ((), 0, True)
    assert [each.arithmetic[-1]["step"] for each in (first, second)] == ["earner", "no_earner"]


def test_the_team_a_rule_names_gets_it() -> None:
    """Where a rule selects by teams, theirs are the points."""
    rule = 'roles = ["participant"]\nteams = ["T-0009"]\npoints = 4\nearns = "team"'
    (one,) = worth(rule, took_part("V-1", teams=frozenset({"T-0002", "T-0009"})))
    assert one.shares == (("team/T-0009", 4),)


def test_a_households_points_stay_under_its_members_cap() -> None:
    """What is left under every cap is what goes on to the household; what is drawn is drawn on the member's cap."""
    rule = 'roles = ["participant"]\npoints = 5\nearns = "household"\ncaps = ["month"]'
    decided = [took_part("V-1", household="H-000001", minutes=None)]
    (one,) = worth(rule, *decided)
    assert (one.points, one.shares) == (0, (("household/H-000001", 5),))
    used = History({"V-1": {("month", "2026-05"): 4}})
    (capped,) = awards_for(case(*decided), [Decision("c-V-1", accepted=True)], book(rule), used)
    assert capped.shares == (("household/H-000001", 2),)
    assert [(draw.cap, draw.amount) for draw in capped.draws] == [("month", 2)]


@given(
    pool=st.integers(0, 200),
    percent=st.integers(1, 100),
    parts=st.lists(st.integers(1, 40), min_size=1, max_size=7),
)
def test_a_studio_and_its_mediators_share_a_pool_and_nothing_is_lost(
    pool: int, percent: int, parts: list[int]
) -> None:
    """Whatever the parts: together they get the pool, and the studio its percent of all of it, rounded once."""
    rule = f'roles = ["mediator"]\nstudio_percent = {percent}\n[rules.outcomes]\nordinary = {pool}'
    doings = [mediated(f"V-{n}", part) for n, part in enumerate(parts)]
    worths = worth(rule, *doings, studio="D-0001")
    assert sum(each.cost for each in worths) == pool
    studio = sum(points for each in worths for _, points in each.shares)
    assert abs(studio - pool * percent / 100) <= 0.5 + 1e-9
    assert {owner for each in worths for owner, _ in each.shares} <= {"studio/D-0001"}
    assert all(each.points >= 0 and points > 0 for each in worths for _, points in each.shares)


def test_mediators_verified_one_after_another_get_what_they_would_together() -> None:
    """The second verification sees what the first gave, the studio's part included."""
    rule = book('roles = ["mediator"]\nstudio_percent = 20\n[rules.outcomes]\nordinary = 10')
    doings = [mediated(f"V-{n}") for n in range(3)]
    together = awards_for(
        case(*doings, studio="D-0001"), [Decision(each.id, accepted=True) for each in doings], rule, History()
    )
    now, apart = case(*doings, studio="D-0001"), list[Worth]()
    for doing in doings:
        (one,) = awards_for(now, [Decision(doing.id, accepted=True)], rule, History())
        now = now.awarded(doing.id, one.cost)
        apart.append(one)
    assert [(each.points, each.shares) for each in apart] == [(each.points, each.shares) for each in together]
    assert sum(each.cost for each in apart) == 10


def test_without_a_studio_the_mediators_share_all_of_it() -> None:
    """A mediation outside a studio loses nothing."""
    rule = 'roles = ["mediator"]\nstudio_percent = 20\n[rules.outcomes]\nordinary = 10'
    assert [each.points for each in worth(rule, mediated("V-1"), mediated("V-2"))] == [5, 5]
    whole = 'roles = ["mediator"]\nearns = "studio"\n[rules.outcomes]\nordinary = 10'
    assert [each.shares for each in worth(whole, mediated("V-1"), studio="D-0001")] == [
        (("studio/D-0001", 10),)
    ]
    assert worth(whole, mediated("V-1"))[0].nothing


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('roles = ["participant"]\npoints = 1\nstudio_percent = 5', "studio_percent"),
        ('roles = ["participant"]\npoints = 1\nearns = "studio"', "只用于调解"),
        ('roles = ["participant"]\npoints = 1\nscore_from = 5', "score_from"),
        ('roles = ["participant"]\npoints = 1\nearns = "community"', "按月考核"),
        ('roles = ["participant"]\npoints = 1\nearns = "street"', "earns"),
    ],
)
def test_what_does_not_go_together_is_refused(rule: str, problem: str) -> None:
    """With what to write instead."""
    with pytest.raises(BadRuleBook, match=problem):
        book(rule)


def test_a_rule_for_communities_holds_for_no_contribution_but_for_a_score() -> None:
    """The first whose least score is reached."""
    rule_book = book(
        'earns = "community"\npoints = 800\nscore_from = 90\n'
        '[[rules]]\nid = "two"\nzh = "二"\nen = "two"\nearns = "community"\npoints = 500\nscore_from = 80'
    )
    (one,) = awards_for(case(took_part("V-1")), [Decision("c-V-1", accepted=True)], rule_book, History())
    assert one.rule is None
    found = [rule_book.assessed(score) for score in (100, 90, 89, 80, 79)]
    assert [each and each.id for each in found] == ["one", "one", "two", "two", None]
