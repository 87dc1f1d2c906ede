"""What a rule selects by, and which caps stand over it: every condition holds or fails by its own fact alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from points.awards.cases import Case, Doing
from points.awards.rule import CONDITIONS, Rule
from tests.points.awards.said import DEFAULT, EVERYTHING, case, doing

CAMPAIGN = "0190000000007000800000000000000a"
FACTS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("roles", "reporter", {"role": "reporter"}, {}),
    ("kinds", "meeting", {}, {"kind": "meeting"}),
    ("categories", "F", {}, {"category": "F"}),
    ("severities", "major", {}, {"severity": "major"}),
    ("types", "巡逻", {}, {"type_name": "巡逻"}),
    ("member_kinds", "party_member", {"member_kind": "party_member"}, {}),
    ("lanes", "joint", {}, {"lane": "joint"}),
    ("teams", "T-0001", {"teams": frozenset({"T-0001", "T-0002"})}, {}),
    ("campaigns", CAMPAIGN, {}, {"campaign": CAMPAIGN}),
]


@pytest.mark.parametrize(("condition", "wanted", "who", "what"), FACTS)
def test_a_rule_holds_by_the_fact_it_asks_for(
    condition: str, wanted: str, who: dict[str, Any], what: dict[str, Any]
) -> None:
    """With the fact it holds, without it it does not, and a rule that asks for nothing holds for both."""
    anything = Rule(id="x", zh="x", en="x", roles=frozenset())
    asks = replace(anything, **{condition: frozenset({wanted})})  # type: ignore[arg-type]
    other = Doing("c", "V-1", "volunteer", "handler")
    plain, told = case(other), case(replace(other, **who), **what)
    assert asks.holds(told, told.contributions[0])
    assert not asks.holds(plain, other)
    assert anything.holds(plain, other)


def test_every_condition_is_among_those_tried() -> None:
    """A new selector joins the table above, or this fails."""
    assert [condition for condition, *_ in FACTS] == list(CONDITIONS)
    assert set(EVERYTHING.rules[0].conditions) == set(CONDITIONS)


def test_the_first_rule_of_the_whole_book_counts_whatever_its_group() -> None:
    """A member of the patrol team at a campaign's patrol: the campaign's rule comes first and pays alone."""
    patrol = case(
        doing(role="participant", minutes=60, teams=frozenset({"T-0001"})), kind="activity", type_name="巡逻"
    )
    assert _rule(patrol) == ("team", "hours")
    assert _rule(replace(patrol, campaign=CAMPAIGN)) == ("campaign", "moral")


def test_a_groups_caps_stand_after_those_of_its_rules() -> None:
    """Over a repeat the repeats' own caps replace the rule's; the group's stay."""
    report = next(rule for rule in EVERYTHING.rules if rule.id == "report")
    assert [cap.id for cap in EVERYTHING.caps_of(report)] == ["report-week", "home-week"]
    assert [cap.id for cap in EVERYTHING.caps_of(report, repeated=True)] == ["repeat-day", "home-week"]


def test_a_book_says_what_it_asks_for() -> None:
    """The default book selects by no team and caps no household, so nobody looks these up."""
    assert [name for name in CONDITIONS if EVERYTHING.selects_by(name)] == list(CONDITIONS)
    assert not any(DEFAULT.selects_by(name) for name in ("lanes", "teams", "campaigns"))
    assert (EVERYTHING.caps_households, DEFAULT.caps_households) == (True, False)


def _rule(it: Case) -> tuple[str, str]:
    found = EVERYTHING.rule_for(it, it.contributions[0])
    assert found is not None
    return found.id, found.group
