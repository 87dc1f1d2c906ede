"""The chart of accounts: which addresses exist, in which unit, and how low each may fall."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ledger import encoding
from ledger.errors import UnknownAccount
from ledger.transactions import Account

ADDRESS = re.compile(r"[0-9A-Za-z._:-]+(/[0-9A-Za-z._:-]+)*")
UNIT = re.compile(r"[a-z]+(:[0-9A-Za-z_-]+)?")

_PLACEHOLDERS = {
    "date": r"\d{4}-\d{2}-\d{2}",
    "month": r"\d{4}-\d{2}",
    "limit": r"[1-9][0-9]{0,8}",
}
_ANYTHING = r"[0-9A-Za-z._-]+"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the chart.

    pattern   an address whose `{name}` parts stand for one word; {date}, {month} are such, {limit} a whole number
    unit      a unit, or a family of them written `item:*`
    floor     an account of this rule never falls below it; None: it may go below zero; "limit": below −{limit}
    """

    pattern: str
    unit: str
    floor: int | str | None = 0

    def text(self) -> dict[str, str]:
        """The rule as the chart's digest covers it."""
        floor = "none" if self.floor is None else str(self.floor)
        return {"pattern": self.pattern, "unit": self.unit, "floor": floor}

    def compiled(self) -> re.Pattern[str]:
        """The pattern as a regular expression with a group for each part that varies."""
        parts = re.split(r"\{(\w+)\}", self.pattern)
        words = [
            re.escape(part) if i % 2 == 0 else f"(?P<{part}>{_PLACEHOLDERS.get(part, _ANYTHING)})"
            for i, part in enumerate(parts)
        ]
        return re.compile("".join(words))

    def holds(self, unit: str) -> bool:
        """Whether accounts of this rule may hold that unit."""
        family, star, _ = self.unit.partition("*")
        return unit.startswith(family) and len(unit) > len(family) if star else unit == self.unit


@dataclass(frozen=True)
class Chart:
    """All the rules a book is opened with. The ledger itself knows no address; whoever opens the book hands this in."""

    rules: tuple[Rule, ...]
    _known: dict[tuple[str, str], Account] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """The named digest of the rules, in every transaction's text, so that an auditor sees when they changed."""
        return encoding.digest_of([rule.text() for rule in self.rules])

    @cached_property
    def _compiled(self) -> Mapping[str, Sequence[tuple[Rule, re.Pattern[str]]]]:
        """The rules in order, by the family of units that their accounts hold."""
        compiled: dict[str, list[tuple[Rule, re.Pattern[str]]]] = {}
        for rule in self.rules:
            compiled.setdefault(rule.unit.partition(":")[0], []).append((rule, rule.compiled()))
        return compiled

    def account(self, address: str, unit: str) -> Account:
        """The account at an address in a unit, with its floor. Raises UnknownAccount when no rule allows it."""
        known = self._known.get((address, unit))
        if known is None:
            known = self._find(address, unit)
            if len(self._known) > 200_000:
                self._known.clear()
            self._known[address, unit] = known
        return known

    def _find(self, address: str, unit: str) -> Account:
        if len(address) <= 200 and ADDRESS.fullmatch(address) and len(unit) <= 40 and UNIT.fullmatch(unit):
            for rule, pattern in self._compiled.get(unit.partition(":")[0], ()):
                match = pattern.fullmatch(address)
                if match and rule.holds(unit) and _dates_exist(match):
                    return Account(address, unit, _floor(rule, match))
        raise UnknownAccount(address=address, unit=unit)


def _dates_exist(match: re.Match[str]) -> bool:
    try:
        for name, text in match.groupdict().items():
            if name == "date":
                date.fromisoformat(text)
            if name == "month":
                date.fromisoformat(text + "-01")
    except ValueError:
        return False
    return True


def _floor(rule: Rule, match: re.Match[str]) -> int | None:
    if isinstance(rule.floor, str):
        return -int(match[rule.floor])
    return rule.floor
