"""A table of a rule book's text as it is read: every problem goes into one list, and reading goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from points.awards.rule_problems import N_, Problem, Where

_GREATEST = 1_000_000
WHOLE = N_("{key} 要写 {least} 到 {most} 的整数")
DEDUCTION = N_("{key} 要写 {least} 到 {most} 的整数；积分细则只加分、不扣分；记错的，用“更正”把那一笔收回来")
"""What somebody reads who writes a negative figure."""
HALF = N_("{key} 要写 {least} 到 {most} 的整数；半分请写成每 2 小时 1 分（points = 1，per_hours = 2）")


class Table:
    """Reads key by key. What cannot be read is a problem, with its place and what to do, and a harmless value.

    `problems` make a text no rule book. `doubts` are refused in a new text alone: a book that was published when
    nobody asked for that yet is read all the same, as it always was.
    """

    def __init__(
        self, said: dict[str, Any], where: Where, problems: list[Problem], doubts: list[Problem]
    ) -> None:
        self.said, self.where, self._problems, self._doubts = said, where, problems, doubts
        self._read: set[str] = set()

    def problem(self, template: str, **facts: Any) -> None:
        """Something that is no rule book: a sentence for the catalogue, and its facts."""
        self._problems.append(Problem(self.where, template, **facts))

    def doubt(self, template: str, **facts: Any) -> None:
        """Something that is refused in a new text only."""
        self._doubts.append(Problem(self.where, template, **facts))

    def end(self) -> None:
        """Name every key that nobody reads: a misspelt key must not pass for a missing one."""
        for key in sorted(self.said.keys() - self._read):
            near = get_close_matches(key, sorted(self._read), n=1)
            if near:
                self.problem(N_("不认识 {key}，是不是 {near}？"), key=key, near=near[0])
            else:
                self.problem(N_("不认识 {key}，去掉它"), key=key)

    def text(self, key: str) -> str:
        """One to 80 characters."""
        value = self._get(key)
        if isinstance(value, str) and 0 < len(value) <= 80:
            return value
        self.problem(N_("{key} 要写 1 到 80 个字"), key=key)
        return ""

    def day(self, key: str) -> date:
        """A day, written without quotes."""
        value = self._get(key)
        if type(value) is date:
            return value
        self.problem(N_("{key} 要写成 2000-01-01 的样子，不加引号"), key=key)
        return date.min

    def whole(self, key: str, *, least: int = 0, most: int = _GREATEST, default: int | None = None) -> int:
        """A whole number, never negative."""
        value = self._get(key, default)
        if default is not None and value == default and key not in self.said:
            return default
        if type(value) is int and least <= value <= most:
            return value
        why = HALF if isinstance(value, float) else WHOLE
        why = DEDUCTION if type(value) is int and value < 0 else why
        self.problem(why, key=key, least=least, most=most)
        return least

    def flag(self, key: str) -> bool:
        """true or false; false when it is not there."""
        value = self._get(key, False)
        if isinstance(value, bool):
            return value
        self.problem(N_("{key} 要写 true 或 false"), key=key)
        return False

    def one_of(self, key: str, allowed: Sequence[str], *, default: str | None = None) -> str:
        """One of these words."""
        value = self._get(key, default)
        if isinstance(value, str) and value in allowed:
            return value
        if allowed:
            self.problem(N_("{key} 只能是 {names}"), key=key, names="、".join(allowed))
        else:
            self.problem(N_("{key} 要写这本细则里有的名字，现在一个也没有"), key=key)
        return next(iter(allowed), "")

    def names(self, key: str, allowed: frozenset[str] | None, *, doubtful: bool = False) -> tuple[str, ...]:
        """A list of names, of those `allowed`; with `doubtful` others are refused in new texts only."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.problem(N_('{key} 要写成一列名字，如 ["a", "b"]'), key=key)
            return ()
        for each in value:
            if allowed is not None and each not in allowed:
                say = self.doubt if doubtful else self.problem
                names = "、".join(sorted(allowed)) or "—"
                say(N_("{key} 里不认识 {each}，能写的有 {names}"), key=key, each=each, names=names)
        return tuple(value)

    def amounts(self, key: str, allowed: frozenset[str]) -> tuple[tuple[str, int], ...]:
        """A table of whole numbers, at least one."""
        table = self.table(key)
        amounts = tuple((name, table.whole(name)) for name in table.said if name in allowed)
        table.end()
        if not amounts:
            self.problem(N_("{key} 是空的，能写的有 {names}"), key=key, names="、".join(sorted(allowed)))
        return amounts

    def table(self, key: str) -> Table:
        """A table that must be there."""
        value = self._get(key)
        if not isinstance(value, dict):
            self.problem(N_("缺少 [{key}]"), key=key)
            value = {}
        return self._inside(value, key)

    def tables(self, key: str) -> dict[str, Table]:
        """Tables by name, `[key.name]`; none when it is not there."""
        value = self._get(key, {})
        if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
            self.problem(N_("{key} 要写成 [{key}.名字]"), key=key)
            return {}
        return {name: self._inside(each, f"{key}.{name}") for name, each in value.items()}

    def list_of_tables(self, key: str) -> list[Table]:
        """A list of tables, `[[key]]`; each is named by its place and its id, when it has one."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.problem(N_("{key} 要写成 [[{key}]]"), key=key)
            return []
        return [
            self._at(each, self.where.item(key, place, str(each.get("id", ""))))
            for place, each in enumerate(value, start=1)
        ]

    def _get(self, key: str, default: Any = None) -> Any:
        self._read.add(key)
        return self.said.get(key, default)

    def _inside(self, said: dict[str, Any], key: str) -> Table:
        return self._at(said, self.where.inside(key))

    def _at(self, said: dict[str, Any], where: Where) -> Table:
        return Table(said, where, self._problems, self._doubts)
