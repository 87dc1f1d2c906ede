"""What members did, and what it gave them, as the model of a district remembers it. No code of the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.ledger.model import Movement


@dataclass
class Award:
    """One award and what has become of it. `until`: the last day of what it vested into; `expired`: so much of it was
    taken back from what had expired."""

    reference: str
    member: str
    points: int
    movements: list[Movement]
    closes: date | None = None
    until: date | None = None
    corrected: str | None = None
    expired: int = 0

    def is_due(self, today: date) -> bool:
        """Whether its notice has closed, and nothing became of it yet."""
        return bool(self.closes and self.closes <= today and not (self.until or self.corrected))


@dataclass(frozen=True)
class Claim:
    """What somebody did on a day, as it was accepted."""

    rule: str
    event: str
    member: str
    day: date
    minutes: int

    @property
    def month(self) -> str:
        """The month whose fund pays."""
        return f"{self.day:%Y-%m}"
