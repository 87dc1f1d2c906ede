"""Caps: the most a member or a household may earn in a period, and what one contribution draws on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Step = dict[str, Any]
"""One step of the arithmetic, of strings and whole numbers; `step` names it, `sentences.arithmetic` says it."""


_LENGTHS = {"day": 10, "month": 7, "year": 4}
"""How much of a day's text names the period it lies in."""


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that may be earned in the day, week, month or year of the event: so many points, or counted minutes.

    `of` is member, or household: then all together who lived in one on the day of the event. Somebody who lived in none
    has only their own caps. What one rule alone names is that rule's own cap.
    """

    id: str
    zh: str
    en: str
    unit: str
    limit: int
    per: str
    of: str = "member"

    def period(self, day: date) -> str:
        """`2018-07-04`, `2018-W27` (ISO 8601: from Monday, named for the year of its Thursday), `2018-07` or `2018`."""
        return period_of(self.per, day)


def period_of(per: str, day: date) -> str:
    """The name of the day, week, month or year that a day lies in, as a cap's account has it."""
    if per == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return day.isoformat()[: _LENGTHS[per]]


@dataclass(frozen=True, slots=True)
class Draw:
    """So much of a cap's limit is used up in a period; minutes or points, as the cap counts.

    `household` is the number of the one whose cap it is, empty for the member's own.
    """

    cap: str
    limit: int
    period: str
    amount: int
    household: str = ""


class Limits:
    """The caps on one contribution, and what it draws on them.

    `used`: (cap, period) → what the member used before; `together`: the same of their household.
    """

    def __init__(
        self,
        day: date,
        caps: Sequence[Cap],
        used: Mapping[tuple[str, str], int],
        *,
        household: str = "",
        together: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.steps: list[Step] = []
        self._day, self._caps, self._household = day, caps, household
        self._used = {"member": used, "household": together or {}}
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
            Draw(
                cap.id,
                cap.limit,
                cap.period(self._day),
                self._drawn[cap.unit],
                self._household if cap.of == "household" else "",
            )
            for cap in self._caps
            if self._drawn.get(cap.unit)
        )

    def _within(self, unit: str, wanted: int) -> int:
        """What is left of `wanted` under every cap of the unit, one after the other."""
        for cap in self._caps:
            if cap.unit == unit and wanted:
                period = cap.period(self._day)
                used = self._used[cap.of].get((cap.id, period), 0)
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
        **({"of": cap.of} if cap.of != "member" else {}),
    }
