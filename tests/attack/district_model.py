"""What a district's ledger must hold, told a second time from mission.md and ledger.md: no code of the product.

It imports nothing from `ledger` or `points`. Each verb works out, from a list of what was accepted, what it must write,
and answers with a word: written, again, nothing, or why it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.attack.district_awards import Award, Claim
from tests.attack.district_chart import day_of, exists, floor
from tests.attack.district_merges import Merges
from tests.ledger.model import Model, Movement, Wish

FUND, SHOP, PLACE = "fund/440310001001", "shop/1", "440310001001"
PRICES = {1: 3, 3: 5}
"""Soap and towels: item number and points."""


@dataclass
class District:
    """A community with a fund, a shop and its members. `acts` entries stood before anything happened.

    A closed number is another name of the kept one: what it does is the kept one's, but it is served nothing.
    """

    acts: int
    today: date = date(2018, 7, 4)
    book: Model = field(default_factory=lambda: Model(exists=exists, floor=floor))
    awards: list[Award] = field(default_factory=list)
    line: dict[str, list[Claim]] = field(default_factory=dict)
    merges: Merges = field(init=False)

    def __post_init__(self) -> None:
        self.merges = Merges(self.book)
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
        member, day = self.merges.now(claim.member), claim.day
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
        member = self.merges.now(claim.member)
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
        """What came to closed numbers goes on, lines are paid, awards whose notice has closed vest, debts first; then
        what is past its day expires."""
        self.merges.follow(self.today)
        for month in sorted(self.line):
            self.pay(month)
        passed = [key for key in self._dated("until", "held") if key[1] < self.today and self._held(key[0])]
        self._vest_all([award for award in self.awards if award.points and award.is_due(self.today)])
        for address, _ in sorted(passed):
            moves = [(address, "system/expired", self._held(address), "points")]
            version = self.book.touched()[address, "points"]
            self.post(Wish(f"expire/{address}/{version}", "expire", moves))
        return "swept"

    def _vest_all(self, due: list[Award]) -> None:
        """In rounds: when one settled a debt, or came from a closed number, the same person's next waits a round."""
        due.sort(key=lambda award: award.reference)
        while due:
            held, waits = set[str](), list[Award]()
            for award in due:
                who = self.merges.now(award.member)
                if who in held:
                    waits.append(award)
                    continue
                if self._vest(award, who) or who != award.member:
                    held.add(who)
            due = waits

    def _vest(self, award: Award, who: str) -> int:
        """What is owed is settled first; the answer is how much was."""
        until = date(self.today.year + 1, 12, 31)
        owed = f"member/{who}/owed"
        paid = min(award.points, max(0, -self._held(owed)))
        parts = [(owed, paid), (f"member/{who}/until/{until}", award.points - paid)]
        moves = [(f"member/{who}/noticed", target, part, "points") for target, part in parts if part]
        if not moves or self.post(Wish(f"vest/{award.reference}", "vest", moves)) != "written":
            return 0
        award.until = until
        return paid

    def redeem(self, key: str, member: str, basket: dict[int, int]) -> str:
        """Goods for points, those that expire earliest first."""
        wish = Wish(f"redeem/1/{key}", f"{member} {sorted(basket.items())}", [])
        if any(old.reference == wish.reference for old in self.book.accepted):
            return self.post(wish)
        if self.merges.now(member) != member:
            return "MergedInto"
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
        """Everything goes back where it came from; points from wherever they are now, under whatever number."""
        if award.corrected:
            return "again" if award.corrected == reason else "AlreadyCorrected"
        moves: list[Movement] = []
        theirs, now = f"member/{award.member}/", f"member/{self.merges.now(award.member)}/"
        for source, target, amount, unit in award.movements:
            if unit != "points":
                moves.append((target.replace(theirs, now, 1), source, amount, unit))
            else:
                moves += [(where, source, part, unit) for where, part in self._found(award, amount)]
        if award.until is None:
            self._act(f"vest/{award.reference}")
        award.corrected = reason
        return self.post(Wish(f"reverse/{award.reference}", reason, moves, award.reference))

    def _found(self, award: Award, amount: int) -> list[tuple[str, int]]:
        """Where an award's points are taken from, and what is owed of them."""
        who = self.merges.now(award.member)
        mine, found = f"member/{who}", []
        if award.until is None:
            places = [
                (f"{mine}/noticed", self._held(f"{mine}/noticed")),
                (f"{mine}/disputed", self._held(f"{mine}/disputed")),
            ]
        else:
            vested = f"{mine}/until/{award.until}"
            places = [(vested, self._held(vested))]
            if award.until < self.today:
                names = self.merges.names(who)
                places.append(("system/expired", self.merges.left_expired(names, self.awards, award.until)))
            places += [(a, self._held(a)) for a, _ in reversed(self.purse(who)) if a != vested]
        for address, there in places:
            part = min(amount, max(0, there))
            if part:
                found.append((address, part))
                amount -= part
            award.expired += part if address == "system/expired" else 0
        return [*found, (f"{mine}/owed", amount)] if amount else found

    def post(self, wish: Wish) -> str:
        """Write a wish, or say why not."""
        return self.book.post(wish)[0]

    def purse(self, member: str) -> list[tuple[str, date]]:
        """The accounts that can be spent from today, the earliest day first."""
        mine = [key for key in self._dated("until") if key[0].startswith(f"member/{member}/")]
        return sorted(
            (key for key in mine if key[1] >= self.today and self._held(key[0])), key=lambda key: key[1]
        )

    def summary(self, member: str) -> dict[str, int]:
        """Where a member's points, honour and hours are."""
        mine = f"member/{member}/"
        held = [key for key in self._dated("held") if key[0].startswith(mine)]
        return {
            "spendable": sum(self._held(address) for address, _ in self.purse(member)),
            "noticed": self._held(f"{mine}noticed"),
            "disputed": self._held(f"{mine}disputed"),
            "held": sum(self._held(address) for address, _ in held),
            "owed": max(0, -self._held(f"{mine}owed")),
            "honour": self._held(f"{mine}honour", "honour"),
            "minutes": self._held(f"{mine}hours", "minutes"),
        }

    def _dated(self, *kinds: str) -> list[tuple[str, date]]:
        """The accounts with a day in their address, and that day."""
        touched = [(address, day_of(address)) for address, _ in self.book.touched()]
        return [(address, day) for address, day in touched if day and address.split("/")[2] in kinds]

    def _act(self, reference: str) -> str:
        return self.post(Wish(reference, "act", []))

    def _held(self, address: str, unit: str = "points") -> int:
        return self.book.held(address, unit)

    def _month(self) -> str:
        return f"{self.today:%Y-%m}"
