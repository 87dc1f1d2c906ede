"""What a verification would give if it were made now: the same plan, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards import particulars, repeats, rule_books, standing, turns, waiting
from points.awards.cases import Decision
from points.awards.errors import AwardsError
from points.awards.planning import Planned, plan
from points.awards.waiting import Bench
from points.events.models import Event
from points.people import roles


@dataclass(frozen=True, slots=True)
class Foresight:
    """What would come of accepting everything that is undecided in some events, in their order.

    refusals   by event: why this verifier may not decide on it
    worths     by contribution: what it would be given
    unfunded   contributions that the fund of their month cannot pay now
    """

    bench: Bench
    refusals: Mapping[str, AwardsError]
    worths: Mapping[str, Planned]
    unfunded: frozenset[str]

    def points(self, event: str) -> int:
        """What the undecided contributions to an event would be given together."""
        mine = (self.worths.get(doing.id) for doing in self.bench.doings[event] if not doing.decided)
        return sum(planned.worth.points for planned in mine if planned)


async def foresee(
    book: Book, events: Sequence[str], *, by: str, on: date, beside: Sequence[str] = ()
) -> Foresight:
    """Look ahead for a verifier. A constant number of statements, however many events; unknown ones are absent.

    Of those `beside` only the refusals are told, not what they would be given. Somebody else may draw on a cap or a
    fund before the verification is made, so it is a forecast. Raises NoRuleBook.
    """
    bench = await waiting.load(book, [*events, *beside], by=by)
    rules, grants = await rule_books.shelf(book), await roles.grants_of(book, by, on)
    days = {event.id: event.occurred_at.astimezone(book.zone).date() for event in bench.events}
    asked = ((e.id, bench.refusal(e, days[e.id], by=by, on=on, grants=grants)) for e in bench.events)
    refusals = {event: refusal for event, refusal in asked if refusal}
    told = set(events)
    placed = [event for event in bench.events if event.area in bench.paths and event.id in told]
    wanted = _undecided(bench, placed)
    settled = [event.id for event in placed if turns.is_settled(bench, event.id)]
    repeated = await repeats.foresee(book, placed, rules=rules, settled=settled)
    bare = [bench.case(event, days[event.id], repeated.get(event.id)) for event in placed]
    cases = await particulars.fill(book, bare, rules=rules)
    history, funds = await standing.read(book, cases, wanted, rules=rules)
    planned = plan(cases, wanted, rules=rules, history=history, funds=funds)
    worths = {each.worth.contribution: each for each in (*planned.awards, *planned.nothing)}
    return Foresight(bench, refusals, worths, frozenset(doing for _, doing in planned.unfunded))


def _undecided(bench: Bench, events: Sequence[Event]) -> dict[str, Decision]:
    return {
        each.id: Decision(each.id, accepted=True)
        for event in events
        for each in bench.doings[event.id]
        if not each.decided
    }
