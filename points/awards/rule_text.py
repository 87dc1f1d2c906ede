"""The text of a rule book: TOML in, a RuleBook out, or every problem in it at once."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from points.awards.caps import Cap
from points.awards.errors import BadRuleBook
from points.awards.rules import Repeats, Rule, RuleBook

CATEGORIES = frozenset("DSFHENPTWCAVMZ")
ROLES = frozenset({"reporter", "handler", "mediator", "participant"})
EVENT_KINDS = frozenset({"report", "mediation", "activity", "meeting", "decision"})
SEVERITIES = frozenset({"ordinary", "major"})
OUTCOMES = frozenset({"oral", "ordinary", "difficult", "failed"})
REPEAT = "repeat"
"""The name under which repeated reports are awarded; no rule may take it."""

_ID = re.compile(r"[a-z][a-z0-9-]{0,19}")
_GREATEST = 1_000_000


def default() -> str:
    """The default rule book that is shipped with Jishan."""
    return resources.files(__package__).joinpath("default_rules.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def parse(text: str) -> RuleBook:
    """The rule book that a text says. Raises BadRuleBook, its fact `found` the list of every problem."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRuleBook(count=1, problems=f"不是 TOML：{error}", found=[f"不是 TOML：{error}"]) from error
    problems: list[str] = []
    rule_book = _rule_book(_Table(said, "", problems))
    if problems:
        raise BadRuleBook(count=len(problems), problems="；".join(problems), found=problems)
    return rule_book


def _rule_book(said: _Table) -> RuleBook:
    title, notice, expiry = said.table("title"), said.table("notice"), said.table("expiry")
    caps = {name: _cap(name, each) for name, each in said.tables("caps").items()}
    rule_book = RuleBook(
        title_zh=title.text("zh"),
        title_en=title.text("en"),
        in_force_from=said.day("in_force_from"),
        notice_days=notice.whole("days", most=30),
        lapses_after_years=expiry.whole("years_after", most=50),
        repeats=_repeats(said.table("repeats"), caps),
        caps=caps,
        rules=tuple(_rule(each, caps) for each in said.list_of_tables("rules")),
    )
    for table in (title, notice, expiry, said):
        table.end()
    _check_names(said, rule_book)
    return rule_book


def _check_names(said: _Table, rule_book: RuleBook) -> None:
    names = [rule.id for rule in rule_book.rules]
    for name in sorted({name for name in names if names.count(name) > 1}):
        said.problem(f"细则 {name} 写了两次")
    if REPEAT in names:
        said.problem(f"细则不能叫 {REPEAT}，这个名字留给重复上报")
    if not names:
        said.problem("一条细则也没有")


def _cap(name: str, said: _Table) -> Cap:
    if not _ID.fullmatch(name):
        said.problem("名字要用小写字母、数字和连字符")
    cap = Cap(
        id=name,
        zh=said.text("zh"),
        en=said.text("en"),
        unit=said.one_of("unit", frozenset({"points", "minutes"})),
        limit=said.whole("limit", least=1),
        per=said.one_of("per", frozenset({"day", "month"})),
    )
    said.end()
    return cap


def _repeats(said: _Table, caps: dict[str, Cap]) -> Repeats:
    repeats = Repeats(
        zh=said.text("zh"),
        en=said.text("en"),
        within_hours=said.whole("within_hours", least=1, most=720),
        first=said.whole("first"),
        later=said.whole("later"),
        caps=said.names("caps", frozenset(caps)),
    )
    said.end()
    return repeats


def _rule(said: _Table, caps: dict[str, Cap]) -> Rule:
    name = said.text("id")
    if not _ID.fullmatch(name):
        said.problem("id 要用小写字母、数字和连字符，最多 20 个")
    outcomes = said.amounts("outcomes", OUTCOMES) if "outcomes" in said.said else ()
    rule = Rule(
        id=name,
        zh=said.text("zh"),
        en=said.text("en"),
        roles=frozenset(said.names("roles", ROLES)),
        kinds=frozenset(said.names("kinds", EVENT_KINDS)),
        categories=frozenset(said.names("categories", CATEGORIES)),
        severities=frozenset(said.names("severities", SEVERITIES)),
        types=frozenset(said.names("types", None)),
        member_kinds=frozenset(said.names("member_kinds", None)),
        points=0 if outcomes else said.whole("points"),
        per_hours=said.whole("per_hours", least=1, most=1000, default=0),
        found_first=said.whole("found_first", default=0),
        outcomes=outcomes,
        counts_minutes=said.flag("counts_minutes"),
        caps=said.names("caps", frozenset(caps)),
    )
    _check_rule(said, rule, caps)
    said.end()
    return rule


