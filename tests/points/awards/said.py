"""Cases and rule books for the tests of the pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from points.awards import rule_text
from points.awards.cases import Case, Decision, Doing
from points.awards.rules import History, RuleBook, Worth, awards_for

DAY = date(2018, 7, 4)
EVERYTHING = rule_text.parse(Path(__file__).with_name("everything.toml").read_text(encoding="utf-8"))
"""A rule book that says everything a rule book can say."""
DEFAULT = replace(rule_text.parse(rule_text.default()), version=1, digest="sha256:" + "0" * 64)


def doing(member: str = "V-000001", role: str = "reporter", **facts: Any) -> Doing:
    """A contribution, named for its member and role."""
    return Doing(id=f"{member}/{role}", member=member, role=role, **{"member_kind": "volunteer", **facts})


def case(*doings: Doing, **facts: Any) -> Case:
    """An ordinary report of the day, unless it is said otherwise."""
    said: dict[str, Any] = {
        "event": "e1",
        "day": DAY,
        "community": "440310001001",
        "kind": "report",
        "category": "E",
        "type_name": "市容环卫",
        "severity": "ordinary",
        "found_first": False,
    }
    return Case(contributions=doings, **{**said, **facts})


def accepted(it: Case) -> list[Decision]:
    """All of its contributions are accepted."""
    return [Decision(each.id, accepted=True) for each in it.contributions if not each.decided]


def worths(it: Case, *, rule_book: RuleBook = DEFAULT, history: History | None = None) -> list[Worth]:
    """What an accepted case is worth."""
    return awards_for(it, accepted(it), rule_book, history or History())


def worth(it: Case, *, rule_book: RuleBook = DEFAULT, history: History | None = None) -> Worth:
    """What the one contribution of a case is worth."""
    (only,) = worths(it, rule_book=rule_book, history=history)
    return only
