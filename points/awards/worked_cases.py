"""Worked cases: what happened, by which rule, how many points and why, in both languages, for people to read.

`worked_cases.toml` says what happened and what is expected by the default rule book; a test works each one out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from points.awards import rule_text, sentences
from points.awards.cases import Case, Decision, Doing, Repetition
from points.awards.rule import RuleBook
from points.awards.rules import History, Worth, awards_for

DAY = date(2018, 7, 4)
WHO = "V-000001"
_USUAL: dict[str, Any] = {
    "event": "e1",
    "day": DAY,
    "community": "440310001001",
    "kind": "report",
    "category": "E",
    "type_name": "",
    "severity": "ordinary",
    "found_first": False,
}


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """What happened, and what the default book gives for it. `used`: cap → what the person used of it before."""

    zh: str
    en: str
    case: Case
    used: Mapping[str, int]
    rule: str | None
    points: int

    def worth(self, rule_book: RuleBook) -> Worth:
        """What a rule book gives for it."""
        caps = {name: cap for name, cap in rule_book.caps.items() if name in self.used}
        used = {(name, cap.period(self.case.day)): self.used[name] for name, cap in caps.items()}
        decisions = [Decision(each.id, accepted=True) for each in self.case.contributions]
        return awards_for(self.case, decisions, rule_book, History({WHO: used}))[0]


@cache
def read() -> tuple[WorkedCase, ...]:
    """All of them, in the order of the file."""
    text = resources.files(__package__).joinpath("worked_cases.toml").read_text(encoding="utf-8")
    return tuple(_worked(said) for said in tomllib.loads(text)["cases"])


def document() -> str:
    """The table as `docs/worked-cases.md`: case, rule, points and arithmetic, Chinese first."""
    rule_book = rule_text.parse(rule_text.default())
    rows = [_row(number, each, rule_book) for number, each in enumerate(read(), start=1)]
    return _HEAD + "\n".join(rows) + "\n"


def name(rule_book: RuleBook, rule: str | None) -> tuple[str, str] | None:
    """What a rule, or `repeat`, is called in Chinese and in English; None when no rule spoke."""
    if rule == rule_text.REPEAT:
        return rule_book.repeats.zh, rule_book.repeats.en
    return next(((each.zh, each.en) for each in rule_book.rules if each.id == rule), None)


_HEAD = """# 算分实例 · Worked cases

按默认积分细则。每一例都是一个测试；细则改了，用 `jishan rules examples --document` 重写这张表。
By the default rule book. Each case is a test; when the rules change, `jishan rules examples --document` writes it anew.

| | 事情 What happened | 细则 Rule | 分 Points | 算法 How |
|---:|---|---|---:|---|
"""


def _row(number: int, each: WorkedCase, rule_book: RuleBook) -> str:
    worth = each.worth(rule_book)
    zh, en = (sentences.arithmetic(worth.arithmetic, rule_book, language) for language in ("zh", "en"))
    named = name(rule_book, worth.rule)
    rule = f"{named[0]}<br>{named[1]}" if named else "—"
    return f"| {number} | {each.zh}<br>{each.en} | {rule} | {worth.points} | {zh}<br>{en} |"


def _worked(said: Mapping[str, Any]) -> WorkedCase:
    doings = [
        _doing(n, each) for n, each in enumerate([said.get("who", {}), *said.get("others", [])], start=1)
    ]
    repeat = Repetition("e0", said["repeat"]) if "repeat" in said else None
    return WorkedCase(
        zh=said["zh"],
        en=said["en"],
        case=Case(contributions=tuple(doings), repeat=repeat, **{**_USUAL, **said.get("case", {})}),
        used=said.get("used", {}),
        rule=said.get("rule"),
        points=said["points"],
    )


def _doing(number: int, said: Mapping[str, Any]) -> Doing:
    usual = {"member_kind": "volunteer", "role": "reporter"}
    return Doing(id=f"c{number}", member=f"V-{number:06}", **{**usual, **said})
