"""What a rule book is made of: rules, the groups they stand in, what repeats earn, and the version as a whole.

**Groups.** A rule book may run several schemes side by side (道德积分, 治理积分, 志愿时长): each rule then names its
group. A contribution still earns by one rule, the first of the whole book that holds, and so in one group. One deed is
paid once out of one fund, its entry cites one rule, and a resident reads one sentence; a book that paid the same
morning in three schemes would be three times as dear and nobody could say for what. Groups are for showing the book,
for caps that stand over a whole scheme, and for adding up what each scheme gave.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from points.awards.caps import Cap
from points.awards.cases import Case, Doing


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a rule book. Empty conditions hold for everything; the first rule whose every condition holds counts.

    lanes         the last lane the event was sent down (own, direct, joint, whistle)
    teams         numbers of teams and studios, one of which the contributor was in on the day
    campaigns     keys of campaigns (专项行动), as in the address of their page
    group         the scheme it stands in; empty in a book without groups
    points        for the contribution, or for every `per_hours` hours of it, or, `per_person`, for everybody else whose
                  taking part (role participant) was accepted with it or before: an organiser's points. `shared`: for
                  all together whom this rule holds for in one event, split by the parts they claim
    earns         who gets the points: the member, their household or team of that day, or the studio of the mediation.
                  A rule for a `community` holds for no contribution: it is for monthly assessments (`assessments`)
    studio_percent  of a mediation's pool, what goes to its studio; the rest to the mediators
    score_from    of an assessment: the least score, of 100, for which it holds
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
    lanes: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    group: str = ""
    per_person: bool = False
    shared: bool = False
    earns: str = "member"
    studio_percent: int = 0
    score_from: int = 0

    def holds(self, case: Case, doing: Doing) -> bool:
        """Whether every condition holds."""
        return (
            self.earns != "community"
            and (not self.roles or doing.role in self.roles)
            and (not self.kinds or case.kind in self.kinds)
            and (not self.categories or case.category in self.categories)
            and (not self.severities or case.severity in self.severities)
            and (not self.types or case.type_name in self.types)
            and (not self.member_kinds or doing.member_kind in self.member_kinds)
            and (not self.lanes or case.lane in self.lanes)
            and (not self.teams or not self.teams.isdisjoint(doing.teams))
            and (not self.campaigns or case.campaign in self.campaigns)
        )

    @property
    def conditions(self) -> dict[str, frozenset[str]]:
        """Every condition by its key in the text; an empty one holds for everything."""
        return {name: getattr(self, name) for name in CONDITIONS}


CONDITIONS = (
    "roles",
    "kinds",
    "categories",
    "severities",
    "types",
    "member_kinds",
    "lanes",
    "teams",
    "campaigns",
)
"""The keys of a rule by which it selects, in the order in which a rule book is written."""


@dataclass(frozen=True, slots=True)
class Group:
    """A scheme of its own within the book; its caps stand over each of its rules."""

    id: str
    zh: str
    en: str
    caps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeats:
    """What a report earns that repeats an earlier one of the same community and subtype."""

    zh: str
    en: str
    within_hours: int
    first: int
    later: int
    caps: tuple[str, ...]


GIFTS_A_MONTH = 100
"""Where a book does not say: about what one rice cooker costs."""


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
    groups: Mapping[str, Group] = field(default_factory=dict)
    gifts_a_month: int = GIFTS_A_MONTH
    """How many points one member may give away in a month; 0: none."""

    def rule_for(self, case: Case, doing: Doing) -> Rule | None:
        """The first rule whose every condition holds."""
        return next((rule for rule in self.rules if rule.holds(case, doing)), None)

    def caps_of(self, rule: Rule, *, repeated: bool = False) -> tuple[Cap, ...]:
        """The caps over a rule, its group's after its own; over a repeat those of the repeats instead of its own."""
        names = [*(self.repeats.caps if repeated else rule.caps)]
        if rule.group:
            names += self.groups[rule.group].caps
        return tuple(self.caps[name] for name in dict.fromkeys(names))

    def selects_by(self, condition: str) -> bool:
        """Whether any rule asks for a condition: what none asks for need not be looked up."""
        return any(getattr(rule, condition) for rule in self.rules)

    def gives_to(self, earner: str) -> bool:
        """Whether any rule gives anything to a household, team or studio."""
        return any(
            rule.earns == earner or (earner == "studio" and rule.studio_percent > 0) for rule in self.rules
        )

    def assessed(self, score: int) -> Rule | None:
        """The rule for a community whose month was given a score of 100: the first whose least score it reaches."""
        return next((r for r in self.rules if r.earns == "community" and score >= r.score_from), None)

    @property
    def caps_households(self) -> bool:
        """Whether any cap stands over a whole household."""
        return any(cap.of == "household" for cap in self.caps.values())
