"""Rehearsal (试算): what a draft would have given for what really happened, beside the books in force. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from points.awards.caps import Cap
from points.awards.cases import Case, Decision
from points.awards.planning import Fund, plan
from points.awards.rule_books import Shelf
from points.awards.rules import History, RuleBook, Worth, home

ENOUGH = 2**62
"""Points in every fund of a rehearsal: what a draft costs is to be seen whole, also where the money would not do."""
SHOWN = 10
"""Members at the head of each list."""


@dataclass(frozen=True, slots=True)
class Community:
    """What a community's awards come to: in the ledger (corrections taken off), by the books in force, by the draft.

    `fund` is what was allocated to it in the months of the period.
    """

    code: str
    fund: int
    ledger: int
    now: int
    draft: int

    @property
    def short(self) -> int:
        """What the fund would lack."""
        return max(0, self.draft - self.fund)


@dataclass(frozen=True, slots=True)
class Change:
    """A member who would have been given more, or less."""

    member: str
    now: int
    draft: int


@dataclass(frozen=True, slots=True)
class Side:
    """How often something counted under one of the books, and for how much; a cap: how much it took away."""

    times: int = 0
    amount: int = 0
    members: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A rule or a cap under both books; a side where it does not stand is empty. A cap counts points or minutes."""

    id: str
    zh: str
    en: str
    now: Side
    draft: Side
    unit: str = "points"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it. `corrected` contributions were awarded and taken back since: they are left out everywhere."""

    first: str
    last: str
    digest: str
    events: int
    contributions: int
    corrected: int
    repeats_anew: bool
    communities: tuple[Community, ...]
    gained: Side
    lost: Side
    unchanged: int
    gainers: tuple[Change, ...]
    losers: tuple[Change, ...]
    caps: tuple[Line, ...]
    rules: tuple[Line, ...]

    @property
    def totals(self) -> Community:
        """All communities together."""
        each = self.communities
        sums = (sum(getattr(one, name) for one in each) for name in ("fund", "ledger", "now", "draft"))
        return Community("", *sums)

    @property
    def short(self) -> list[Community]:
        """The communities whose fund would not do, those that lack most first."""
        return sorted((one for one in self.communities if one.short), key=lambda one: (-one.short, one.code))

    def said(self) -> dict[str, Any]:
        """As plain values, for a job's row and for programs."""
        return asdict(self)


def read(said: Mapping[str, Any]) -> Rehearsal:
    """A rehearsal from its plain values."""
    lines = {
        name: tuple(
            Line(**{**each, "now": Side(**each["now"]), "draft": Side(**each["draft"])})
            for each in said[name]
        )
        for name in ("caps", "rules")
    }
    changes = {name: tuple(Change(**each) for each in said[name]) for name in ("gainers", "losers")}
    communities = tuple(Community(**each) for each in said["communities"])
    sides = {name: Side(**said[name]) for name in ("gained", "lost")}
    return Rehearsal(**{**said, **lines, **changes, **sides, "communities": communities})


@dataclass
class Play:
    """One of the two books going through the cases, oldest first, in parts; it keeps sums and what was used of caps."""

    rules: Shelf
    history: History = field(default_factory=History)
    communities: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)
    by_rule: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    by_cap: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    capped: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def go(self, cases: Sequence[Case], decisions: Mapping[str, Decision]) -> None:
        """Plan some cases as a verification would, in funds that always do."""
        funds: dict[Fund, int] = {(case.community, case.month): ENOUGH for case in cases}
        before = self._of(cases)
        planned = plan(cases, decisions, rules=self.rules, history=before, funds=funds)
        assert not planned.unfunded
        given = [*planned.awards, *planned.nothing]
        for each in given:
            self._count(each.case.community, each.worth)
        self.history = History({**self.history.used, **before.after(each.worth for each in given).used})

    def bite(self, cap: str) -> Side:
        """How often a cap took something away, how much, and from how many members."""
        times, amount = self.by_cap.get(cap, (0, 0))
        return Side(times, amount, len(self.capped.get(cap, ())))

    def use(self, rule: str) -> Side:
        """How often a rule counted, and for how much."""
        times, amount = self.by_rule.get(rule, (0, 0))
        return Side(times, amount)

    def _of(self, cases: Sequence[Case]) -> History:
        """What those who took part used before; of everybody, each step would copy too much."""
        doings = [doing for case in cases for doing in case.contributions]
        owners = {doing.member for doing in doings} | {home(d.household) for d in doings if d.household}
        used = self.history.used
        return History({owner: used[owner] for owner in owners if owner in used})

    def _count(self, community: str, worth: Worth) -> None:
        self.communities[community] += worth.cost
        self.members[worth.member] += worth.points
        if worth.rule is not None:
            line = self.by_rule[worth.rule]
            line[0], line[1] = line[0] + 1, line[1] + worth.cost
        for step in worth.arithmetic:
            if step["step"] == "cap" and step["got"] < step["wanted"]:
                bite = self.by_cap[step["cap"]]
                bite[0], bite[1] = bite[0] + 1, bite[1] + step["wanted"] - step["got"]
                self.capped[step["cap"]].add(worth.member)


