"""What is wrong in the text of a rule book: a sentence with its place, in Chinese and for the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogue; whoever shows it translates it."""
    return msgid


IN_LIST = N_("{key} 第 {place} 条 {id}")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the text: `caps.report-day`, or the rule with its place and id. `tail` leads further in."""

    template: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    tail: str = ""

    def inside(self, key: str) -> Where:
        """A table within this one."""
        return replace(self, tail=f"{self.tail}.{key}" if self.template or self.tail else key)

    def item(self, key: str, place: int, name: str) -> Where:
        """The table at a place of a list within this one, counted from 1."""
        return Where(IN_LIST, {"key": f"{self}.{key}" if str(self) else key, "place": place, "id": name})

    def __str__(self) -> str:
        return self.template.format(**self.facts).rstrip() + self.tail


class Problem(str):
    """The Chinese sentence with its place; `where`, `template` and `facts` say the same in another language."""

    where: Where
    template: str
    facts: dict[str, Any]

    def __new__(cls, where: Where, template: str, **facts: Any) -> Problem:
        """The sentence of `template` and its facts, at a place."""
        sentence, place = template.format(**facts), str(where)
        made = super().__new__(cls, f"{place}：{sentence}" if place else sentence)
        made.where, made.template, made.facts = where, template, facts
        return made
