"""How many points a verified contribution is worth: pure, from rule book, case and what the member had before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from points.awards import arithmetic, earners
from points.awards.caps import Cap, Draw, Limits, Step
from points.awards.cases import Case, Decision, Doing
from points.awards.rule import Group, Repeats, Rule, RuleBook

Share = tuple[str, int]
"""What somebody other than the member gets: (`team/T-0001`, `studio/D-0001` or `household/H-000001`, points)."""

__all__ = [
    "Group",
    "History",
    "Repeats",
    "Rule",
    "RuleBook",
    "Worth",
    "awards_for",
    "caps_on",
    "rule_for",
]


@dataclass(frozen=True, slots=True)
class Worth:
    """What an accepted contribution is worth, by which arithmetic. `rule` is None when no rule speaks of it."""

    contribution: str
    member: str
    rule: str | None
    points: int
    minutes: int
    honour: int
    draws: tuple[Draw, ...]
    arithmetic: tuple[Step, ...]
    shares: tuple[Share, ...] = ()

    @property
    def nothing(self) -> bool:
        """Neither points nor minutes: there is nothing to post."""
        return self.cost == 0 and self.minutes == 0

    @property
    def cost(self) -> int:
        """What the fund pays: the member's points, and what others get of the same contribution."""
        return self.points + sum(points for _, points in self.shares)


@dataclass(frozen=True, slots=True)
class History:
    """How much was used of each cap: member, or `home(household)` → (cap, period) → amount, over every limit it ever
    had."""

    used: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)

    def of(self, member: str) -> Mapping[tuple[str, str], int]:
        """What one member used, or one `home`: (cap, period) → amount."""
        return self.used.get(member, {})

    def after(self, worths: Iterable[Worth]) -> History:
        """The history once these are awarded."""
        used = dict(self.used)
        for worth in worths:
            for draw in worth.draws:
                owner = home(draw.household) if draw.household else worth.member
                mine = dict(used.get(owner, {}))
                key = (draw.cap, draw.period)
                mine[key] = mine.get(key, 0) + draw.amount
                used[owner] = mine
        return History(used)


def home(household: str) -> str:
    """The name under which a history keeps what a household used; no member has such a number."""
    return f"household/{household}"


def awards_for(
    case: Case, decisions: Sequence[Decision], rule_book: RuleBook, history: History
) -> list[Worth]:
    """What each accepted contribution of a case is worth, in the order of `case.contributions`.

    Honour is the points of the award. A member's later contributions see what the earlier ones used of their caps; one
    in another role is worth nothing by a rule that has given them something for the same event.
    """
    decided = {decision.contribution: decision.accepted for decision in decisions}
    returned = frozenset(contribution for contribution, accepted in decided.items() if not accepted)
    accepted = frozenset(decided) - returned
    given = {(each.member, each.rule) for each in case.contributions if each.rule}
    worths: list[Worth] = []
    for doing in case.contributions:
        if doing.id in accepted:
            worth = _once(_worth(case, doing, rule_book, history, accepted, returned), given)
            history, case = history.after([worth]), case.awarded(doing.id, worth.cost)
            worths.append(worth)
    return worths


def _once(worth: Worth, given: set[tuple[str, str]]) -> Worth:
    """The same, or nothing when its rule has given its member something for this event; `given` learns of it."""
    if worth.nothing or worth.rule is None:
        return worth
    if (worth.member, worth.rule) not in given:
        given.add((worth.member, worth.rule))
        return worth
    why = {"step": "once", "rule": worth.rule}
    return Worth(worth.contribution, worth.member, worth.rule, 0, 0, 0, (), (why,))


def rule_for(case: Case, doing: Doing, rule_book: RuleBook) -> Rule | None:
    """The first rule whose every condition holds."""
    return rule_book.rule_for(case, doing)


def caps_on(case: Case, doing: Doing, rule_book: RuleBook) -> list[Cap]:
    """The caps that stand over a contribution; those of households only for somebody who lives in one."""
    rule = None if doing.on_duty else rule_book.rule_for(case, doing)
    return [] if rule is None else _caps(case, doing, rule, rule_book)


def _caps(case: Case, doing: Doing, rule: Rule, rule_book: RuleBook) -> list[Cap]:
    over = rule_book.caps_of(rule, repeated=arithmetic.repeats(case, doing, rule))
    return [cap for cap in over if cap.of == "member" or doing.household]


def _worth(
    case: Case,
    doing: Doing,
    rule_book: RuleBook,
    history: History,
    accepted: frozenset[str],
    returned: frozenset[str],
) -> Worth:
    if doing.on_duty:
        return Worth(doing.id, doing.member, None, 0, 0, 0, (), ({"step": "duty", "role": doing.on_duty},))
    rule = rule_book.rule_for(case, doing)
    if rule is None:
        return Worth(doing.id, doing.member, None, 0, 0, 0, (), ({"step": "no_rule", "role": doing.role},))
    name = "repeat" if arithmetic.repeats(case, doing, rule) else rule.id
    together = history.of(home(doing.household)) if doing.household else {}
    limits = Limits(
        case.day,
        _caps(case, doing, rule, rule_book),
        history.of(doing.member),
        household=doing.household,
        together=together,
    )
    minutes = limits.minutes(doing.minutes or 0) if rule.counts_minutes else 0
    claim = arithmetic.Claim(case, doing, rule, rule_book, minutes, accepted, returned)
    wanted, steps = arithmetic.before_caps(claim)
    limits.steps.extend(steps)
    points = limits.points(wanted)
    mine, shares, said = earners.divide(claim, points)
    told = (*limits.steps, *said)
    return Worth(doing.id, doing.member, name, mine, minutes, mine, limits.draws(), told, shares)