@dataclass
class Stage:
    """A rehearsal under way: both books, and what stands in the ledger for the same contributions."""

    now: Play
    draft: Play
    ledger: Counter[str] = field(default_factory=Counter)
    events: int = 0
    contributions: int = 0
    corrected: int = 0

    def found(self, first: date, last: date, *, funds: Mapping[str, int], repeats_anew: bool) -> Rehearsal:
        """What came of it, once every part went through."""
        book = self.draft.rules.versions[-1]
        codes = (
            self.ledger.keys() | self.now.communities.keys() | self.draft.communities.keys() | funds.keys()
        )
        gained, lost = self._changes(up=True), self._changes(up=False)
        met = self.now.members.keys() | self.draft.members.keys()
        return Rehearsal(
            first=first.isoformat(),
            last=last.isoformat(),
            digest=book.digest,
            events=self.events,
            contributions=self.contributions,
            corrected=self.corrected,
            repeats_anew=repeats_anew,
            communities=tuple(
                Community(
                    code,
                    funds.get(code, 0),
                    self.ledger[code],
                    self.now.communities[code],
                    self.draft.communities[code],
                )
                for code in sorted(codes)
            ),
            gained=_side(gained),
            lost=_side(lost),
            unchanged=len(met) - len(gained) - len(lost),
            gainers=tuple(gained[:SHOWN]),
            losers=tuple(lost[:SHOWN]),
            caps=tuple(self._caps()),
            rules=tuple(self._rules()),
        )

    def _changes(self, *, up: bool) -> list[Change]:
        """Who gains, or who loses; the greatest difference first."""
        now, draft = self.now.members, self.draft.members
        changes = [Change(member, now[member], draft[member]) for member in now.keys() | draft.keys()]
        return sorted(
            (each for each in changes if (each.draft > each.now if up else each.draft < each.now)),
            key=lambda each: (-abs(each.draft - each.now), each.member),
        )

    def _caps(self) -> Iterable[Line]:
        named: dict[str, Cap] = {}
        for version in (*self.now.rules.versions, *self.draft.rules.versions):
            named.update(version.caps)
        bitten = self.now.by_cap.keys() | self.draft.by_cap.keys() | self.draft.rules.versions[-1].caps.keys()
        for name in sorted(bitten):
            now, draft = self.now.bite(name), self.draft.bite(name)
            yield Line(name, named[name].zh, named[name].en, now, draft, named[name].unit)

    def _rules(self) -> Iterable[Line]:
        named: dict[str, tuple[str, str]] = {}
        for version in (*self.now.rules.versions, *self.draft.rules.versions):
            named.update({rule.id: (rule.zh, rule.en) for rule in version.rules})
            named["repeat"] = (version.repeats.zh, version.repeats.en)
        for name in sorted(self.now.by_rule.keys() | self.draft.by_rule.keys()):
            zh, en = named[name]
            yield Line(name, zh, en, self.now.use(name), self.draft.use(name))


def _side(changes: Sequence[Change]) -> Side:
    return Side(amount=sum(abs(each.draft - each.now) for each in changes), members=len(changes))


def stage(rules: Shelf, draft: RuleBook) -> Stage:
    """Both books before the first case. The draft is taken as if it had always been in force."""
    return Stage(Play(rules), Play(always(draft)))


def always(draft: RuleBook) -> Shelf:
    """A draft as the only book there is, on any day."""
    return Shelf((replace(draft, in_force_from=date.min),))
