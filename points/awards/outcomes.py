"""The outcome of a verification: what was accepted, and what goes on waiting for which reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from points.awards.errors import AwardsError


@dataclass(frozen=True, slots=True)
class Refused:
    """Contributions that still wait, and why: the reason says itself in a sentence."""

    reason: AwardsError
    contributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: `accepted` were awarded `points` in all; `nothing` are accepted and worth nothing."""

    accepted: int = 0
    nothing: int = 0
    returned: int = 0
    points: int = 0
    refused: tuple[Refused, ...] = ()


@dataclass
class Tally:
    """The outcome while it is counted."""

    counts: Outcome = field(default_factory=Outcome)
    reasons: dict[str, tuple[AwardsError, list[str]]] = field(default_factory=dict)

    def refuse(self, contribution: str, reason: AwardsError) -> None:
        """A contribution goes on waiting; those with the same sentence are grouped."""
        self.reasons.setdefault(str(reason), (reason, []))[1].append(contribution)

    def count(self, *, accepted: int = 0, nothing: int = 0, returned: int = 0, points: int = 0) -> None:
        """Add to the counts."""
        now = self.counts
        self.counts = Outcome(
            now.accepted + accepted, now.nothing + nothing, now.returned + returned, now.points + points
        )

    def outcome(self) -> Outcome:
        """What came of it all."""
        refused = tuple(Refused(reason, tuple(each)) for reason, each in self.reasons.values())
        return replace(self.counts, refused=refused)
