"""What a rule book may not say although every key of it can be read: each problem with the way to put it right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from points.awards.caps import Cap
from points.awards.rule import Group, Rule, RuleBook
from points.awards.rule_problems import N_
from points.awards.rule_table import Table

REPEAT = "repeat"
"""The name under which repeated reports are awarded; no rule may take it."""
_ID = re.compile(r"[a-z][a-z0-9-]{0,19}")
_TEAM = re.compile(r"[TD]-[0-9]{4,8}")
_CAMPAIGN = re.compile(r"[0-9a-f]{32}")


def name(said: Table, given: str) -> None:
    """Names of rules, caps and groups stand in references and addresses of accounts."""
    if not _ID.fullmatch(given):
        said.problem(N_("id 要用小写字母、数字和连字符，字母开头，最多 20 个"))


def book(said: Table, rule_book: RuleBook, tables: Sequence[Table]) -> None:
    """What can be seen only of all the rules together."""
    names = [each.id for each in rule_book.rules]
    for one in sorted({one for one in names if names.count(one) > 1}):
        said.problem(N_("细则 {one} 写了两次，给其中一条换一个 id"), one=one)
    if REPEAT in names:
        said.problem(N_("细则不能叫 {name}，这个名字留给重复上报"), name=REPEAT)
    if not names:
        said.problem(N_("一条细则也没有，至少写一条 [[rules]]"))
    for place, later in enumerate(rule_book.rules):
        before = next((each for each in rule_book.rules[:place] if _covers(each, later)), None)
        if before is not None and before.id != later.id:
            tables[place].doubt(
                N_("永远轮不到它：前面的 {before} 已经包括了它的全部条件，把它移到 {before} 前面"),
                before=before.id,
            )


def rule(said: Table, rule: Rule, caps: Mapping[str, Cap], groups: Mapping[str, Group]) -> None:
    """What can be seen of one rule with the caps over it."""
    _earner(said, rule)
    if not rule.roles and rule.earns != "community":
        said.problem(N_("要写明 roles"))
    if rule.outcomes and rule.roles != {"mediator"}:
        said.problem(N_('outcomes 只用于调解人，roles 要写 ["mediator"]'))
    if rule.outcomes and (rule.per_hours or rule.found_first or rule.per_person or rule.shared):
        said.problem(N_("outcomes 不能和 per_hours、per_person、shared、found_first 一起写"))
    if rule.per_hours and not rule.counts_minutes:
        said.problem(N_("按小时计分的，counts_minutes 要写 true"))
    _one_measure(said, rule)
    _selectors(said, rule)
    group = groups.get(rule.group)
    _within(said, rule, [caps[each] for each in rule.caps if each in caps], group, caps)


def _earner(said: Table, rule: Rule) -> None:
    """Whom a rule gives points to, and what goes with it."""
    if rule.studio_percent and not (rule.outcomes and rule.earns == "member"):
        said.problem(
            N_('studio_percent 只用于调解人的 outcomes，不能和 earns 一起写；全给调解室写 earns = "studio"')
        )
    if rule.earns == "studio" and rule.roles != {"mediator"}:
        said.problem(N_('earns = "studio" 只用于调解，roles 要写 ["mediator"]'))
    if rule.score_from and rule.earns != "community":
        said.problem(N_('score_from 只用于考核，要和 earns = "community" 一起写'))
    if rule.earns == "community" and (
        any(rule.conditions.values()) or rule.caps or rule.per_hours or rule.per_person or rule.shared
        or rule.outcomes or rule.found_first or rule.counts_minutes
    ):  # fmt: skip
        said.problem(N_('earns = "community" 是按月考核社区，只写 points 和 score_from'))


def _one_measure(said: Table, rule: Rule) -> None:
    """A rule gives by the hour, by the person, or once."""
    if rule.per_hours and (rule.per_person or rule.shared):
        said.problem(N_("per_hours 不能和 per_person、shared 一起写，分成两条细则"))
    if rule.per_person and rule.shared:
        said.problem(N_("per_person 不能和 shared 一起写，只留一个"))
    if rule.per_person and "participant" in rule.roles:
        said.problem(N_("per_person 记给带来大家的人，roles 里不能有 participant，组织者写 reporter"))
    if (rule.per_hours or rule.per_person) and rule.found_first:
        said.doubt(N_("found_first 只能和一次一记的 points 一起写，去掉它"))


def _selectors(said: Table, rule: Rule) -> None:
    for team in sorted(rule.teams):
        if not _TEAM.fullmatch(team):
            said.problem(N_("teams 里的 {team} 不是编号，志愿队写成 T-0001，调解室写成 D-0001"), team=team)
    for campaign in sorted(rule.campaigns):
        if not _CAMPAIGN.fullmatch(campaign):
            said.problem(
                N_("campaigns 里的 {campaign} 不是编号，要写专项行动网页地址最后的 32 位编号"),
                campaign=campaign,
            )


def _within(
    said: Table, rule: Rule, own: Sequence[Cap], group: Group | None, caps: Mapping[str, Cap]
) -> None:
    """Points that no cap ever lets through, and caps that count what the rule does not give."""
    over = [*own, *(caps[each] for each in (group.caps if group else ()) if each in caps)]
    limits = [cap.limit for cap in over if cap.unit == "points"]
    once = rule.points + rule.found_first
    if not (rule.per_hours or rule.per_person or rule.shared) and limits and once > min(limits):
        said.problem(N_("{once} 分超过上限 {limit} 分，永远得不满"), once=once, limit=min(limits))
    for cap in own:
        if cap.unit == "minutes" and not rule.counts_minutes:
            said.doubt(
                N_(
                    "上限 {cap} 管的是分钟，这一条不记时长：把 counts_minutes 写成 true，或者换一个管分数的上限"
                ),
                cap=cap.id,
            )


def _covers(earlier: Rule, later: Rule) -> bool:
    """Whether the earlier rule holds for all for which the later one does."""
    if "community" in (earlier.earns, later.earns):
        return earlier.earns == later.earns and earlier.score_from <= later.score_from
    theirs = later.conditions
    return all(not mine or (theirs[key] and theirs[key] <= mine) for key, mine in earlier.conditions.items())
