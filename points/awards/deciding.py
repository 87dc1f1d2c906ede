"""Deciding: one verifier's run over events that wait: plan, write, and again for what somebody came in the way of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tortoise.exceptions import IntegrityError

from ledger.book import Book
from ledger.errors import BelowFloor, ReferenceConflict, Refusal, RowConflict
from ledger.transactions import Bulk, Draft, Receipt
from points.awards import (
    award,
    line,
    particulars,
    repeats,
    rule_books,
    standing,
    turns,
    waiting,
)
from points.awards.cases import Case, Decision
from points.awards.errors import AlreadyVerified, FundEmpty, NotSettled
from points.awards.look_records import VerificationNote
from points.awards.models import Verification
from points.awards.outcomes import Tally
from points.awards.planning import Plan, plan
from points.awards.rule_books import Shelf
from points.awards.waiting import Bench
from points.events import attachments
from points.events.models import Event, Step
from points.events.records import SameThingTurn
from points.keys import new_key
from points.people import roles
from points.people.roles import Grant

ROUNDS = 5
"""How often a plan is made anew because somebody else drew on the same cap or fund meanwhile."""


@dataclass(frozen=True)
class Session:
    """One verifier's run: the rules and the roles are read once, the rest for each part."""

    book: Book
    by: str
    on: date
    at: datetime
    rules: Shelf

    @classmethod
    async def open(cls, book: Book, *, by: str, on: date) -> Session:
        """Begin a run. Raises NoRuleBook."""
        today = on == book.today()
        at = book.now() if today else datetime.combine(on, time(), tzinfo=book.zone)
        return cls(book, by, on, at, await rule_books.shelf(book))

    async def verify(self, events: Sequence[str], decisions: dict[str, Decision], tally: Tally) -> None:
        """Plan and write, and again for what somebody else's writing came in the way of."""
        for _ in range(ROUNDS):
            bench = await waiting.load(self.book, events, by=self.by)
            grants = await roles.grants_of(
                self.book, self.by, self.on
            )  # anew: a run is long, and a role may end
            decisions = self._allowed(bench, grants, decisions, tally)
            if not decisions:
                return
            decisions = await self._round(bench, decisions, tally)
            if not decisions:
                return
        for contribution in decisions:
            tally.refuse(contribution, NotSettled(why="正好有人在记同一位成员或同一笔资金，请再核实一次"))

    def _allowed(
        self, bench: Bench, grants: Sequence[Grant], decisions: Mapping[str, Decision], tally: Tally
    ) -> dict[str, Decision]:
        """The decisions that this verifier may take now."""
        allowed = {}
        for event in bench.events:
            refusal = bench.refusal(event, self._day(event), by=self.by, on=self.on, grants=grants)
            for doing in bench.doings[event.id]:
                if doing.id not in decisions:
                    continue
                reason = refusal or (AlreadyVerified() if doing.decided else None)
                if reason:
                    tally.refuse(doing.id, reason)
                else:
                    allowed[doing.id] = decisions[doing.id]
        return allowed

    async def _round(
        self, bench: Bench, decisions: Mapping[str, Decision], tally: Tally
    ) -> dict[str, Decision]:
        """Write one plan; the answer is what must be planned again."""
        free = await turns.due_first(self.book, bench, decisions)
        cases = await self._cases(bench, decisions)
        history, funds = await standing.read(self.book, cases, decisions, rules=self.rules)
        planned = plan(cases, decisions, rules=self.rules, history=history, funds=funds)
        drafts = self._drafts(bench, planned, await self._proofs(planned), free)
        answers = await turns.post(self.book, planned, drafts, free)
        again = self._read(planned, answers, decisions, tally)
        again.update(await self._write_rest(bench, cases, planned, decisions, tally, free))
        again.update(await self._join_line(bench, planned, decisions, tally, free))
        return again

    async def _join_line(
        self,
        bench: Bench,
        planned: Plan,
        decisions: Mapping[str, Decision],
        tally: Tally,
        free: Mapping[str, str],
    ) -> dict[str, Decision]:
        """What the fund cannot pay is accepted all the same, and waits in line: nobody needs to verify it again."""
        if not planned.unfunded:
            return {}
        joined = await line.join(
            self.book, planned.unfunded, bench, by=self.by, on=self.on, at=self.at, free=free
        )
        for case, contribution in planned.unfunded:
            if contribution in joined:
                tally.stand_in_line(contribution, FundEmpty(community=case.community, month=case.month))
        return {key: decisions[key] for _, key in planned.unfunded if key not in joined}

    async def _cases(self, bench: Bench, decisions: Mapping[str, Decision]) -> list[Case]:
        events = [
            event for event in bench.events if any(each.id in decisions for each in bench.doings[event.id])
        ]
        settled = [event.id for event in events if turns.is_settled(bench, event.id)]
        repeated = await repeats.judge(self.book, events, rules=self.rules, on=self.on, settled=settled)
        cases = [bench.case(event, self._day(event), repeated.get(event.id)) for event in events]
        return await particulars.fill(self.book, cases, rules=self.rules)

    async def _proofs(self, planned: Plan) -> Mapping[str, list[dict[str, str]]]:
        """The attachments that stand beside each event: what was looked at is kept with the award."""
        return await attachments.proofs(self.book, sorted({each.case.event for each in planned.awards}))

    def _drafts(
        self,
        bench: Bench,
        planned: Plan,
        proofs: Mapping[str, list[dict[str, str]]],
        free: Mapping[str, str],
    ) -> list[Draft]:
        events = {event.id: event for event in bench.events}
        stepped, left = set(bench.stepped), dict(free)
        drafts = []
        for each in planned.awards:
            more = (*self._stepping(each.case.event, stepped), *turns.taking(each.case, left))
            event = events[each.case.event]
            drafts.append(
                award.draft(
                    each,
                    event,
                    by=self.by,
                    on=self.on,
                    at=self.book.now(),
                    more=more,
                    proofs=proofs.get(event.id, ()),
                )
            )
        return drafts

    def _stepping(self, event: str, stepped: set[str]) -> Iterator[Bulk]:
        """The same as `_step`, as it comes with a draft."""
        if event not in stepped:
            stepped.add(event)
            values = (new_key(), event, "verified", self.at, self.by)
            yield Bulk(Step, ("id", "event", "name", "taken_at", "actor"), (values,))

    def _step(self, event: str, stepped: set[str]) -> tuple[Step, ...]:
        """The row that says that the event was verified, for the first of its contributions to be written."""
        if event in stepped:
            return ()
        stepped.add(event)
        return (Step(id=new_key(), event=event, name="verified", taken_at=self.at, actor=self.by),)

    def _read(
        self,
        planned: Plan,
        answers: Sequence[Receipt | Refusal | None],
        decisions: Mapping[str, Decision],
        tally: Tally,
    ) -> dict[str, Decision]:
        """Count what was written. Plan again where somebody else was faster: with a cap, the fund or this award."""
        again = {}
        for each, answer in zip(planned.awards, answers, strict=True):
            contribution, points = each.worth.contribution, each.worth.cost
            if isinstance(answer, Receipt) and not answer.repeated:
                tally.count(accepted=1, points=points)
            elif isinstance(answer, Receipt):
                tally.refuse(contribution, AlreadyVerified())
            elif answer is None or isinstance(answer, BelowFloor | RowConflict | ReferenceConflict):
                again[contribution] = decisions[contribution]
            else:
                tally.refuse(contribution, NotSettled(why=str(answer)))
        return again

    async def _write_rest(
        self,
        bench: Bench,
        cases: Sequence[Case],
        planned: Plan,
        decisions: Mapping[str, Decision],
        tally: Tally,
        free: Mapping[str, str],
    ) -> dict[str, Decision]:
        """The rows of what is worth nothing and of what is returned: they need no entry in the ledger."""
        rows = [award.verification(each, by=self.by, on=self.on) for each in planned.nothing]
        rows += list(self._returned(cases, decisions))
        if not rows:
            return {}
        stepped = set(bench.stepped) | {each.case.event for each in planned.awards}
        try:
            async with self.book.write() as db:
                keys = [row.contribution for row in rows]
                there = {
                    row.contribution for row in await Verification.filter(contribution__in=keys).using_db(db)
                }
                keys = list(free.values())
                taken = {row.id for row in await SameThingTurn.filter(id__in=keys).using_db(db)}
                there |= {row.contribution for row in rows if free.get(row.event) in taken}
                new = [row for row in rows if row.contribution not in there]
                steps = [step for row in new for step in self._step(row.event, stepped)]
                judged, left = {case.event: case for case in cases}, dict(free)
                await _insert(Verification, new, db)
                await _insert(VerificationNote, list(_notes(new, decisions)), db)
                await _insert(Step, steps, db)
                await _insert(
                    SameThingTurn, [one for row in new for one in turns.take(judged[row.event], left)], db
                )
        except IntegrityError:  # it was found false meanwhile, or a role ended: look again
            return {row.contribution: decisions[row.contribution] for row in rows}
        back = sum(row.decision == "returned" for row in new)
        tally.count(nothing=len(new) - back, returned=back)
        return {key: decisions[key] for key in there}

    def _returned(self, cases: Sequence[Case], decisions: Mapping[str, Decision]) -> Iterator[Verification]:
        for case in cases:
            for doing in case.contributions:
                decision = decisions.get(doing.id)
                if decision is not None and not decision.accepted:
                    version = self.rules.on(case.day).version
                    yield award.returned(case, doing, decision, rule_book=version, by=self.by, on=self.on)

    def _day(self, event: Event) -> date:
        return event.occurred_at.astimezone(self.book.zone).date()


def _notes(rows: Sequence[Verification], decisions: Mapping[str, Decision]) -> Iterator[VerificationNote]:
    for row in rows:
        if row.decision == "returned" and (text := decisions[row.contribution].note):
            yield VerificationNote(contribution=row.contribution, text=text)


async def _insert(model: Any, rows: Sequence[Any], db: Any) -> None:
    if rows:
        await model.bulk_create(rows, using_db=db)
