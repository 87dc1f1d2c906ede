"""The line of those who wait for money: what is accepted but cannot be paid is remembered, and paid when it can be.

Nobody verifies it twice. The decision, and what the event repeats, are kept as they were when it was accepted; the
points are reckoned when they are paid, by the rule book of the event's day, with the caps as they stand then. Nobody is
passed: while somebody waits for a fund, whatever would take points from it goes to the end of its line, and what comes
to no points takes nothing and need not wait. An event that is found false or reopened leaves the line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from tortoise.exceptions import IntegrityError

from ledger.book import Book
from ledger.errors import BelowFloor, ReferenceConflict, RowConflict
from ledger.transactions import Draft, Receipt
from points.awards import award, in_line, particulars, repeats, rule_books, standing, turns, waiting
from points.awards.cases import Case, Decision
from points.awards.fund_records import InLine
from points.awards.in_line import Place
from points.awards.models import Verification
from points.awards.planning import Fund, Plan, plan
from points.awards.rule_books import Shelf
from points.awards.waiting import Bench
from points.events import attachments
from points.events.models import Event, Step
from points.events.records import SameThingTurn
from points.keys import new_key

AT_ONCE = 500
ROUNDS = 5
"""How often a payment is planned anew because somebody else drew on a cap or the fund meanwhile."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What a line was paid: so many awards, their points, and so many that came to nothing by then."""

    awards: int = 0
    points: int = 0
    nothing: int = 0

    def __add__(self, other: Paid) -> Paid:
        return Paid(self.awards + other.awards, self.points + other.points, self.nothing + other.nothing)

    @property
    def moved(self) -> int:
        """How many left the line."""
        return self.awards + self.nothing


async def join(
    book: Book,
    unfunded: Sequence[tuple[Case, str]],
    bench: Bench,
    *,
    by: str,
    on: date,
    at: datetime,
    free: Mapping[str, str],
) -> set[str]:
    """Let contributions that were accepted stand in line, in their order; the answer is those that now do.

    `free` are the turns that the verification of their events takes, as it was read before it was planned. Who is not
    in the answer was overtaken by somebody else's word or decision, and must be planned again.
    """
    keys = sorted(new_key() for _ in unfunded)  # those of one moment are in no order by themselves
    rows = [
        _row(key, case, contribution, bench, by=by, on=on, at=at)
        for key, (case, contribution) in zip(keys, unfunded, strict=True)
    ]
    judged = {case.event: case for case, _ in unfunded}
    wanted = {key for event, key in free.items() if event in judged}
    try:
        async with book.write() as db:
            taken = {row.id for row in await SameThingTurn.filter(id__in=list(wanted)).using_db(db)}
            there = await in_line.accepted(db, list(judged))
            new = [r for r in rows if r.contribution not in there and free.get(r.event) not in taken]
            mine = list(dict.fromkeys(row.event for row in new))
            left = dict(free)
            took = [one for event in mine for one in turns.take(judged[event], left)]
            known = await Step.filter(event__in=mine, name="verified").using_db(db)
            done = {step.event for step in known}
            steps = [_step(event, by=by, at=at) for event in mine if event not in done]
            for model, made in _by_model(new, took, steps):
                await model.bulk_create(made, using_db=db)
    except IntegrityError:  # it was found false meanwhile, or decided, or a role ended: look again
        return set()
    return {row.contribution for row in new}


def _by_model(*rows: Sequence[Any]) -> list[tuple[Any, Sequence[Any]]]:
    return [(type(each[0]), each) for each in rows if each]


def _step(event: str, *, by: str, at: datetime) -> Step:
    return Step(id=new_key(), event=event, name="verified", taken_at=at, actor=by)


def _row(key: str, case: Case, contribution: str, bench: Bench, *, by: str, on: date, at: datetime) -> InLine:
    member = next(each.member for each in case.contributions if each.id == contribution)
    return InLine(
        id=key,
        contribution=contribution,
        turns=bench.turned.get(case.event, 0),
        event=case.event,
        member=member,
        verifier=by,
        decided_on=on.isoformat(),
        accepted_at=at,
        community=case.community,
        month=case.month,
    )


async def pay(book: Book, funds: Iterable[Fund], *, on: date) -> Paid:
    """Pay the lines of these funds, the first first, until each is empty or its fund cannot pay the next one.

    Safe to run again, at the same time and after a kill: each award is written once. Raises NoRuleBook.
    """
    waiting_for = sorted(await in_line.lengths(book, list(funds)))
    paid = Paid()
    if waiting_for:
        rules = await rule_books.shelf(book)
        for fund in waiting_for:
            paid += await _pay(book, fund, rules, on=on)
    return paid


