"""Verification: somebody in charge, who took no part, accepts or returns each contribution; awards follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ledger import collecting
from ledger.book import Book
from points.awards import (
    line,
    notes,
    second_looks,
    waiting,
)
from points.awards.cases import Decision
from points.awards.deciding import Session
from points.awards.errors import NoArea, UnknownEvent
from points.awards.outcomes import Outcome, Tally
from points.awards.waiting import Bench
from points.progress import Progress, quiet

AT_ONCE = 1_000
"""Contributions planned together; their drafts fit in one commit."""


async def accept(
    book: Book,
    event: str,
    *,
    by: str,
    on: date,
    only: Sequence[str] | None = None,
    returned: Mapping[str, str] | None = None,
    note: str = "",
) -> Outcome:
    """Decide on the contributions to an event that wait: those in `returned` go back for a reason, others are accepted.

    `only` limits it to some of them. `note` is for those that go back, and can be erased. Nothing is decided by
    somebody who is not assigned, has no role there, took part or lives with one who did; the outcome says why.
    Raises UnknownEvent, NoRuleBook.
    """
    bench = await waiting.load(book, [event], by=by)
    if not bench.events:
        raise UnknownEvent(event=event)
    back = dict(returned or {})
    wanted = [*(only if only is not None else _undecided(bench, event)), *back]
    said = note.strip()[: notes.AT_MOST]
    decisions = {each: Decision(each, each not in back, back.get(each), said) for each in wanted}
    session = await Session.open(book, by=by, on=on)
    tally = Tally()
    await session.verify([event], decisions, tally)
    await line.pay(book, tally.funds, on=on)  # it may have been refilled while they were being accepted
    await second_looks.give_waiting(book, on)
    return tally.outcome()


async def accept_assigned(
    book: Book, *, source: str, by: str, on: date, plain: bool = False, progress: Progress = quiet
) -> Outcome:
    """Accept everything from a source that waits for this verifier, the oldest first, one award for each contribution.

    With `plain` only events that were reported and nothing more: there are no hours and no mediation to look at. A run
    that was killed is finished by the next one; what was accepted before is not looked at again. What cannot be
    accepted goes on waiting, with its reason in the outcome: also those events of the source that nobody can be given,
    because they name no community. Raises NoRuleBook.
    """
    session, tally = await Session.open(book, by=by, on=on), Tally()
    pending = await waiting.assigned_to(book, by, source, plain=plain)
    total, done = sum(map(len, pending.values())), 0
    progress(0, total)
    with collecting.after():
        for part in _parts(pending):
            decisions = {each: Decision(each, accepted=True) for event in part for each in pending[event]}
            await session.verify(part, decisions, tally)
            done += len(decisions)
            progress(done, total)
    await line.pay(book, tally.funds, on=on)  # it may have been refilled while they were being accepted
    await second_looks.give_waiting(book, on)
    for contribution in await waiting.unplaced(book, source):
        tally.refuse(contribution, NoArea())
    return tally.outcome()


def _undecided(bench: Bench, event: str) -> list[str]:
    return [doing.id for doing in bench.doings[event] if not doing.decided]


def _parts(pending: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Whole events, with about AT_ONCE contributions together."""
    part: list[str] = []
    size = 0
    for event, contributions in pending.items():
        if part and size + len(contributions) > AT_ONCE:
            yield part
            part, size = [], 0
        part.append(event)
        size += len(contributions)
    if part:
        yield part
