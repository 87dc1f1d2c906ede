"""The ledger's law written a second time, as simply as it can be: a list of what was accepted, added up from the start.

It shares no code with the ledger, not even its errors: an answer is (word, position).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

Movement = tuple[str, str, int, str]
"""Source, target, amount, unit."""


def exists(address: str, unit: str) -> bool:
    """Whether the tests' chart has the account: the bank holds everything, caps only caps, boxes all else."""
    if address == "bank":
        return True
    return ("/cap/" in address) == (unit == "cap") and address.startswith("box/")


def floor(address: str, unit: str) -> int | None:
    """How low it may fall."""
    if address == "bank" or unit == "honour":
        return None
    return -int(address.split(":")[1].split("/", maxsplit=1)[0]) if unit == "cap" else 0


@dataclass
class Wish:
    """What a model is asked for."""

    reference: str
    request: str
    movements: list[Movement]
    reverses: str | None = None


@dataclass
class Model:
    """Accepted wishes, in order; a wish's position is its place in the list.

    exists, floor   the chart: whether it has an account of an address and a unit, and how low that may fall
    """

    accepted: list[Wish] = field(default_factory=list)
    exists: Callable[[str, str], bool] = exists
    floor: Callable[[str, str], int | None] = floor

    def post(self, wish: Wish) -> tuple[str, int]:
        """Accept or refuse one wish."""
        for place, old in enumerate(self.accepted, 1):
            if old.reference == wish.reference:
                return ("again" if old.request == wish.request else "ReferenceConflict", place)
        word = self._wrong_with_reversal(wish) or self._wrong_with_movements(wish)
        if word:
            return (word, 0)
        self.accepted.append(wish)
        return ("written", len(self.accepted))

    def post_together(self, wishes: list[Wish]) -> list[tuple[str, int]]:
        """Accept all, or none: then every answer is the first refusal."""
        before, answers = list(self.accepted), []
        for wish in wishes:
            answers.append(self.post(wish))
            if answers[-1][0] not in {"written", "again"}:
                self.accepted = before
                return [answers[-1]] * len(wishes)
        return answers

    def held(self, address: str, unit: str) -> int:
        """What an account holds: what came in less what went out, since the beginning."""
        moves = [m for wish in self.accepted for m in wish.movements if m[3] == unit]
        return sum(m[2] for m in moves if m[1] == address) - sum(m[2] for m in moves if m[0] == address)

    def balances(self) -> dict[tuple[str, str], int]:
        """What every account that was ever touched holds."""
        total: Counter[tuple[str, str]] = Counter()
        for wish in self.accepted:
            for source, target, amount, unit in wish.movements:
                total[source, unit] -= amount
                total[target, unit] += amount
        return dict(total)

    def touched(self) -> Counter[tuple[str, str]]:
        """How many movements touched each account."""
        return Counter(
            (address, unit)
            for wish in self.accepted
            for source, target, _, unit in wish.movements
            for address in (source, target)
        )

    def _wrong_with_reversal(self, wish: Wish) -> str | None:
        if wish.reverses is None:
            return None
        originals = [old for old in self.accepted if old.reference == wish.reverses]
        if not originals:
            return "NothingToReverse"
        if any(old.reverses == wish.reverses for old in self.accepted):
            return "AlreadyReversed"
        gave, back = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for source, _, amount, unit in originals[0].movements:
            gave[source, unit] += amount
        for _, target, amount, unit in wish.movements:
            back[target, unit] += amount
        return None if gave == back else "NotItsReversal"

    def _wrong_with_movements(self, wish: Wish) -> str | None:
        change: Counter[tuple[str, str]] = Counter()
        for source, target, amount, unit in wish.movements:
            if amount <= 0 or source == target:
                return "BadDraft"
            if not (self.exists(source, unit) and self.exists(target, unit)):
                return "UnknownAccount"
            change[source, unit] -= amount
            change[target, unit] += amount
            lowest = self.floor(source, unit)
            if lowest is not None and self.held(source, unit) + change[source, unit] < lowest:
                return "BelowFloor"
        return None
