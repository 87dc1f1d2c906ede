"""What moves when two numbers become one: pure, from the balances of both to postings, and to figures to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.statements import Balance, Key
from ledger.transactions import Posting
from points import chart

ON_NOTICE = ("noticed", "disputed")
AT_ONCE = 200
"""Postings in one entry: an entry holds 256, and taking it back may need a few more than it had."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a merge brings to the kept number, in points, honour and minutes. `days`: spendable, by their last day.

    `owed` is what the closed number still owes, as a positive number; `counters` how many limits count on.
    """

    days: tuple[tuple[date, int], ...] = ()
    noticed: int = 0
    held: int = 0
    owed: int = 0
    honour: int = 0
    minutes: int = 0
    counters: int = 0

    @property
    def spendable(self) -> int:
        """What can be spent."""
        return sum(amount for _, amount in self.days)

    @property
    def points(self) -> int:
        """All the points that change hands, whether they can be spent yet or not."""
        return self.spendable + self.noticed + self.held


def between(
    kept: str, gone: str, theirs: Sequence[Balance], mine: Mapping[Key, int], on: date
) -> tuple[Posting, ...]:
    """The postings that bring every balance of `gone` to `kept`, points first, day for day.

    `theirs` are the accounts of `gone`, `mine` balances of `kept`. What it drew on a limit is drawn by `kept`, as much
    as the limit still allows: then `kept` has used all of it, and nobody earns twice by having had two numbers. What
    has passed its day stays for the sweep.
    """
    found = []
    for one in sorted(theirs, key=_order):
        target = moved(one.address, gone, kept)
        day = chart.read_until(one.address) or _read_held(one.address)
        amount = _drawn(one, mine.get((target, one.unit), 0)) if one.unit == chart.CAP else one.balance
        if amount > 0 and (day is None or day >= on):
            found.append(Posting(one.address, target, amount, one.unit))
        elif amount < 0:
            found.append(Posting(target, one.address, -amount, one.unit))
    return tuple(found)


def moved(address: str, gone: str, kept: str) -> str:
    """The account of `kept` that answers to one of `gone`."""
    return f"member/{kept}/{address.removeprefix(f'member/{gone}/')}"


def figures(gone: str, postings: Sequence[Posting]) -> Figures:
    """The same postings, to read."""
    totals: dict[str, int] = {}
    days: dict[date, int] = {}
    for each in postings:
        mine, sign = (each.source, 1) if each.source.startswith(f"member/{gone}/") else (each.target, -1)
        what = mine.split("/")[2]
        totals[what] = totals.get(what, 0) + (1 if what == "cap" else sign * each.amount)
        if day := chart.read_until(mine):
            days[day] = days.get(day, 0) + each.amount
    return Figures(
        days=tuple(sorted(days.items())),
        noticed=sum(totals.get(what, 0) for what in ON_NOTICE),
        held=totals.get("held", 0),
        owed=-totals.get("owed", 0),
        honour=totals.get("honour", 0),
        minutes=totals.get("hours", 0),
        counters=totals.get("cap", 0),
    )


def parts(postings: Sequence[Posting]) -> list[tuple[Posting, ...]]:
    """The postings of each entry; one, unless somebody drew on very many limits."""
    return [tuple(postings[at : at + AT_ONCE]) for at in range(0, len(postings), AT_ONCE)]


def _order(one: Balance) -> tuple[bool, str]:
    return one.unit != chart.POINTS, one.address


def _drawn(one: Balance, mine: int) -> int:
    """What of a limit moves: below zero is what was drawn, above it what a correction gave back."""
    return max(one.balance, min(0, (one.floor or 0) - mine)) if one.balance < 0 else one.balance


def _read_held(address: str) -> date | None:
    _, mark, day = address.partition("/held/")
    return date.fromisoformat(day) if mark else None