async def sweep(book: Book, *, on: date) -> Paid:
    """Pay whatever line can be paid, wherever it is."""
    return await pay(book, await in_line.everywhere(book), on=on)


async def _pay(book: Book, fund: Fund, rules: Shelf, *, on: date) -> Paid:
    paid, tries = Paid(), 0
    while tries < ROUNDS:
        places = await in_line.first(book, fund, limit=AT_ONCE)
        if not places:
            break
        done, again = await _pay_once(book, places, rules, on=on)
        paid += done
        if not done.moved and not again:
            break
        tries = 0 if done.moved else tries + 1
    return paid


async def _pay_once(book: Book, places: Sequence[Place], rules: Shelf, *, on: date) -> tuple[Paid, bool]:
    """Plan some who stand first and write; the answer says whether somebody else was in the way."""
    bench = await waiting.load(book, list(dict.fromkeys(place.event for place in places)), by="")
    by_contribution = {place.contribution: place for place in places}
    decisions = {key: Decision(key, accepted=True) for key in by_contribution}
    cases = await _cases(book, bench, places, rules, on=on)
    history, funds = await standing.read(book, cases, decisions, rules=rules, paying=True)
    planned = plan(cases, decisions, rules=rules, history=history, funds=funds)
    drafts = await _drafts(book, bench, planned, by_contribution, on=on)
    paid, again = Paid(), False
    for each, answer in zip(planned.awards, await book.journal.post_all(drafts), strict=True):
        if isinstance(answer, Receipt):
            paid += Paid() if answer.repeated else Paid(1, each.worth.cost)
        again = again or isinstance(answer, BelowFloor | RowConflict | ReferenceConflict)
        again = again or (isinstance(answer, Receipt) and answer.repeated)
    nothing = await _write_nothing(book, planned, by_contribution)
    return paid + Paid(nothing=nothing), again


async def _cases(book: Book, bench: Bench, places: Sequence[Place], rules: Shelf, *, on: date) -> list[Case]:
    """The events of those who stand first, in the order of the line, judged as they were when they were accepted."""
    there = {event.id: event for event in bench.events if event.area in bench.paths}
    keys = [event for event, _ in groupby(places, key=lambda place: place.event)]
    events = [there[key] for key in dict.fromkeys(keys) if key in there]
    kept = [event.id for event in events]
    repeated = await repeats.judge(book, events, rules=rules, on=on, settled=kept)
    cases = [bench.case(event, _day(book, event), repeated.get(event.id)) for event in events]
    return await particulars.fill(book, cases, rules=rules)


async def _drafts(
    book: Book, bench: Bench, planned: Plan, places: Mapping[str, Place], *, on: date
) -> list[Draft]:
    events = {event.id: event for event in bench.events}
    proofs = await attachments.proofs(book, sorted({each.case.event for each in planned.awards}))
    return [
        award.draft(
            each,
            events[each.case.event],
            by=places[each.worth.contribution].verifier,
            on=places[each.worth.contribution].decided_on,
            at=book.now(),
            proofs=proofs.get(each.case.event, ()),
            paid_on=max(on, places[each.worth.contribution].decided_on),
        )
        for each in planned.awards
    ]


async def _write_nothing(book: Book, planned: Plan, places: Mapping[str, Place]) -> int:
    """What came to nothing by now, because a cap was reached meanwhile: a verification and no transaction."""
    rows = []
    for each in planned.nothing:
        place = places[each.worth.contribution]
        rows.append(award.verification(each, by=place.verifier, on=place.decided_on))
    if not rows:
        return 0
    try:
        async with book.write() as db:
            known = await _known(db, [row.contribution for row in rows])
            new = [row for row in rows if row.contribution not in known]
            if new:
                await Verification.bulk_create(new, using_db=db)
            return len(new)
    except IntegrityError:  # found false meanwhile: it left the line
        return 0


async def _known(db: object, keys: Collection[str]) -> set[str]:
    rows = await Verification.filter(contribution__in=list(keys)).using_db(db)  # type: ignore[arg-type]
    return {row.contribution for row in rows}


def _day(book: Book, event: Event) -> date:
    return event.occurred_at.astimezone(book.zone).date()
