"""Stars by volunteered hours and levels by honour: pure, from a number to where it stands and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

STAR_HOURS = (100, 300, 600, 1000, 1500)
"""Hours of one star to five. Source: 民政部《志愿服务记录办法》(民函〔2012〕340号), the stars of volunteers."""
LEVEL_HONOUR = (200, 600, 1200, 2000, 3000)
"""Honour of level one to five: the hours of the stars at the 2 points an hour that our first rule book gives for
volunteering, so that those who report, mediate or patrol come as far with as much work."""


@dataclass(frozen=True, slots=True)
class Rank:
    """Where somebody stands: `reached` steps of five; `next_at` is the amount of the next one, None after the last."""

    reached: int
    amount: int
    next_at: int | None

    @property
    def left(self) -> int:
        """How much is missing for the next step, 0 after the last."""
        return max(0, (self.next_at or 0) - self.amount)


def star(minutes: int) -> Rank:
    """Stars by volunteered time; the rank is in minutes, and 5,999 of them are not 100 hours."""
    return _rank(minutes, [hours * 60 for hours in STAR_HOURS])


def level(honour: int) -> Rank:
    """The honour level by score. What a correction took back lowers it; what was spent does not."""
    return _rank(honour, LEVEL_HONOUR)


def _rank(amount: int, steps: tuple[int, ...] | list[int]) -> Rank:
    reached = sum(amount >= step for step in steps)
    return Rank(reached, max(0, amount), steps[reached] if reached < len(steps) else None)
