"""A district's life in two worlds: a real book and the model, what is asked of both, and that both are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Coroutine
from dataclasses import asdict
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from ledger import statements, tree
from points.awards import corrections, purse, verifications
from points.market import baskets, counter
from points.people.twice import merges, merging, undoing
from tests.attack import consistency
from tests.attack.district_awards import Award
from tests.attack.district_book import COUNTER, MEMBERS, RealBook, answers, as_draft, gathered, word_of
from tests.attack.district_merges import Merge
from tests.attack.district_model import District
from tests.ledger.model import Wish
from tests.points.awards.town import ADMIN, PUBLISHER, VERIFIER


class Life(RuleBasedStateMachine):
    """Both worlds from their beginning to their end; what happens in between are a machine's rules."""

    def settle(self) -> None:
        """An empty town, and the model of it."""
        self.real = RealBook(date(2018, 7, 4))
        self.town, self.shop = self.real.run(self.real.settle())
        self.number = 0
        self.model = District(self.real.run(self.town.head()))
        self.wishes: list[Wish] = []
        self.redeemed: list[tuple[str, str, dict[int, int]]] = []

    def teardown(self) -> None:
        """The book is whole at the end, by the eyes of somebody who knows only SQL and JSON."""
        if hasattr(self, "real"):
            self.real.run(consistency.check_book(self.town.book))
            self.real.close()

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

    @invariant()
    def every_number_is_whose_it_is(self) -> None:
        """Who a number stands for, and where a member's points, honour and hours are, as their page says it."""
        if not hasattr(self, "real"):
            return
        closed = {number: self.model.merges.now(number) for number in MEMBERS}
        assert self.real.run(merges.into(self.book, MEMBERS)) == {
            n: now for n, now in closed.items() if n != now
        }
        for number in MEMBERS:
            said = self.real.run(purse.summary(self.book, number, self.on))
            assert asdict(said) == self.model.summary(number)

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

    def go_to(self, day: date) -> None:
        """It is another day."""
        self.model.today = self.real.today = day

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
        """What a verb answers, in the model's words; one that does not say whether it is new is `done`."""
        heard = self.real.run(word_of(work))
        assert heard == ("done" if heard == "done" and said in {"written", "again"} else said)

    def key(self, letter: str) -> str:
        """A key that no form had yet."""
        self.number += 1
        return f"{letter}{self.number}"

    def close(
        self, kept: str, gone: str, *, by: str, key: str, reason: str = "twice", times: int = 1
    ) -> None:
        """Merge in both worlds, the real one so many times at once."""
        said = self.model.merges.merge(kept, gone, by=by, reason=reason, key=key, on=self.on)
        works = [merging.merge(self.book, kept, gone, by=by, reason=reason, key=key) for _ in range(times)]
        self.compare(gathered(*works), said)

    def take_apart(self, number: int, *, by: str) -> None:
        """Take a merge back in both worlds, when there ever was one."""
        if not self.model.merges.made:
            return
        merge: Merge = self.model.merges.made[number]
        said = self.model.merges.undo(merge, self.model.awards, by=by)
        reference = self.model.book.accepted[merge.first].reference
        (row,) = self.real.run(
            self.town.rows("SELECT id FROM people_member_merge WHERE reference = ?", reference)
        )
        self.compare(undoing.undo(self.book, row["id"], by=by, key=self.key("u")), said)

    def take_all_apart(self) -> None:
        """Take back every merge that stands and can be, the last first."""
        for number in reversed(range(len(self.model.merges.made))):
            if self.model.merges.made[number].stands:
                self.take_apart(number, by=ADMIN)

    def take_away(self, award: Award, reason: str = "wrong_hours") -> None:
        """Correct an award in both worlds."""
        work = corrections.correct(self.book, award.reference, reason, by=PUBLISHER, on=self.on)
        self.compare(work, self.model.correct(award, reason))

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
