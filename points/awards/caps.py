"""Caps: the most a member may earn in a day or a month, and what one contribution draws on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Step = dict[str, Any]
"""One step of the arithmetic, of strings and whole numbers; `step` names it, `sentences.arithmetic` says it."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a member may earn in a day or a month of the event: so many points, or so many counted minutes."""

    id: str
    zh: str
    en: str
    unit: str
    limit: int
    per: str

    def period(self, day: date) -> str:
        """`2018-07-04` or `2018-07`."""
        return day.isoformat() if self.per == "day" else f"{day:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Draw:
    """So much of a cap's limit is used up in a period; minutes or points, as the cap counts."""

    cap: str
    limit: int
    period: str
    amount: int


class Limits:
    """The caps on one contribution, and what it draws on them. `used`: (cap, period) → what the member used before."""

    def __init__(self, day: date, caps: Sequence[Cap], used: Mapping[tuple[str, str], int]) -> None:
        self.steps: list[Step] = []
        self._day, self._caps, self._used = day, caps, used
        self._drawn: dict[str, int] = {}

    def minutes(self, wanted: int) -> int:
        """How many minutes of `wanted` count."""
        return self._within("minutes", wanted)

    def points(self, wanted: int) -> int:
        """How many points of `wanted` are given."""
        return self._within("points", wanted)

    def draws(self) -> tuple[Draw, ...]:
        """What this contribution uses up of each cap."""
        return tuple(
            Draw(cap.id, cap.limit, cap.period(self._day), self._drawn[cap.unit])
            for cap in self._caps
            if self._drawn.get(cap.unit)
        )

    def _within(self, unit: str, wanted: int) -> int:
        """What is left of `wanted` under every cap of the unit, one after the other."""
        for cap in self._caps:
            if cap.unit == unit and wanted:
                period = cap.period(self._day)
                used = self._used.get((cap.id, period), 0)
                got = min(wanted, max(0, cap.limit - used))
                self.steps.append(_cap_step(cap, period, used, wanted, got))
                wanted = got
        self._drawn[unit] = wanted
        return wanted


def _cap_step(cap: Cap, period: str, used: int, wanted: int, got: int) -> Step:
    return {
        "step": "cap",
        "cap": cap.id,
        "unit": cap.unit,
        "per": cap.per,
        "period": period,
        "limit": cap.limit,
        "used": used,
        "wanted": wanted,
        "got": got,
    }
