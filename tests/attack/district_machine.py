"""A district lives at random, twice: by the product's verbs in a real book, and in the model. Both must stay the same.

    python -m tests.attack.district_machine

runs the same examples each time, on an embedded book, for the faults that are planted.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from points.awards import funds, vesting
from points.market import deliveries
from points.openness import notices
from points.people.twice import merging
from tests.attack.district_book import COUNTER, MEMBERS, NEIGHBOUR, V1, V2, V3, gathered
from tests.attack.district_life import Life
from tests.attack.district_model import FUND, SHOP
from tests.ledger.model import Wish
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LIUHE, PUBLISHER, VERIFIER

YEAR_END = 0
PAIRS = [(V1, V2), (V1, V2), (V2, V1), (V3, V1), (V1, V3), (V2, V3)]
"""Which number is kept, and which closed: most often the two that look like one person's."""
WRONG = [
    (V1, V1, ADMIN),
    (V1, "V-999999", ADMIN),
    (V1, V2, VERIFIER),
    *[(V1, ADMIN, COUNTER), (V1, COUNTER, COUNTER), (V1, COUNTER, ADMIN)],
    *[(V1, NEIGHBOUR, COUNTER), (V1, NEIGHBOUR, ADMIN)],
]
"""Oneself, nobody, no clerk, staff, one's own number, one who works, one's household, two homes."""


