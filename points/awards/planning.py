"""Plan a batch of awards: pure, oldest first, so that caps and funds are used up in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from points.awards.cases import Case, Decision
from points.awards.rule_books import Shelf
from points.awards.rules import History, RuleBook, Worth, awards_for, home

Fund = tuple[str, str]
"""A community and a month."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What a contribution of a case is worth, by a version of the rules."""

    case: Case
    worth: Worth
    rule_book: RuleBook


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with each accepted contribution. `unfunded`: the fund cannot pay it, so it waits and draws no cap.

    Nobody is passed: once one waits for a fund, those after it wait as well, unless they take no points from it.
    """

    awards: tuple[Planned, ...]
    nothing: tuple[Planned, ...]
    unfunded: tuple[tuple[Case, str], ...]


def plan(
    cases: Sequence[Case],
    decisions: Mapping[str, Decision],
    *,
    rules: Shelf,
    history: History,
    funds: Mapping[Fund, int],
) -> Plan:
    """Plan the cases in their order. `history` and `funds` say what the ledger holds before the first of them."""
    awards: list[Planned] = []
    nothing: list[Planned] = []
    unfunded: list[tuple[Case, str]] = []
    left = dict(funds)
    used = dict(history.used)
    for case in cases:
        rule_book = rules.on(case.day)
        wanted = [decisions[each.id] for each in case.contributions if each.id in decisions]
        before = _of(case, used)
        worths, short = _within_fund(
            case, wanted, rule_book, before, left.get((case.community, case.month), 0)
        )
        used.update(before.after(worths).used)
        after = 0 if short else left.get((case.community, case.month), 0) - _points(worths)
        left[case.community, case.month] = after
        for worth in worths:
            (nothing if worth.nothing else awards).append(Planned(case, worth, rule_book))
        unfunded.extend((case, contribution) for contribution in short)
    return Plan(tuple(awards), tuple(nothing), tuple(unfunded))


def _of(case: Case, used: Mapping[str, Mapping[tuple[str, str], int]]) -> History:
    """What those of one case used: a history is copied with every award, so it is kept small."""
    owners = {each.member for each in case.contributions}
    owners |= {home(each.household) for each in case.contributions if each.household}
    return History({owner: used[owner] for owner in owners if owner in used})


def _within_fund(
    case: Case, decisions: list[Decision], rule_book: RuleBook, history: History, left: int
) -> tuple[list[Worth], list[str]]:
    """What the case is worth without the first contribution that the fund cannot pay whole and those after it."""
    short: list[str] = []
    order = {each.id: place for place, each in enumerate(case.contributions)}
    while True:
        worths = awards_for(case, decisions, rule_book, history)
        end = min((order[each] for each in short), default=len(order))
        paid = 0
        for worth in worths:
            if worth.cost > (left - paid if order[worth.contribution] < end else 0):
                break
            paid += worth.cost
        else:
            return worths, sorted(short, key=lambda each: order[each])
        short.append(worth.contribution)
        case = case.waiting_for_money(worth.contribution)
        decisions = [each for each in decisions if each.contribution != worth.contribution]


def _points(worths: Sequence[Worth]) -> int:
    return sum(worth.cost for worth in worths)