def _check_rule(said: _Table, rule: Rule, caps: dict[str, Cap]) -> None:
    if not rule.roles:
        said.problem("要写明 roles")
    if rule.outcomes and rule.roles != {"mediator"}:
        said.problem("outcomes 只用于调解人")
    if rule.outcomes and (rule.per_hours or rule.found_first):
        said.problem("outcomes 不能和 per_hours、found_first 一起写")
    if rule.per_hours and not rule.counts_minutes:
        said.problem("按小时计分的，counts_minutes 要写 true")
    limits = [caps[cap].limit for cap in rule.caps if cap in caps and caps[cap].unit == "points"]
    if not rule.per_hours and limits and rule.points + rule.found_first > min(limits):
        said.problem(f"{rule.points + rule.found_first} 分超过上限 {min(limits)} 分，永远得不满")


class _Table:
    """A table of the text; what is wrong with it goes into one list, and reading goes on with a harmless value."""

    def __init__(self, said: dict[str, Any], where: str, problems: list[str]) -> None:
        self.said, self.where, self._problems = said, where, problems
        self._read: set[str] = set()

    def problem(self, words: str) -> None:
        self._problems.append(f"{self.where}：{words}" if self.where else words)

    def end(self) -> None:
        """Name every key that nobody reads: a misspelt key must not pass for a missing one."""
        for key in self.said.keys() - self._read:
            self.problem(f"不认识 {key}")

    def text(self, key: str) -> str:
        value = self._get(key)
        if isinstance(value, str) and 0 < len(value) <= 80:
            return value
        self.problem(f"{key} 要写 1 到 80 个字")
        return ""

    def day(self, key: str) -> date:
        value = self._get(key)
        if type(value) is date:
            return value
        self.problem(f"{key} 要写成 2000-01-01 的样子")
        return date.min

    def whole(self, key: str, *, least: int = 0, most: int = _GREATEST, default: int | None = None) -> int:
        value = self._get(key, default)
        if default is not None and value == default and key not in self.said:
            return default
        if type(value) is int and least <= value <= most:
            return value
        half = "；半分请写成每 2 小时 1 分" if isinstance(value, float) else ""
        self.problem(f"{key} 要写 {least} 到 {most} 的整数{half}")
        return least

    def flag(self, key: str) -> bool:
        value = self._get(key, False)
        if isinstance(value, bool):
            return value
        self.problem(f"{key} 要写 true 或 false")
        return False

    def one_of(self, key: str, allowed: frozenset[str]) -> str:
        value = self._get(key)
        if isinstance(value, str) and value in allowed:
            return value
        self.problem(f"{key} 只能是 {'、'.join(sorted(allowed))}")
        return min(allowed)

    def names(self, key: str, allowed: frozenset[str] | None) -> tuple[str, ...]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.problem(f"{key} 要写成一列名字")
            return ()
        for each in value:
            if allowed is not None and each not in allowed:
                self.problem(f"{key} 里不认识 {each}")
        return tuple(value)

    def amounts(self, key: str, allowed: frozenset[str]) -> tuple[tuple[str, int], ...]:
        table = self.table(key)
        amounts = tuple((name, table.whole(name)) for name in table.said if name in allowed)
        table.end()
        if not amounts:
            self.problem(f"{key} 是空的")
        return amounts

    def table(self, key: str) -> _Table:
        value = self._get(key)
        if not isinstance(value, dict):
            self.problem(f"缺少 [{key}]")
            value = {}
        return _Table(value, self._inside(key), self._problems)

    def tables(self, key: str) -> dict[str, _Table]:
        value = self._get(key, {})
        if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
            self.problem(f"{key} 要写成 [{key}.名字]")
            return {}
        return {
            name: _Table(each, self._inside(f"{key}.{name}"), self._problems) for name, each in value.items()
        }

    def list_of_tables(self, key: str) -> list[_Table]:
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.problem(f"{key} 要写成 [[{key}]]")
            return []
        return [
            _Table(each, self._inside(f"{key} 第 {place} 条"), self._problems)
            for place, each in enumerate(value, start=1)
        ]

    def _get(self, key: str, default: Any = None) -> Any:
        self._read.add(key)
        return self.said.get(key, default)

    def _inside(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
