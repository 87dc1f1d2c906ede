"""How to earn, in words: what a rule holds for, what somebody may have done, and whose a cap is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from points.awards import rule_sentences
from points.awards.caps import Cap
from points.awards.rule import Rule, RuleBook
from points.awards.rule_sentences import amount, every, gives, parts, points
from points.awards.rule_text import REPEAT
from points.people import kinds
from web import words
from web.event_words import KINDS, LANES
from web.i18n import N_, Say, language
from web.words import Shown

DEEDS = {
    "report": N_("上报一件事"),
    "service": N_("参加活动、志愿服务"),
    "held": N_("组织一次活动"),
    "meeting": N_("参加议事会"),
    "mediated": N_("调解纠纷"),
    "decision": N_("受表扬、建议被采纳"),
    "handled": N_("处置一件事"),
}
"""What somebody may have done, as `points.awards.asking` knows it."""
OUTCOMES = {
    "oral": N_("口头"),
    "ordinary": N_("普通"),
    "difficult": N_("疑难"),
    "failed": N_("未成但记录完整"),
}
REPEATS = {
    "0": N_("没有，第一次有人报"),
    "1": N_("有，报过一次"),
    "2": N_("有，报过两次以上"),
}
SEVERITIES = {"ordinary": N_("一般"), "major": N_("重大险情")}
WHOSE = {
    ("member", "day"): N_("每人每天"),
    ("member", "week"): N_("每人每周"),
    ("member", "month"): N_("每人每月"),
    ("member", "year"): N_("每人每年"),
    ("household", "day"): N_("每户每天"),
    ("household", "week"): N_("每户每周"),
    ("household", "month"): N_("每户每月"),
    ("household", "year"): N_("每户每年"),
}
"""Whose a cap is, and for how long."""
NOW = {"day": N_("今天"), "week": N_("这一周"), "month": N_("这个月"), "year": N_("今年")}

_WHO = {
    "reporter": N_("上报人"),
    "handler": N_("处置人"),
    "mediator": N_("调解人"),
    "participant": N_("参加的人"),
}

_NAMES: dict[str, Callable[[str], object]] = {
    "roles": lambda key: Say(_WHO[key]),
    "kinds": lambda key: Say(KINDS[key]),
    "categories": words.category,
    "severities": lambda key: Say(SEVERITIES[key]),
    "member_kinds": lambda key: Say(kinds.NAMES[key]) if key in kinds.NAMES else key,
    "lanes": lambda key: Say(LANES[key]),
}
"""How the values of each condition are called; types, teams and campaigns have names of their own."""


def value(condition: str, code: str) -> str:
    """What one value of a condition is called; one that is not known stands as it is written."""
    try:
        return str(_NAMES.get(condition, str)(code))
    except KeyError:
        return code


def conditions(rule: Rule) -> Shown:
    """What a rule holds for: `上报 · 消防隐患、安全生产与危房`."""
    return Shown(_conditions, rule)


def _conditions(rule: Rule) -> str:
    joint = "、" if language() == "zh" else ", "
    said = []
    for name, wanted in rule.conditions.items():
        call = _NAMES.get(name, str)
        if wanted and name != "campaigns":
            said.append(joint.join(str(call(each)) for each in sorted(wanted)))
    if rule.campaigns:
        said.append(str(Say(N_("只算指定的专项行动"))))
    return " · ".join(said)


def named(rule_book: RuleBook, name: str | None) -> Shown:
    """What a rule, or the repeats, is called; “no rule” when none spoke."""
    return Shown(lambda asked: _called(rule_book, asked), name)


def _called(rule_book: RuleBook, name: str | None) -> str:
    if name is None:
        return str(Say(N_("细则里没有这一项")))
    if name == REPEAT:
        return rule_book.repeats.zh if language() == "zh" else _capital(rule_book.repeats.en)
    found = next(each for each in rule_book.rules if each.id == name)
    return found.zh if language() == "zh" else _capital(found.en)


def says(rule_book: RuleBook, name: str) -> list[str]:
    """The parts of a rule's sentence in the language of the page, its name first; called while a page is written."""
    return parts(rule_book, name, language())


def sentence(rule_book: RuleBook, name: str) -> str:
    """The whole sentence of a rule in the language of the page; called while a page is written."""
    return rule_sentences.rule(rule_book, name, language())


def cap(each: Cap) -> Shown:
    """What a cap is called."""
    return Shown(lambda one: one.zh if language() == "zh" else _capital(one.en), each)


def whose(each: Cap) -> Say:
    """Whose a cap is, and for how long: 每人每天."""
    return Say(WHOSE[each.of, each.per])


def most(each: Cap) -> Shown:
    """Its limit: 10 points, 4 hours."""
    return Shown(lambda one: amount(one.unit, one.limit, language() == "en"), each)


def so_much(unit: str, count: int) -> Shown:
    """Points or minutes."""
    return Shown(lambda one: amount(unit, one, language() == "en"), count)


def options(words_by_key: dict[str, str]) -> list[tuple[str, object]]:
    """(value, label) for a select or radios."""
    return [(key, Say(label)) for key, label in words_by_key.items()]


def types(rule_book: RuleBook) -> list[tuple[str, object]]:
    """The kinds of deed that rules name by the event's own words, each called as its rule is."""
    found: list[tuple[str, object]] = [("", Say(N_("不是下面这些")))]
    for rule in rule_book.rules:
        if rule.types and not set(rule.types) & {value for value, _label in found}:
            found.append((min(rule.types), named(rule_book, rule.id)))
    return found


def groups(rule_book: RuleBook) -> list[tuple[object, list[str]]]:
    """The rules of each scheme that give something, in the order of the book; then those by which nothing is given.

    A book without groups is one list without a name.
    """
    ids: dict[str, list[str]] = {name: [] for name in rule_book.groups} or {"": []}
    nothing = [rule.id for rule in rule_book.rules if not gives(rule)]
    for rule in rule_book.rules:
        if gives(rule):
            ids.setdefault(rule.group, []).append(rule.id)
    last: list[tuple[object, list[str]]] = [(Say(N_("不计分的")), nothing)] if nothing else []
    return [(_group(rule_book, name), rules) for name, rules in ids.items() if rules] + last


def figure(rule_book: RuleBook, name: str) -> str:
    """The points of a rule at a glance, for the end of its line: `5 分`, `每小时 2 分`, `3–30 分`; empty for none."""
    en = language() == "en"
    found = next((rule for rule in rule_book.rules if rule.id == name), None)
    if found is None:
        return points(rule_book.repeats.first, en)
    if found.outcomes:
        amounts = [each for _, each in found.outcomes]
        return f"{min(amounts)}–{points(max(amounts), en)}"
    if not found.points:
        return ""
    given = points(found.points, en)
    if found.per_hours:
        given = f"{given} {every(found.per_hours, en)}" if en else f"{every(found.per_hours, en)} {given}"
    if found.per_person:
        given = str(Say(N_("每位 {points}"), points=given))
    return given


def _group(rule_book: RuleBook, name: str) -> object:
    group = rule_book.groups.get(name)
    return Shown(lambda one: one.zh if language() == "zh" else _capital(one.en), group) if group else ""


def joined(said: Iterable[object]) -> Shown:
    """Several sentences as one text."""
    return Shown(_join, list(said))


def _join(said: list[object]) -> str:
    if language() == "zh":
        return "。".join(map(str, said)) + "。"
    return ". ".join(map(str, said)) + "."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