class Machine(Life):
    """Each rule does one thing in both worlds and compares what they say; after each, everything is compared."""

    @initialize()
    def begin(self) -> None:
        """A town on New Year's Day: some goods, and members whose points end with this year and the next."""
        self.settle()
        self.deliver(1, 6)
        self.deliver(3, 2)
        for member in MEMBERS:
            self.earn(member)
        self.days_pass(YEAR_END)
        self.days_pass(1)
        for member in MEMBERS:
            self.earn(member)

    @rule(member=st.sampled_from(MEMBERS))
    def earn(self, member: str) -> None:
        """The next day's service from beginning to end: funded, verified, on a notice that closes at once, vested."""
        self.days_pass(1)
        self.allocate("1", 50)
        self.serve(member, 240)
        self.publish(0)
        self.sweep(twice=False)

    @rule(member=st.sampled_from(MEMBERS))
    def spend(self, member: str) -> None:
        """All that a purse holds, on soap that has just come in."""
        there = sum(self.model.book.held(address, "points") for address, _ in self.model.purse(member))
        if there >= 3:
            self.deliver(1, there // 3)
            self.redeem(member, there // 3, 0, again=False, times=1)

    @rule(key=st.sampled_from(["1", "2"]), points=st.sampled_from([50, 50, 50, 20]))
    def allocate(self, key: str, points: int) -> None:
        """This month's fund, the same again, or another sum under the same key."""
        work = funds.allocate(
            self.book, under=LIUHE, month=f"{self.on:%Y-%m}", points=points, by=KEEPER, on=self.on, key=key
        )
        self.compare(work, self.model.allocate(key, points))

    @rule(member=st.sampled_from(MEMBERS), times=st.integers(1, 6))
    def report(self, member: str, times: int) -> None:
        """Reports of one day, one after another: the cap is reached at the sixth."""
        for _ in range(times):
            event = self.event(member, "reporter")
            self.verified(event, self.model.report(event, member))

    @rule(member=st.sampled_from(MEMBERS), minutes=st.sampled_from([20, 60, 150, 240, 300]))
    def serve(self, member: str, minutes: int) -> None:
        """Hours of service, up to four a day."""
        event = self.event(member, "participant", minutes, kind="activity")
        self.verified(event, self.model.serve(event, member, minutes))

    @rule(days=st.sampled_from([0, 0, 3, 7]))
    def publish(self, days: int) -> None:
        """A notice of what is on none."""
        done = self.real.run(notices.publish(self.book, DISTRICT, by=PUBLISHER, on=self.on, days=days))
        assert ("written" if done else "nothing") == self.model.publish(days)

    @rule(days=st.sampled_from([1, 1, 3, 8, 31, YEAR_END, YEAR_END, 400]))
    def days_pass(self, days: int) -> None:
        """Nothing happens; perhaps until the last day of the year."""
        if days == YEAR_END:
            days = (date((self.on + timedelta(days=1)).year, 12, 31) - self.on).days
        self.go_to(self.on + timedelta(days=days))

    @rule(twice=st.booleans())
    def sweep(self, twice: bool) -> None:
        """Vesting and expiry, once, or two side by side."""
        sweeps = [vesting.sweep(self.book, self.on) for _ in range(2 if twice else 1)]
        self.real.run(gathered(*sweeps))
        self.model.sweep()

    @rule(member=st.sampled_from(MEMBERS), amount=st.sampled_from([1, 2, 8, 12]), back=st.booleans())
    def dispute(self, member: str, amount: int, back: bool) -> None:
        """An objection freezes points; a ruling lets them go again."""
        ends = [f"member/{member}/noticed", f"member/{member}/disputed"]
        self.ask([self.wish(*(reversed(ends) if back else ends), amount)])

    @rule(
        member=st.sampled_from(MEMBERS), amount=st.integers(1, 6), back=st.booleans(), goods=st.integers(0, 2)
    )
    def hold(self, member: str, amount: int, back: bool, goods: int) -> None:
        """A reservation sets points and goods aside; its release brings both back. Together, or not at all."""
        purse = self.model.purse(member)
        day = purse[-1][1] if purse else date(2019, 12, 31)
        moves = [(f"member/{member}/until/{day}", f"member/{member}/held/{day}", amount, "points")]
        if goods:
            moves.append((f"{SHOP}/stock", f"{SHOP}/held", goods, "item:1"))
        self.ask([self.new([(t, s, a, u) for s, t, a, u in moves] if back else moves)])

    @rule(item=st.sampled_from([1, 3]), quantity=st.integers(1, 4))
    def deliver(self, item: int, quantity: int) -> None:
        """Goods come in."""
        self.number += 1
        key = f"d{self.number}"
        work = deliveries.receive(
            self.book, self.shop, {item: quantity}, document="送货单", by=KEEPER, on=self.on, key=key
        )
        moves = [("system/goods", f"{SHOP}/stock", quantity, f"item:{item}")]
        self.compare(work, self.model.post(Wish(f"stock/1/{key}", key, moves)))

    @rule(
        member=st.sampled_from(MEMBERS),
        soap=st.integers(0, 2),
        towels=st.integers(0, 1),
        again=st.booleans(),
        times=st.sampled_from([1, 1, 3]),
    )
    def redeem(self, member: str, soap: int, towels: int, again: bool, times: int) -> None:
        """At the counter: new, the same once more, another basket under an old key; three times at once."""
        basket = {item: count for item, count in ((1, soap), (3, towels)) if count} or {1: 1}
        self.number += 1
        key = self.redeemed[-1][0] if again and self.redeemed else f"r{self.number}"
        said = self.model.redeem(key, member, basket)
        self.compare(gathered(*(self.hand_over(key, member, basket) for _ in range(times))), said)
        if said == "written":
            self.redeemed.append((key, member, basket))

    @precondition(lambda self: self.redeemed)
    @rule(data=st.data(), how=st.sampled_from(["whole", "partly", "wrong"]))
    def bring_back(self, data: st.DataObject, how: str) -> None:
        """A redemption is undone, perhaps a second time; of a partial return the rest is taken in the same breath."""
        key, _, _ = data.draw(st.sampled_from(self.redeemed))
        old = next(w for w in self.model.book.accepted if w.reference == f"redeem/1/{key}")
        back = self.new([(t, s, a, u) for s, t, a, u in old.movements])
        back.reverses = old.reference
        if how == "wrong":
            back.movements.pop()
        keep = [self.new([move for move in old.movements if move[3] != "item:3"])] if how == "partly" else []
        self.ask([back, *keep] if not keep or keep[0].movements else [back], together=True)

    @precondition(lambda self: self.model.awards)
    @rule(data=st.data(), reason=st.sampled_from(["wrong_hours", "wrong_hours", "entered_twice"]))
    def correct(self, data: st.DataObject, reason: str) -> None:
        """An award is undone, wherever its points are."""
        self.take_away(data.draw(st.sampled_from(self.model.awards)), reason)

    @rule(member=st.sampled_from(MEMBERS))
    def owe(self, member: str) -> None:
        """What was spent already turns out to be wrong, and is paid from what is earned next."""
        self.spend(member)
        self.take_away(self.model.awards[-1])
        self.earn(member)

    @precondition(lambda self: self.wishes)
    @rule(data=st.data(), other=st.booleans())
    def ask_again(self, data: st.DataObject, other: bool) -> None:
        """What was asked before, whatever was answered; or something else under its reference."""
        old = data.draw(st.sampled_from(self.wishes))
        self.ask([Wish(old.reference, "another" if other else old.request, old.movements, old.reverses)])

    @rule(data=st.data(), together=st.booleans())
    def ask_several(self, data: st.DataObject, together: bool) -> None:
        """Some that can be and some that cannot, in one batch: each alone, or all together."""
        places = st.sampled_from(
            ["system/issued", "system/expired", f"{FUND}/{self.on:%Y-%m}", f"{SHOP}/taken", "nowhere"]
            + [
                f"member/{member}/{name}"
                for member in MEMBERS
                for name in ("noticed", "owed", "until/2020-12-31")
            ]
        )
        draws = data.draw(st.lists(st.tuples(places, places, st.integers(0, 9)), min_size=1, max_size=4))
        self.ask([self.wish(source, target, amount) for source, target, amount in draws], together=together)

    @rule(
        pair=st.sampled_from(PAIRS),
        by=st.sampled_from([ADMIN, COUNTER]),
        asked=st.booleans(),
        again=st.booleans(),
        times=st.sampled_from([1, 1, 2]),
    )
    def merge(self, pair: tuple[str, str], by: str, asked: bool, again: bool, times: int) -> None:
        """Two numbers are one person: perhaps somebody else asked for it; under an old key; twice at once."""
        if asked:
            self.ask_to_merge(pair, COUNTER if by == ADMIN else ADMIN)
        made = self.model.merges.made
        self.close(*pair, by=by, key=made[-1].key if again and made else self.key("m"), times=times)

    @rule(pair=st.sampled_from(PAIRS), by=st.sampled_from([ADMIN, COUNTER]))
    def ask_to_merge(self, pair: tuple[str, str], by: str) -> None:
        """One person asks for it."""
        key = self.key("a")
        self.compare(
            merging.ask(self.book, *pair, by=by, key=key),
            self.model.merges.ask(*pair, by=by, key=key, on=self.on),
        )

    @rule(wrong=st.sampled_from(WRONG), reason=st.sampled_from(["twice", "twice", "因为"]))
    def merge_wrongly(self, wrong: tuple[str, str, str], reason: str) -> None:
        """What is never merged, and why."""
        kept, gone, by = wrong
        self.close(kept, gone, by=by, key=self.key("m"), reason=reason)

    @precondition(lambda self: self.model.merges.made)
    @rule(data=st.data(), by=st.sampled_from([ADMIN, ADMIN, COUNTER, VERIFIER]))
    def take_back(self, data: st.DataObject, by: str) -> None:
        """A merge was a mistake."""
        self.take_apart(data.draw(st.integers(0, len(self.model.merges.made) - 1)), by=by)

    @rule(
        pair=st.sampled_from(PAIRS[:3]),
        days=st.sampled_from([1, 1, YEAR_END]),
        what=st.sampled_from(["vests", "vests", "waits", "is wrong"]),
    )
    def merge_for_a_while(self, pair: tuple[str, str], days: int, what: str) -> None:
        """Merged while an award is on notice, and taken back when that has vested, or still waits, or was corrected."""
        self.take_all_apart()
        self.days_pass(days)
        self.allocate("1", 50)
        self.serve(pair[1], 60)
        self.merge(pair, ADMIN, asked=False, again=False, times=1)
        if what == "vests":
            self.publish(0)
            self.sweep(twice=False)
        if what == "is wrong":
            self.take_away(self.model.awards[-1])
        self.take_apart(-1, by=COUNTER)

    @rule(vests=st.booleans())
    def merge_along(self, vests: bool) -> None:
        """Three numbers are one person's, and the last merge a mistake: what came to the first too late comes back."""
        self.take_all_apart()
        self.merge((V1, V2), ADMIN, asked=False, again=False, times=1)
        self.ask_to_merge((V3, V1), ADMIN)
        self.close(V3, V1, by=COUNTER, key=self.key("m"))
        self.come_too_late(V2, 2)
        if vests:
            self.sweep(twice=True)
        self.take_apart(-1, by=ADMIN)

    @rule(member=st.sampled_from(MEMBERS), amount=st.integers(1, 3))
    def come_too_late(self, member: str, amount: int) -> None:
        """Points that were planned for a number before it was closed."""
        self.ask([self.wish("system/issued", f"member/{member}/noticed", amount)])

    @rule()
    def restart(self) -> None:
        """The book is closed and opened anew."""
        self.real.run(self.real.reopen(self.town))


def live(examples: int, steps: int, *, same: bool = False) -> None:
    """So many lives of so many steps; `same`: the same ones each time, and the first that fails is enough."""
    how = settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=same,
        database=None,
        phases=[Phase.generate] if same else list(Phase),
        report_multiple_bugs=not same,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Machine, settings=how)


if __name__ == "__main__":
    live(30, 40, same=True)
