"""The points of one contribution by its rule alone, before any cap: pure, with every step that led there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from points.awards.caps import Step
from points.awards.cases import Case, Doing
from points.awards.rule import Rule, RuleBook
from points.awards.shares import split

Figure = tuple[int, list[Step]]
"""Points, and how they came about."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An accepted contribution and the rule that holds for it.

    minutes             those that count, after the caps on minutes
    accepted, returned  contributions to the same event that are decided on together with it
    """

    case: Case
    doing: Doing
    rule: Rule
    rule_book: RuleBook
    minutes: int
    accepted: frozenset[str]
    returned: frozenset[str]


def repeats(case: Case, doing: Doing, rule: Rule) -> bool:
    """Whether this is a report that would have earned something, had the event not been a repeat."""
    return case.repeat is not None and doing.role == "reporter" and rule.points > 0 and not rule.per_person


def before_caps(claim: Claim) -> Figure:
    """The points by the rule itself."""
    rule = claim.rule
    if rule.outcomes:
        return _of_an_outcome(claim)
    if repeats(claim.case, claim.doing, rule):
        return _repeated(claim)
    if rule.per_hours:
        return _by_the_hour(rule, claim.minutes)
    if rule.per_person:
        return _by_the_person(claim)
    points, steps = _once(claim)
    return _shared(claim, points, steps) if rule.shared else (points, steps)


def _once(claim: Claim) -> Figure:
    """For the contribution as such, and more for what was found before anybody complained."""
    rule = claim.rule
    steps: list[Step] = [{"step": "fixed", "rule": rule.id, "points": rule.points}]
    if claim.case.found_first and rule.found_first:
        steps.append({"step": "found_first", "points": rule.found_first})
        return rule.points + rule.found_first, steps
    return rule.points, steps


def _repeated(claim: Claim) -> Figure:
    repeat, worth = claim.case.repeat, claim.rule_book.repeats
    assert repeat is not None
    points = worth.first if repeat.ordinal == 1 else worth.later
    return points, [
        {"step": "repeat", "ordinal": repeat.ordinal, "of_event": repeat.of_event, "points": points}
    ]


def _by_the_hour(rule: Rule, minutes: int) -> Figure:
    points = minutes * rule.points // (60 * rule.per_hours)
    step: Step = {"step": "hours", "each": rule.points, "per_hours": rule.per_hours, "minutes": minutes}
    return points, [{**step, "points": points}]


def _by_the_person(claim: Claim) -> Figure:
    """For everybody else who took part, each counted once however they did."""
    persons = {
        each.member
        for each in claim.case.contributions
        if each.role == "participant" and (each.decided == "accepted" or each.id in claim.accepted)
    } - {claim.doing.member}
    points = len(persons) * claim.rule.points
    step: Step = {"step": "persons", "each": claim.rule.points, "persons": len(persons), "points": points}
    return points, [step]


def _of_an_outcome(claim: Claim) -> Figure:
    """One mediator's share of the pool of their own outcome; never more than earlier verifications left of it."""
    doing = claim.doing
    mediators, pool = _mediators(claim), _pool(claim)
    given = sum(each.awarded for each in mediators if each.outcome == doing.outcome)
    points, place, parts = _share(doing, mediators, pool, given)
    step: Step = {"step": "share", "outcome": doing.outcome or "", "pool": pool, "mediators": len(mediators)}
    return points, [{**step, "place": place, **parts, "points": points}]


def figures_of_a_pool(claim: Claim) -> tuple[int, list[int], int]:
    """Of a mediation: its pool, the parts that its mediators claim, and the place of this one among them, from 0."""
    mediators = _mediators(claim)
    place = [each.id for each in mediators].index(claim.doing.id)
    return _pool(claim), [each.parts for each in mediators], place


def _mediators(claim: Claim) -> list[Doing]:
    return _sharers(claim, [each for each in claim.case.contributions if each.role == claim.doing.role])


def _pool(claim: Claim) -> int:
    return dict(claim.rule.outcomes).get(claim.doing.outcome or "", 0)


def _shared(claim: Claim, pool: int, steps: list[Step]) -> Figure:
    """One share of what everybody in the event whom the rule holds for gets together."""
    case, rule = claim.case, claim.rule
    alike = [each for each in case.contributions if claim.rule_book.rule_for(case, each) is rule]
    sharers = _sharers(claim, alike)
    points, place, parts = _share(claim.doing, sharers, pool, sum(each.awarded for each in sharers))
    step: Step = {"step": "split", "pool": pool, "persons": len(sharers), "place": place, **parts}
    return points, [*steps, {**step, "points": points}]


def _sharers(claim: Claim, among: Sequence[Doing]) -> list[Doing]:
    """Who shares, by member number: nobody who was returned, nobody on duty."""
    there = [each for each in among if each.decided != "returned" and each.id not in claim.returned]
    return sorted((each for each in there if not each.on_duty), key=lambda each: each.member)


def _share(doing: Doing, sharers: Sequence[Doing], pool: int, given: int) -> tuple[int, int, Step]:
    """Points, place among the sharers from 1, and the parts when they are not all the same."""
    place = [each.id for each in sharers].index(doing.id)
    claims = [each.parts for each in sharers]
    points = min(split(pool, claims)[place], max(0, pool - given))
    return points, place + 1, ({"parts": doing.parts, "of": sum(claims)} if len(set(claims)) > 1 else {})
