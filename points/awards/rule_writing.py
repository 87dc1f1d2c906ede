"""A rule book as text: the TOML from which `rule_text.parse` reads the same book again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from points.awards.caps import Cap
from points.awards.rule import CONDITIONS, GIFTS_A_MONTH, Group, Repeats, Rule, RuleBook

Value = str | int | bool | Iterable[str]


def write(rule_book: RuleBook) -> str:
    """The whole text, keys in the order of the default book. What has its usual value is left out.

    Version and digest are not in a text: they are given when it is published. Comments of an older text are lost.
    """
    parts = [
        f"in_force_from = {rule_book.in_force_from.isoformat()}",
        _table("[title]", {"zh": rule_book.title_zh, "en": rule_book.title_en}),
        _table("[notice]", {"days": rule_book.notice_days}),
        _table("[expiry]", {"years_after": rule_book.lapses_after_years}),
        *_gifts(rule_book),
        _repeats(rule_book.repeats),
        *(_cap(cap) for cap in rule_book.caps.values()),
        *(_group(group) for group in rule_book.groups.values()),
        *(_rule(rule) for rule in rule_book.rules),
    ]
    return "\n\n".join(parts) + "\n"


def _gifts(rule_book: RuleBook) -> list[str]:
    usual = rule_book.gifts_a_month == GIFTS_A_MONTH
    return [] if usual else [_table("[gifts]", {"a_month": rule_book.gifts_a_month})]


def _repeats(repeats: Repeats) -> str:
    said: dict[str, Value] = {
        "zh": repeats.zh,
        "en": repeats.en,
        "within_hours": repeats.within_hours,
        "first": repeats.first,
        "later": repeats.later,
    }
    return _table("[repeats]", said | _unless_empty({"caps": repeats.caps}))


def _cap(cap: Cap) -> str:
    said: dict[str, Value] = {
        "zh": cap.zh,
        "en": cap.en,
        "unit": cap.unit,
        "limit": cap.limit,
        "per": cap.per,
    }
    return _table(f"[caps.{cap.id}]", said | ({"of": cap.of} if cap.of != "member" else {}))


def _group(group: Group) -> str:
    said: dict[str, Value] = {"zh": group.zh, "en": group.en}
    return _table(f"[groups.{group.id}]", said | _unless_empty({"caps": group.caps}))


def _rule(rule: Rule) -> str:
    said: dict[str, Value] = {"id": rule.id, "zh": rule.zh, "en": rule.en}
    said |= _unless_empty({name: sorted(getattr(rule, name)) for name in CONDITIONS})
    said |= _unless_empty({"group": rule.group})
    said |= {} if rule.outcomes else {"points": rule.points}
    said |= _unless_empty(
        {
            "per_hours": rule.per_hours,
            "per_person": rule.per_person,
            "shared": rule.shared,
            "earns": "" if rule.earns == "member" else rule.earns,
            "studio_percent": rule.studio_percent,
            "score_from": rule.score_from,
            "found_first": rule.found_first,
            "counts_minutes": rule.counts_minutes,
            "caps": rule.caps,
        }
    )
    outcomes = "\n\n" + _table("[rules.outcomes]", dict(rule.outcomes)) if rule.outcomes else ""
    return _table("[[rules]]", said) + outcomes


def _unless_empty(said: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in said.items() if value}


def _table(head: str, said: Mapping[str, Value]) -> str:
    return "\n".join([head, *(f"{key} = {_value(value)}" for key, value in said.items())])


def _value(value: Value) -> str:
    """A TOML value. A basic string is escaped like one of JSON, but for DEL, which JSON leaves as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(_value(each) for each in value) + "]"
