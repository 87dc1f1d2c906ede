"""A district lives at random, twice: by the product's verbs in a real book, and in the model. Both must stay the same.

    python -m tests.attack.district_machine

runs the same examples each time, on an embedded book, for the faults that are planted.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger import encoding, statements, tree
from ledger.errors import LedgerError
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points.awards import corrections, funds, verifications, vesting
from points.district import open_district
from points.errors import PointsError
from points.market import baskets, catalogue_files, counter, deliveries, items, shops
from points.market.models import Shop
from points.openness import notices
from points.people import roles
from tests import books
from tests.attack import consistency
from tests.attack.district_model import FUND, SHOP, Award, District
from tests.ledger.model import Wish
from tests.points.awards import town as towns
from tests.points.awards.town import ADMIN, DISTRICT, KEEPER, LAID_OUT, LIUHE, PUBLISHER, VERIFIER, Town

V1, V2 = MEMBERS = ("V-000001", "V-000002")
COUNTER = "S-0007"
YEAR_END = 0
MEMORY = "/dev/shm"
"""Where a book lives faster than on a disk; what the disk does is attacked elsewhere."""
SAME = {
    "AllocatedOtherwise": "ReferenceConflict",
    "SoldOut": "OutOfStock",
}
"""Where a verb has a word of its own for what the model says."""


class Book:
    """A real book and the loop it lives in: everything that is asked of it is waited for."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Its answer; two minutes are longer than any."""
        return self.loop.run_until_complete(asyncio.wait_for(work, 120))

    async def settle(self) -> tuple[Town, Shop]:
        """The town of the tests of awards, with a counter and an empty shelf."""
        town = await self._stack.enter_async_context(towns.fresh(Path(self.folder.name)))
        book = town.book
        await town._enrol({COUNTER, *MEMBERS})
        for member, role in ((COUNTER, "counter"), (KEEPER, "stock_keeper")):
            await roles.grant(book, member=member, role=role, area=None, by=ADMIN, on=LAID_OUT)
        await items.install(book, catalogue_files.default(), by="system", on=LAID_OUT)
        shop = await shops.open_shop(book, "积善超市", area=LIUHE, hours="", by=ADMIN, on=LAID_OUT)
        return town, shop

    async def reopen(self, town: Town) -> None:
        """Close the book, and open it again."""
        url = books.url_of(town.book)
        await self._stack.aclose()
        town.book = await self._stack.enter_async_context(open_district(url))

    def close(self) -> None:
        """Close it, and let everything go."""
        self.run(self._stack.aclose())
        self.loop.close()
        self.folder.cleanup()


