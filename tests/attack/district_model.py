"""What a district's ledger must hold, told a second time from mission.md and ledger.md: no code of the product.

It imports nothing from `ledger` or `points`. Each verb works out, from a list of what was accepted, what it must write,
and answers with a word: written, again, nothing, or why it is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.ledger.model import Model, Movement, Wish

FUND, SHOP, PLACE = "fund/440310001001", "shop/1", "440310001001"
PRICES = {1: 3, 3: 5}
"""Soap and towels: item number and points."""
_ID, _DAY = r"[0-9A-Za-z._-]+", r"\d{4}-\d{2}-\d{2}"
ACCOUNTS: list[tuple[str, str, int | None]] = [
    (r"system/issued", r"points", None),
    (r"system/expired", r"points", 0),
    (r"system/honour", r"honour", None),
    (r"system/hours", r"minutes", None),
    (r"system/caps", r"cap", None),
    (r"system/goods", r"item:.+", None),
    (r"system/(lost|handed-out)", r"item:.+", 0),
    (rf"fund/{_ID}/\d{{4}}-\d{{2}}", r"points", 0),
    (rf"member/{_ID}/(noticed|disputed|until/{_DAY}|held/{_DAY})", r"points", 0),
    (rf"member/{_ID}/owed", r"points", None),
    (rf"member/{_ID}/honour", r"honour", None),
    (rf"member/{_ID}/hours", r"minutes", None),
    (rf"shop/{_ID}/(stock|held|coming)", r"item:.+", 0),
    (rf"shop/{_ID}/(taken|settled)", r"points", 0),
    (rf"(household|team|studio)/{_ID}/(noticed|disputed|until/{_DAY})", r"points", 0),
    (rf"household/{_ID}/held/{_DAY}", r"points", 0),
    (rf"(household|team|studio)/{_ID}/owed", r"points", None),
    (rf"(household|team|studio)/{_ID}/honour", r"honour", None),
    (rf"care/{_ID}/until/{_DAY}", r"points", 0),
]
CAP = re.compile(rf"(member|household|team|studio)/{_ID}/cap/{_ID}:(?P<limit>[1-9]\d*)/{_ID}")


def floor(address: str, unit: str) -> int | None:
    """How low an account may fall; None: as low as it likes."""
    cap = CAP.fullmatch(address)
    if cap and unit == "cap":
        return -int(cap["limit"])
    return next(low for where, what, low in ACCOUNTS if _is(where, address) and _is(what, unit))


def exists(address: str, unit: str) -> bool:
    """Whether there may be such an account."""
    return bool(CAP.fullmatch(address) and unit == "cap") or any(
        _is(where, address) and _is(what, unit) for where, what, _ in ACCOUNTS
    )


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


@dataclass
class Award:
    """One award and what has become of it. `until`: the last day of what it vested into."""

    reference: str
    member: str
    points: int
    movements: list[Movement]
    closes: date | None = None
    until: date | None = None
    corrected: str | None = None


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


@dataclass
class District:
    """A community with a fund, a shop and its members. `acts` entries stood before anything happened."""

    acts: int
    today: date = date(2018, 7, 4)
    book: Model = field(default_factory=lambda: Model(exists=exists, floor=floor))
    awards: list[Award] = field(default_factory=list)
    expired_taken: dict[str, int] = field(default_factory=dict)
    line: dict[str, list[Claim]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number in range(self.acts):
            self._act(f"before/{number}")

    def allocate(self, key: str, points: int) -> str:
        """Points for this month's fund, by one person once; who waits for it is paid."""
        month = self._month()
        reference = f"allocate/{month}/{PLACE}/{key}"
        known = any(old.reference == reference for old in self.book.accepted)
        if not known and (f"{FUND}/{month}", "points") in self.book.touched():
            return "AllocatedBefore"
        moves = [("system/issued", f"{FUND}/{month}", points, "points")]
        said = self.post(Wish(reference, str(points), moves))
        if said in ("written", "again"):
            self.pay(month)
        return said

    def report(self, event: str, member: str) -> str:
        """Two points, within ten a day and sixty a month."""
        return self._accept(Claim("report", event, member, self.today, 0))

    def serve(self, event: str, member: str, minutes: int) -> str:
        """Two points for each hour, of at most four hours a day."""
        return self._accept(Claim("service", event, member, self.today, minutes))

    def _accept(self, claim: Claim) -> str:
        """Awarded at once, or remembered while somebody waits for that month's fund, or it is short."""
        points, minutes, _ = worth = self._worth(claim)
        if not points and not minutes:
            return "nothing"
        line = self.line.setdefault(claim.month, [])
        if points and (line or points > self._held(f"{FUND}/{claim.month}")):
            line.append(claim)
            self.pay(claim.month)
            return "FundEmpty"
        return self._award(claim, worth)

    def pay(self, month: str) -> None:
        """Those in line, the first first, until one does not fit; what comes to no points by now does not wait."""
        waiting, self.line[month] = self.line.get(month, []), []
        for claim in waiting:
            points, minutes, _ = worth = self._worth(claim)
            if points and (self.line[month] or points > self._held(f"{FUND}/{month}")):
                self.line[month].append(claim)
            elif points or minutes:
                self._award(claim, worth)

    def _worth(self, claim: Claim) -> tuple[int, int, list[tuple[str, int]]]:
        """Points, minutes, and what is drawn on which cap, as the caps stand now."""
        member, day = claim.member, claim.day
        if claim.rule == "report":
            caps = {
                f"member/{member}/cap/report-day:10/{day}": 10,
                f"member/{member}/cap/report-month:60/{claim.month}": 60,
            }
            points = min(2, *(limit + self._held(cap, "cap") for cap, limit in caps.items()))
            return points, 0, [(cap, points) for cap in caps]
        cap = f"member/{member}/cap/service-day:240/{day}"
        counted = min(claim.minutes, 240 + self._held(cap, "cap"))
        return counted * 2 // 60, counted, [(cap, counted)]

    def _award(self, claim: Claim, worth: tuple[int, int, list[tuple[str, int]]]) -> str:
        points, minutes, caps = worth
        member = claim.member
        whole = [
            (f"{FUND}/{claim.month}", f"member/{member}/noticed", points, "points"),
            ("system/honour", f"member/{member}/honour", points, "honour"),
            ("system/hours", f"member/{member}/hours", minutes, "minutes"),
            *((cap, "system/caps", drawn, "cap") for cap, drawn in caps),
        ]
        moves = [move for move in whole if move[2]]
        reference = f"award/{claim.day}/{claim.event}/{member}/{claim.rule}"
        self.awards.append(Award(reference, member, points, moves))
        return self.post(Wish(reference, "verified", moves))

    def publish(self, days: int) -> str:
        """A notice of every award that is on none."""
        new = [award for award in self.awards if award.closes is None and award.corrected is None]
        for award in new:
            award.closes = self.today + timedelta(days=days)
        return self._act(f"notice/{len(self.book.accepted)}") if new else "nothing"

    def sweep(self) -> str:
        """Lines are paid; awards whose notice has closed vest, debts first; then what is past its day expires."""
        for month in sorted(self.line):
            self.pay(month)
        passed = [key for key in self._dated("until", "held") if key[1] < self.today and self._held(key[0])]
        for award in sorted(self.awards, key=lambda each: each.reference):
            if award.closes and award.closes <= self.today and not (award.until or award.corrected):
                self._vest(award)
        for address, _ in sorted(passed):
            moves = [(address, "system/expired", self._held(address), "points")]
            version = self.book.touched()[address, "points"]
            self.post(Wish(f"expire/{address}/{version}", "expire", moves))
        return "swept"

    def _vest(self, award: Award) -> None:
        until = date(self.today.year + 1, 12, 31)
        owed = f"member/{award.member}/owed"
        paid = min(award.points, max(0, -self._held(owed)))
        parts = [(owed, paid), (f"member/{award.member}/until/{until}", award.points - paid)]
        moves = [(f"member/{award.member}/noticed", target, part, "points") for target, part in parts if part]
        if moves and self.post(Wish(f"vest/{award.reference}", "vest", moves)) == "written":
            award.until = until

    def redeem(self, key: str, member: str, basket: dict[int, int]) -> str:
        """Goods for points, those that expire earliest first."""
        wish = Wish(f"redeem/1/{key}", f"{member} {sorted(basket.items())}", [])
        if any(old.reference == wish.reference for old in self.book.accepted):
            return self.post(wish)
        left = sum(PRICES[item] * count for item, count in basket.items())
        if left > sum(self._held(address) for address, _ in self.purse(member)):
            return "NotEnough"
        for item, count in sorted(basket.items()):
            wish.movements.append((f"{SHOP}/stock", "system/handed-out", count, f"item:{item}"))
        for address, _ in self.purse(member):
            part = min(left, self._held(address))
            left -= part
            if part:
                wish.movements.append((address, f"{SHOP}/taken", part, "points"))
        said = self.post(wish)
        return "OutOfStock" if said == "BelowFloor" else said

    def correct(self, award: Award, reason: str) -> str:
        """Everything goes back where it came from; points from wherever they are now."""
        if award.corrected:
            return "again" if award.corrected == reason else "AlreadyCorrected"
        moves: list[Movement] = []
        for source, target, amount, unit in award.movements:
            if unit != "points":
                moves.append((target, source, amount, unit))
            else:
                moves += [(where, source, part, unit) for where, part in self._found(award, amount)]
        if award.until is None:
            self._act(f"vest/{award.reference}")
        award.corrected = reason
        return self.post(Wish(f"reverse/{award.reference}", reason, moves, award.reference))

    def _found(self, award: Award, amount: int) -> list[tuple[str, int]]:
        """Where an award's points are taken from, and what is owed of them."""
        mine, found = f"member/{award.member}", []
        if award.until is None:
            places = [
                (f"{mine}/noticed", self._held(f"{mine}/noticed")),
                (f"{mine}/disputed", self._held(f"{mine}/disputed")),
            ]
        else:
            vested = f"{mine}/until/{award.until}"
            places = [(vested, self._held(vested))]
            if award.until < self.today:
                places.append(("system/expired", self._expired(vested)))
            places += [(a, self._held(a)) for a, _ in reversed(self.purse(award.member)) if a != vested]
        for address, there in places:
            part = min(amount, there)
            if part:
                found.append((address, part))
                amount -= part
            if part and address == "system/expired":
                self.expired_taken[vested] = self.expired_taken.get(vested, 0) + part
        return [*found, (f"{mine}/owed", amount)] if amount else found

    def _expired(self, address: str) -> int:
        moved = [
            m for wish in self.book.accepted for m in wish.movements if m[:2] == (address, "system/expired")
        ]
        return sum(m[2] for m in moved) - self.expired_taken.get(address, 0)

    def post(self, wish: Wish) -> str:
        """Write a wish, or say why not."""
        return self.book.post(wish)[0]

    def purse(self, member: str) -> list[tuple[str, date]]:
        """The accounts that can be spent from today, the earliest day first."""
        mine = [key for key in self._dated("until") if key[0].startswith(f"member/{member}/")]
        return sorted(
            (key for key in mine if key[1] >= self.today and self._held(key[0])), key=lambda key: key[1]
        )

    def _dated(self, *kinds: str) -> list[tuple[str, date]]:
        """The accounts with a day in their address, and that day."""
        found = []
        for address, _ in self.book.touched():
            parts = address.split("/")
            if len(parts) == 4 and parts[2] in kinds:
                found.append((address, date.fromisoformat(parts[3])))
        return found

    def _act(self, reference: str) -> str:
        return self.post(Wish(reference, "act", []))

    def _held(self, address: str, unit: str = "points") -> int:
        return self.book.held(address, unit)

    def _month(self) -> str:
        return f"{self.today:%Y-%m}"
