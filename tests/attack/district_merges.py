"""What merging two numbers must do to a district's ledger, told a second time: no code of the product.

Closing a number brings everything to the kept one, each thing to where that has the same: points day for day, what is
on notice, frozen or set aside, honour, hours, and what is owed. Of a limit as much counts on as there is room for: the
kept number has then used all of it, and the rest goes on standing with the closed one. What has passed its day stays,
for the sweep. From then on the closed number is another name of the kept one, and so on along a chain.

What comes to a closed number all the same goes the same way at the next sweep, a step of the chain at a time.

It is taken back by the exact negative of every entry that brought something, the later of a chain first. What was on
notice and has vested since goes back as what can be spent, until the same day. It is refused when something of it is
spent, expired, or paid what was owed; when an award of the closed number was corrected meanwhile, or one of the kept
number's with what had expired of the closed one's.

Two people it takes for those who do not look alike, and for more than 500 points: in one merge, of one person in a day,
or for one kept number in a month. What was large enough by itself to need two is not counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.attack.district_awards import Award
from tests.attack.district_chart import day_of, floor
from tests.ledger.model import Model, Movement, Wish

STAFF, WORKING, CLERKS = {"S-0001"}, {"S-0001", "S-0007"}, {"S-0001", "S-0007"}
HOMES = {"V-000004": "H-000001", "S-0007": "H-000001"}
KNOWN = {"V-000001", "V-000002", "V-000003", "V-000004", "S-0001", "S-0003", "S-0007"}
ALIKE = {"V-000001", "V-000002"}
ALONE_AT_MOST, LAPSES = 500, timedelta(days=3)


@dataclass
class Merge:
    """A merge: `first` is the position of its first entry, `brought` the points in that."""

    kept: str
    gone: str
    key: str
    by: str
    on: date
    first: int
    brought: int
    stands: bool = True


@dataclass(frozen=True)
class Request:
    """Somebody asked that two numbers be merged, when so many points would move."""

    kept: str
    gone: str
    points: int
    by: str
    on: date


@dataclass
class Merges:
    """Which numbers are one person's, and every merge that ever was."""

    book: Model
    made: list[Merge] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def now(self, number: str) -> str:
        """The number that a number is known by."""
        after = next((each.kept for each in self.made if each.stands and each.gone == number), None)
        return self.now(after) if after else number

    def names(self, number: str) -> list[str]:
        """A number and every closed one that leads to it, itself first."""
        before = [each.gone for each in self.made if each.stands and each.kept == number]
        return [number, *(name for each in before for name in self.names(each))]

    def ask(self, kept: str, gone: str, *, by: str, key: str, on: date) -> str:
        """One person asks, for another to carry out."""
        if refused := self._refused(kept, gone, by):
            return refused
        self.requests.append(Request(kept, gone, _points(gone, self._between(kept, gone, on)), by, on))
        return self.book.post(Wish(f"merge-asked/{kept}/{key}", "asked", []))[0]

    def merge(self, kept: str, gone: str, *, by: str, reason: str, key: str, on: date) -> str:
        """Close a number, or say why not."""
        if reason not in {"twice", "phone", "list"}:
            return "BadMergeReason"
        if any((each.kept, each.gone, each.key) == (kept, gone, key) for each in self.made):
            return "again"
        if refused := self._refused(kept, gone, by):
            standing = any((e.kept, e.gone) == (kept, gone) and e.stands for e in self.made)
            return "again" if refused == "MergedInto" and standing else refused
        moves = self._between(kept, gone, on)
        points = _points(gone, moves)
        if self._takes_two(kept, gone, points, by, on) and not self._asked_by_other(
            kept, gone, points, by, on
        ):
            return "MergeNeedsOther"
        self.made.append(
            Merge(kept, gone, key, by, on, len(self.book.accepted), _points(gone, moves, owed=True))
        )
        return self._post([self._step(gone, moves), self._step(kept, [])])

    def undo(self, merge: Merge, awards: Sequence[Award], *, by: str) -> str:
        """Take a merge back, or say why not."""
        theirs = [award for award in awards if award.member in self.names(merge.gone)]
        why = {
            "NotAllowed": by not in CLERKS,
            "again": not merge.stands,
            "MergedInto": self.now(merge.kept) != merge.kept,
            "MergeCorrected": any(self._since(merge, f"reverse/{award.reference}") for award in theirs)
            or self._drew_on_expired(merge, awards),
        }
        if refused := next((word for word, is_so in why.items() if is_so), None):
            return refused
        vested = self._vested_since(merge, theirs)
        entries = [
            wish
            for wish in self.book.accepted[merge.first :]
            if wish.reference.startswith(f"merge/{merge.gone}/") and wish.movements
        ]
        backs = [self._back(merge, wish.movements, vested) for wish in entries]
        if self._was_settled(merge, [move for back in backs for move in back]):
            return "MergeSpent"
        said = self._post(self._undoing(merge, entries, backs))
        merge.stands = said != "written"
        return "MergeSpent" if said == "BelowFloor" else said

    def follow(self, on: date) -> None:
        """What stands on closed numbers goes on, the far end of each chain first."""
        far = sorted((m for m in self.made if m.stands), key=lambda m: -self._steps_left(m.gone))
        for merge in far:
            if moves := self._between(merge.kept, merge.gone, on):
                self._post([self._step(merge.gone, moves)])

    def _refused(self, kept: str, gone: str, by: str) -> str | None:
        """Why these two may not be merged by somebody, in the order in which it is said."""
        homes = {HOMES.get(kept), HOMES.get(gone)} - {None}
        why = {
            "UnknownMember": not {kept, gone} <= KNOWN,
            "SameMember": kept == gone,
            "NotAllowed": by not in CLERKS,
            "StaffMerge": bool({kept, gone} & STAFF),
            "OwnMerge": by in {kept, gone} or HOMES.get(by) in homes,
            "MergedInto": self.now(kept) != kept or self.now(gone) != gone,
            "WorksStill": gone in WORKING,
            "HomesDiffer": gone in HOMES and HOMES[gone] != HOMES.get(kept),
        }
        return next((word for word, is_so in why.items() if is_so), None)

    def _between(self, kept: str, gone: str, on: date) -> list[Movement]:
        """What moves when a number is closed, or comes to it later: points first."""
        moves = []
        for (address, unit), there in sorted(
            self.book.balances().items(), key=lambda each: (each[0][1] != "points", each[0])
        ):
            if not address.startswith(f"member/{gone}/") or not there:
                continue
            other, day = address.replace(gone, kept, 1), day_of(address)
            room = self.book.held(other, unit) - (floor(other, unit) or 0)
            amount = max(there, -room) if unit == "cap" else there
            if amount > 0 and (day is None or day >= on):
                moves.append((address, other, amount, unit))
            elif amount < 0:
                moves.append((other, address, -amount, unit))
        return moves

    def _takes_two(self, kept: str, gone: str, points: int, by: str, on: date) -> bool:
        small = [each for each in self.made if each.brought <= ALONE_AT_MOST]
        mine = sum(each.brought for each in small if (each.by, each.on) == (by, on))
        theirs = sum(
            each.brought
            for each in small
            if each.kept == kept and (each.on.year, each.on.month) == (on.year, on.month)
        )
        return {kept, gone} != ALIKE or points + max(mine, theirs) > ALONE_AT_MOST

    def _asked_by_other(self, kept: str, gone: str, points: int, by: str, on: date) -> bool:
        """Whether the last who asked for just this, lately, was somebody else."""
        lately = [
            each.by
            for each in self.requests
            if (each.kept, each.gone, each.points) == (kept, gone, points) and on - each.on <= LAPSES
        ]
        return bool(lately) and lately[-1] != by

    def _step(self, number: str, moves: list[Movement], reverses: str | None = None) -> Wish:
        """The next thing that merging does to a number."""
        before = sum(wish.reference.startswith(f"merge/{number}/") for wish in self.book.accepted)
        return Wish(f"merge/{number}/{before + 1}", "merge", moves, reverses)

    def _post(self, wishes: list[Wish]) -> str:
        return self.book.post_together(wishes)[0][0]

    def _since(self, merge: Merge, reference: str) -> bool:
        return any(wish.reference == reference for wish in self.book.accepted[merge.first :])

    def _vested_since(self, merge: Merge, theirs: Sequence[Award]) -> dict[date, int]:
        """How many points of the closed number's awards vested since, by their last day, the earliest first."""
        found: dict[date, int] = {}
        for award in theirs:
            if award.until and self._since(merge, f"vest/{award.reference}"):
                found[award.until] = found.get(award.until, 0) + award.points
        return dict(sorted(found.items()))

    def left_expired(self, names: Sequence[str], awards: Sequence[Award], day: date) -> int:
        """What expired of some numbers with a day, less what corrections of their awards took of it."""
        places = {f"member/{name}/until/{day}" for name in names}
        expired = sum(
            amount
            for wish in self.book.accepted
            for source, target, amount, _ in wish.movements
            if source in places and target == "system/expired"
        )
        return expired - sum(each.expired for each in awards if each.member in names and each.until == day)

    def _drew_on_expired(self, merge: Merge, awards: Sequence[Award]) -> bool:
        """Whether corrections of the kept number's awards took what had expired of the closed one's."""
        theirs = self.names(merge.gone)
        mine = [name for name in self.names(merge.kept) if name not in theirs]
        days = {award.until for award in awards if award.expired and award.until}
        return any(self.left_expired(mine, awards, day) < 0 for day in days)

    def _back(self, merge: Merge, moves: list[Movement], vested: dict[date, int]) -> list[Movement]:
        """An entry the other way round; what was on notice from where it vested, which uses up `vested`."""
        back = []
        for source, target, amount, unit in moves:
            left = amount
            for day, there in vested.items() if source == f"member/{merge.gone}/noticed" else ():
                part = min(left, there)
                vested[day], left = there - part, left - part
                if part:
                    back.append((f"member/{merge.kept}/until/{day}", source, part, unit))
            if left:
                back.append((target, source, left, unit))
        return back

    def _was_settled(self, merge: Merge, back: list[Movement]) -> bool:
        """What the closed number owed must still be owed, by the kept one."""
        owed = f"member/{merge.kept}/owed"
        again = sum(amount for _, target, amount, _ in back if target == owed)
        return again > 0 and self.book.held(owed, "points") > -again

    def _undoing(self, merge: Merge, entries: list[Wish], backs: list[list[Movement]]) -> list[Wish]:
        """Every entry back; what vested since until its day; and that the kept number is one again."""
        noticed = f"member/{merge.gone}/noticed"
        spendable = [
            (noticed, source.replace(merge.kept, merge.gone, 1), amount, unit)
            for back in backs
            for source, target, amount, unit in back
            if target == noticed and "/until/" in source
        ]
        moved = [(back, entry.reference) for back, entry in zip(backs, entries, strict=True)]
        moved += [(spendable, None)] if spendable else []
        wishes = []
        before = self._step(merge.gone, []).reference.rsplit("/", 1)
        for number, (moves, reverses) in enumerate(moved, int(before[1])):
            wishes.append(Wish(f"{before[0]}/{number}", "unmerge", moves, reverses))
        return [*wishes, self._step(merge.kept, [])]

    def _steps_left(self, number: str) -> int:
        after = next((each.kept for each in self.made if each.stands and each.gone == number), None)
        return 1 + self._steps_left(after) if after else 0


def _points(gone: str, moves: list[Movement], *, owed: bool = False) -> int:
    """The points that a closed number brings; what it owes is none of them."""
    return sum(
        amount
        for source, _, amount, unit in moves
        if unit == "points"
        and source.startswith(f"member/{gone}/")
        and (owed or not source.endswith("/owed"))
    )