class Machine(RuleBasedStateMachine):
    """Each rule does one thing in both worlds and compares what they say; after each, everything is compared."""

    @initialize()
    def begin(self) -> None:
        """A town on New Year's Day: some goods, and members whose points end with this year and the next."""
        self.real = Book()
        self.town, self.shop = self.real.run(self.real.settle())
        self.number = 0
        self.model = District(self.real.run(self.town.head()))
        self.wishes: list[Wish] = []
        self.redeemed: list[tuple[str, str, dict[int, int]]] = []
        self.deliver(1, 6)
        self.deliver(3, 2)
        for member in MEMBERS:
            self.earn(member)
        self.days_pass(YEAR_END)
        self.days_pass(1)
        for member in MEMBERS:
            self.earn(member)

    def teardown(self) -> None:
        """The book is whole at the end, by the eyes of somebody who knows only SQL and JSON."""
        if hasattr(self, "real"):
            self.real.run(consistency.check_book(self.town.book))
            self.real.close()

    @rule(member=st.sampled_from(MEMBERS))
    def earn(self, member: str) -> None:
        """A day's service from beginning to end: funded, verified, on a notice that closes at once, vested."""
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
        self.model.today += timedelta(days=days)

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
        award: Award = data.draw(st.sampled_from(self.model.awards))
        work = corrections.correct(self.book, award.reference, reason, by=PUBLISHER, on=self.on)
        self.compare(work, self.model.correct(award, reason))

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

    @rule()
    def restart(self) -> None:
        """The book is closed and opened anew."""
        self.real.run(self.real.reopen(self.town))

    @invariant()
    def both_are_the_same(self) -> None:
        """Head, accounts, balances, versions, totals, and the root of the tree over the texts."""
        if not hasattr(self, "real"):
            return
        found, root, bodies = self.real.run(self.standing())
        book = self.model.book
        assert len(bodies) == len(book.accepted), "the head"
        assert [json.loads(body)["reference"] for body in bodies][self.model.acts :] == self.references()
        assert {key: one.version for key, one in found.items()} == dict(book.touched()), "versions"
        balances = {key: one.balance for key, one in found.items()}
        assert balances == book.balances()
        for unit in {unit for _, unit in balances}:
            assert sum(balance for (_, one), balance in balances.items() if one == unit) == 0, "totals"
        assert root == root_of([hashlib.sha256(b"\0" + body).digest() for body in bodies])

    def references(self) -> list[str]:
        """Those of the model, in order; a notice is numbered by the product."""
        made = [wish.reference for wish in self.model.book.accepted[self.model.acts :]]
        real = self.real.run(self.town.rows("SELECT reference FROM ledger_transaction ORDER BY position"))
        named = [row["reference"] for row in real][self.model.acts :]
        return [
            r if m.startswith("notice/") and r.startswith("notice/") else m
            for m, r in zip(made, named, strict=True)
        ]

    async def standing(self) -> tuple[dict[Any, Any], bytes, list[bytes]]:
        """Every account, the root, and the texts in order."""
        reader = self.book.reader
        found = [
            one
            for prefix in ("fund/", "member/", "shop/", "system/")
            for one in await statements.balances(reader, prefix)
        ]
        rows = await self.town.rows("SELECT body FROM ledger_transaction ORDER BY position")
        root = await tree.root_at(reader, len(rows))
        return {(one.address, one.unit): one for one in found}, root, [bytes(row["body"]) for row in rows]

    @property
    def book(self) -> Any:
        """The book as it is open now."""
        return self.town.book

    @property
    def on(self) -> date:
        """Today."""
        return self.model.today

    def event(self, *contribution: Any, **facts: Any) -> str:
        """Something that happened this morning."""
        after = timedelta(days=(self.on - date(2018, 7, 4)).days)
        return str(self.real.run(self.town.event(contribution, after=after, **facts)))

    def verified(self, event: str, said: str) -> None:
        """It is accepted, and the same again is refused: by both in the same words."""
        outcome = self.real.run(verifications.accept(self.book, event, by=VERIFIER, on=self.on))
        words = ["written"] * outcome.accepted + ["nothing"] * outcome.nothing
        words += [type(each.reason).__name__ for each in (*outcome.in_line, *outcome.refused)]
        assert words == [said]

    def compare(self, work: Coroutine[Any, Any, Any], said: str) -> None:
        """What a verb answers, in the model's words."""
        assert self.real.run(word_of(work)) == said

    async def hand_over(self, key: str, member: str, basket: dict[int, int]) -> Any:
        """The counter's verb."""
        return await counter.redeem(
            self.book, self.shop, member, baskets.of(basket), by=COUNTER, key=key, on=self.on, found_by="card"
        )

    def wish(self, source: str, target: str, amount: int) -> Wish:
        """Something new to ask."""
        return self.new([(source, target, amount, "points")])

    def new(self, moves: list[tuple[str, str, int, str]]) -> Wish:
        """Something new to ask."""
        self.number += 1
        self.wishes.append(Wish(f"test/{self.number}", "this", moves))
        return self.wishes[-1]

    def ask(self, wishes: list[Wish], *, together: bool = False) -> None:
        """Ask both worlds for some wishes."""
        if together:
            said = self.model.book.post_together(wishes)
            asked = self.book.journal.post_together([as_draft(wish) for wish in wishes])
        else:
            said = [self.model.book.post(wish) for wish in wishes]
            asked = self.book.journal.post_all([as_draft(wish) for wish in wishes])
        assert self.real.run(answers(asked, len(wishes))) == [word for word, _ in said]


async def gathered(*works: Coroutine[Any, Any, Any]) -> Any:
    """All of them at once. The answer is that of the one that wrote something, or else the first."""
    answers = await asyncio.gather(*works, return_exceptions=True)
    wrote = [
        one for one in answers if not (isinstance(one, BaseException) or getattr(one, "repeated", False))
    ]
    assert len(wrote) <= 1 or len(works) == 1 or not hasattr(wrote[0], "repeated"), "two wrote the same"
    first = (wrote or answers)[0]
    if isinstance(first, BaseException):
        raise first
    return first


async def word_of(work: Coroutine[Any, Any, Any]) -> str:
    """How a verb's answer is written."""
    try:
        answer = await work
    except (PointsError, LedgerError) as error:
        name = type(error).__name__
        return SAME.get(name, name)
    return "again" if answer.repeated else "written"


async def answers(work: Coroutine[Any, Any, Any], count: int) -> list[str]:
    """How the journal's answers are written; a refusal is everybody's who stood with it."""
    try:
        got = await work
    except LedgerError as error:
        return [type(error).__name__] * count
    return [
        ("again" if one.repeated else "written") if isinstance(one, Receipt) else type(one).__name__
        for one in got
    ]


def as_draft(wish: Wish) -> Draft:
    """The wish as the ledger wants it."""
    return Draft(
        reference=wish.reference,
        kind="move",
        evidence=Evidence("note", "1", encoding.digest("1")),
        effective_on=date(2018, 7, 4),
        request=encoding.digest(wish.request),
        postings=tuple(Posting(*movement) for movement in wish.movements),
        reverses=wish.reverses,
    )


@cache
def subtree(leaves: tuple[bytes, ...]) -> bytes:
    """MTH of RFC 6962 §2.1, by its definition."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + subtree(leaves[:half]) + subtree(leaves[half:])).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """The head of the tree of some leaves."""
    return subtree(tuple(leaves))


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
