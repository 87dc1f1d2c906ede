"""What is decided on: an event with the contributions to it, and what was decided of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Repetition:
    """The event repeats `of_event`; ordinal 1 is the first repeat."""

    of_event: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Doing:
    """A contribution: who did what. `decided` is accepted, returned or empty; `awarded` what it was given then.

    `on_duty` is the role of somebody who is paid for just this, or empty; `parts` how much of a pool they claim;
    `household` and `teams` the numbers of where they lived and what they were in on the day of the event; `rule` is
    the one it was given something by, empty before and when it was nothing.
    """

    id: str
    member: str
    member_kind: str
    role: str
    minutes: int | None = None
    outcome: str | None = None
    decided: str = ""
    awarded: int = 0
    on_duty: str = ""
    parts: int = 1
    household: str = ""
    teams: frozenset[str] = frozenset()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An event with all its contributions. `day` is its day in the book's zone, `community` the one whose fund pays.

    `lane` is the last one it was sent down, `campaign` the key of the one it belongs to, `studio` the
    number of the one that mediated; empty: none.
    """

    event: str
    day: date
    community: str
    kind: str
    category: str
    type_name: str
    severity: str
    found_first: bool
    contributions: tuple[Doing, ...]
    repeat: Repetition | None = None
    lane: str = ""
    campaign: str = ""
    studio: str = ""

    @property
    def month(self) -> str:
        """The month whose fund pays: that of the event."""
        return self.day.isoformat()[:7]

    def awarded(self, contribution: str, points: int) -> Case:
        """The case after one of its contributions was given points."""
        return replace(
            self,
            contributions=tuple(
                replace(each, awarded=points) if each.id == contribution else each
                for each in self.contributions
            ),
        )

    def waiting_for_money(self, contribution: str) -> Case:
        """The case when one of its contributions was accepted, but the fund cannot pay it yet: it is counted all the
        same by rules that count people."""
        return replace(
            self,
            contributions=tuple(
                replace(each, decided="accepted") if each.id == contribution else each
                for each in self.contributions
            ),
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """A contribution is accepted, or returned for a reason, perhaps with a note that can be erased."""

    contribution: str
    accepted: bool
    reason: str | None = None
    note: str = ""
