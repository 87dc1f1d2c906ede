"""Rule books in words: their keys, what became of a part, states of versions and requests, and differences in order."""

from __future__ import annotations

from typing import Any

from points.awards import rule_differences
from points.awards.rule_differences import Difference
from web import earning_words, text
from web.i18n import N_, Say, language
from web.words import Shown

KEYS = {
    "in_force_from": N_("哪天起生效"),
    "title.zh": N_("中文名称"),
    "title.en": N_("英文名称"),
    "notice.days": N_("公示几天"),
    "expiry.years_after": N_("到期：入账后第几年的年底"),
    "within_hours": N_("几小时以内算重复"),
    "first": N_("第一次重复几分"),
    "later": N_("以后每次几分"),
    "limit": N_("上限"),
    "per": N_("按什么算上限"),
    "unit": N_("算分还是算分钟"),
    "of": N_("谁的上限"),
    "points": N_("几分"),
    "per_hours": N_("每几小时"),
    "per_person": N_("按人数"),
    "shared": N_("大家一起分"),
    "found_first": N_("未诉先办加几分"),
    "counts_minutes": N_("记服务时长"),
    "outcomes.oral": N_("口头调解几分"),
    "outcomes.ordinary": N_("一般纠纷几分"),
    "outcomes.difficult": N_("疑难纠纷几分"),
    "outcomes.failed": N_("没有调成几分"),
    "zh": N_("中文"),
    "en": N_("英文"),
    "roles": N_("身份"),
    "kinds": N_("哪种事"),
    "categories": N_("类别"),
    "severities": N_("轻重"),
    "types": N_("类型"),
    "member_kinds": N_("成员类别"),
    "lanes": N_("办理渠道"),
    "teams": N_("队伍"),
    "campaigns": N_("专项行动"),
    "group": N_("哪一组"),
    "caps": N_("受哪些上限管"),
    "earns": N_("分给谁"),
    "studio_percent": N_("给调解室百分之几"),
    "score_from": N_("考核多少分以上"),
    "gifts.a_month": N_("一个月最多送多少分"),
}
"""What the keys of a rule book are called; a key that is not here is shown as it is written."""

BECAME = {
    rule_differences.ADDED: (N_("新增"), "entered"),
    rule_differences.REMOVED: (N_("删去"), "returned"),
    rule_differences.CHANGED: (N_("改动"), "noticed"),
    rule_differences.MOVED: (N_("换了先后"), "checking"),
}
"""What became of a part, and how its tag looks."""

PARTS = {
    rule_differences.BOOK: N_("整本细则"),
    rule_differences.REPEATS: N_("重复上报"),
    rule_differences.CAP: N_("上限"),
    rule_differences.GROUP: N_("分组"),
    rule_differences.RULE: N_("细则"),
}

STATES = {
    "open": (N_("等另一人发布"), "checking"),
    "approved": (N_("已发布"), "entered"),
    "refused": (N_("没有同意"), "returned"),
    "lapsed": (N_("已失效"), "returned"),
    "overtaken": (N_("已有别的一版"), "returned"),
}
"""What a request is called, and how its tag looks."""

STANDING = {
    "in_force": (N_("现在有效"), "entered"),
    "to_come": (N_("将要生效"), "noticed"),
    "over": (N_("已经换了新的"), "checking"),
    "never": (N_("没有生效就被换下"), "returned"),
}
"""Where a version stands, and how its tag looks."""

PER = {"day": N_("每天"), "week": N_("每周"), "month": N_("每月"), "year": N_("每年")}
UNITS = {"points": N_("分"), "minutes": N_("分钟")}
OF = {"member": N_("每人"), "household": N_("每户")}
EARNS = {
    "member": N_("本人"),
    "household": N_("家庭户"),
    "team": N_("志愿队"),
    "studio": N_("调解室"),
    "community": N_("社区的积分资金"),
}
PLAIN = {"per": PER, "unit": UNITS, "of": OF, "earns": EARNS}
YES_OR_NO = {"true": N_("是"), "false": N_("否")}
"""How what keys say is read out."""


def key(name: str) -> object:
    """What a key is called; one that is not known as it stands."""
    known = KEYS.get(name) or KEYS.get(name.removeprefix("repeats."))
    return Say(known) if known else name


def value(name: str, said: str) -> Shown:
    """What a key says, in words: people, kinds, days, yes and no; anything else as it stands."""
    return Shown(lambda each: _value(each, said), name.removeprefix("repeats."))


def _value(name: str, said: str) -> str:
    if name in PLAIN and said in PLAIN[name]:
        return str(Say(PLAIN[name][said]))
    if name == "in_force_from" and said:
        return text.dated(said)
    if said in YES_OR_NO:
        return str(Say(YES_OR_NO[said]))
    joint = "、" if language() == "zh" else ", "
    return joint.join(earning_words.value(name, each) for each in said.split("、"))


def named(line: Any) -> Shown:
    """The name of a rule, cap or group, in the language of the page."""
    return Shown(lambda each: each.zh if language() == "zh" else each.en, line)


def heading(difference: Difference) -> object:
    """What a difference is about."""
    return named(difference) if difference.zh or difference.en else Say(PARTS[difference.kind])


def problem(found: Any) -> Shown:
    """What is wrong in a text, with its place, in the language of the page."""
    return Shown(_problem, found)


def _problem(found: Any) -> str:
    where, said = found.where, Say(found.template, **found.facts)
    place = str(Say(where.template, **where.facts)).rstrip() + where.tail if where.template else where.tail
    return f"{place}{'：' if language() == 'zh' else ': '}{said}" if place else str(said)
