"""How many points a verified contribution is worth: pure, from rule book, case and what the member had before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from points.awards.caps import Cap, Draw, Limits, Step
from points.awards.cases import Case, Decision, Doing, Repetition
from points.awards.shares import split


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rule book. Empty conditions hold for everything; the first rule whose every condition holds counts.

    points        for the contribution, or for every `per_hours` hours of it
    found_first   more, when nobody had complained before
    outcomes      of a mediation: the pool that its mediators share; then `points` is not used
    """

    id: str
    zh: str
    en: str
    roles: frozenset[str]
    kinds: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    severities: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    member_kinds: frozenset[str] = frozenset()
    points: int = 0
    per_hours: int = 0
    found_first: int = 0
    outcomes: tuple[tuple[str, int], ...] = ()
    counts_minutes: bool = False
    caps: tuple[str, ...] = ()

    def holds(self, case: Case, doing: Doing) -> bool:
        """Whether every condition holds."""
        facts = (
            (self.roles, doing.role),
            (self.kinds, case.kind),
            (self.categories, case.category),
            (self.severities, case.severity),
            (self.types, case.type_name),
            (self.member_kinds, doing.member_kind),
        )
        return all(not wanted or fact in wanted for wanted, fact in facts)


@dataclass(frozen=True, slots=True)
class Repeats:
    """What a report earns that repeats an earlier one of the same community and subtype."""

    zh: str
    en: str
    within_hours: int
    first: int
    later: int
    caps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """A version of the rules. Version 0 and no digest: not published."""

    title_zh: str
    title_en: str
    in_force_from: date
    notice_days: int
    lapses_after_years: int
    repeats: Repeats
    caps: Mapping[str, Cap]
    rules: tuple[Rule, ...]
    version: int = 0
    digest: str = ""


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

    @property
    def nothing(self) -> bool:
        """Neither points nor minutes: there is nothing to post."""
        return self.points == 0 and self.minutes == 0


@dataclass(frozen=True, slots=True)
class History:
    """How much each member used of each cap: member → (cap, period) → amount, over every limit the cap ever had."""

    used: Mapping[str, Mapping[tuple[str, str], int]] = field(default_factory=dict)

    def of(self, member: str) -> Mapping[tuple[str, str], int]:
        """What one member used: (cap, period) → amount."""
        return self.used.get(member, {})

    def after(self, worths: Iterable[Worth]) -> History:
        """The history once these are awarded."""
        used = dict(self.used)
        for worth in worths:
            mine = dict(used.get(worth.member, {}))
            for draw in worth.draws:
                key = (draw.cap, draw.period)
                mine[key] = mine.get(key, 0) + draw.amount
            used[worth.member] = mine
        return History(used)


def awards_for(
    case: Case, decisions: Sequence[Decision], rule_book: RuleBook, history: History
) -> list[Worth]:
    """What each accepted contribution of a case is worth, in the order of `case.contributions`.

    Honour is the points of the award. A member's later contributions see what the earlier ones used of their caps.
    """
    decided = {decision.contribution: decision.accepted for decision in decisions}
    returned = {contribution for contribution, accepted in decided.items() if not accepted}
    worths: list[Worth] = []
    for doing in case.contributions:
        if decided.get(doing.id):
            worth = _worth(case, doing, rule_book, history, returned)
            history, case = history.after([worth]), case.awarded(doing.id, worth.points)
            worths.append(worth)
    return worths


def rule_for(case: Case, doing: Doing, rule_book: RuleBook) -> Rule | None:
    """The first rule whose every condition holds."""
    return next((rule for rule in rule_book.rules if rule.holds(case, doing)), None)


def caps_on(case: Case, doing: Doing, rule_book: RuleBook) -> list[Cap]:
    """The caps that stand over a contribution."""
    rule = None if doing.on_duty else rule_for(case, doing, rule_book)
    if rule is None:
        return []
    names = rule_book.repeats.caps if _repeats(case, doing, rule) else rule.caps
    return [rule_book.caps[name] for name in names]


def _repeats(case: Case, doing: Doing, rule: Rule) -> bool:
    """Whether this is a report that would have earned something, had the event not been a repeat."""
    return case.repeat is not None and doing.role == "reporter" and rule.points > 0


def _worth(case: Case, doing: Doing, rule_book: RuleBook, history: History, returned: set[str]) -> Worth:
    if doing.on_duty:
        return Worth(doing.id, doing.member, None, 0, 0, 0, (), ({"step": "duty", "role": doing.on_duty},))
    rule = rule_for(case, doing, rule_book)
    if rule is None:
        return Worth(doing.id, doing.member, None, 0, 0, 0, (), ({"step": "no_rule", "role": doing.role},))
    name = "repeat" if _repeats(case, doing, rule) else rule.id
    limits = Limits(case.day, caps_on(case, doing, rule_book), history.of(doing.member))
    minutes = limits.minutes(doing.minutes or 0) if rule.counts_minutes else 0
    points = limits.points(_before_caps(case, doing, rule, rule_book, minutes, returned, limits.steps))
    return Worth(doing.id, doing.member, name, points, minutes, points, limits.draws(), tuple(limits.steps))


def _before_caps(
    case: Case,
    doing: Doing,
    rule: Rule,
    rule_book: RuleBook,
    minutes: int,
    returned: set[str],
    steps: list[Step],
) -> int:
    """The points by the rule itself, its steps added to `steps`."""
    if rule.outcomes:
        return _share(case, doing, rule, returned, steps)
    if case.repeat and _repeats(case, doing, rule):
        return _repeat(case.repeat, rule_book.repeats, steps)
    if rule.per_hours:
        return _by_the_hour(rule, minutes, steps)
    steps.append({"step": "fixed", "rule": rule.id, "points": rule.points})
    if case.found_first and rule.found_first:
        steps.append({"step": "found_first", "points": rule.found_first})
        return rule.points + rule.found_first
    return rule.points


def _repeat(repeat: Repetition, repeats: Repeats, steps: list[Step]) -> int:
    points = repeats.first if repeat.ordinal == 1 else repeats.later
    steps.append({"step": "repeat", "ordinal": repeat.ordinal, "of_event": repeat.of_event, "points": points})
    return points


def _by_the_hour(rule: Rule, minutes: int, steps: list[Step]) -> int:
    points = minutes * rule.points // (60 * rule.per_hours)
    steps.append(
        {
            "step": "hours",
            "each": rule.points,
            "per_hours": rule.per_hours,
            "minutes": minutes,
            "points": points,
        }
    )
    return points


def _share(case: Case, doing: Doing, rule: Rule, returned: set[str], steps: list[Step]) -> int:
    """One mediator's share of the pool of their own outcome; never more than earlier verifications left of it."""
    mediators = sorted(
        (each for each in case.contributions if each.role == doing.role and each.decided != "returned"),
        key=lambda each: each.member,
    )
    mediators = [each for each in mediators if each.id not in returned and not each.on_duty]
    pool = dict(rule.outcomes).get(doing.outcome or "", 0)
    place = [each.id for each in mediators].index(doing.id)
    left = max(0, pool - sum(each.awarded for each in mediators if each.outcome == doing.outcome))
    claims = [each.parts for each in mediators]
    points = min(split(pool, claims)[place], left)
    steps.append(
        {
            "step": "share",
            "outcome": doing.outcome or "",
            "pool": pool,
            "mediators": len(mediators),
            "place": place + 1,
            **({"parts": doing.parts, "of": sum(claims)} if len(set(claims)) > 1 else {}),
            "points": points,
        }
    )
    return points
