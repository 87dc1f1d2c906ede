"""The outcome of a verification: what was accepted, what of it waits for money, and what was not decided and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from points.awards.errors import AwardsError, FundEmpty


@dataclass(frozen=True, slots=True)
class Refused:
    """Contributions that still wait, and why: the reason says itself in a sentence."""

    reason: AwardsError
    contributions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it: `accepted` were awarded `points` in all; `nothing` are accepted and worth nothing.

    in_line  accepted as well, by the fund that they wait for: nobody needs to verify them again
    """

    accepted: int = 0
    nothing: int = 0
    returned: int = 0
    points: int = 0
    refused: tuple[Refused, ...] = ()
    in_line: tuple[Refused, ...] = ()


@dataclass
class Tally:
    """The outcome while it is counted."""

    counts: Outcome = field(default_factory=Outcome)
    reasons: dict[str, tuple[AwardsError, list[str]]] = field(default_factory=dict)
    lines: dict[tuple[str, str], tuple[AwardsError, list[str]]] = field(default_factory=dict)

    @property
    def funds(self) -> list[tuple[str, str]]:
        """The community and month of each fund that something was accepted for and waits."""
        return list(self.lines)

    def stand_in_line(self, contribution: str, reason: FundEmpty) -> None:
        """A contribution was accepted and waits for money."""
        fund = (str(reason.facts["community"]), str(reason.facts["month"]))
        self.lines.setdefault(fund, (reason, []))[1].append(contribution)

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
        in_line = tuple(Refused(reason, tuple(each)) for reason, each in self.lines.values())
        return replace(self.counts, refused=refused, in_line=in_line)
