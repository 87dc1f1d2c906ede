"""Turns: a word on what an event repeats and its verification never pass each other unseen.

Each word takes the turn after the words before it, and the verification takes the next: a row whose key both want. Who
comes second meets a RowConflict and looks again; after a verification there is no turn left to take, because the words
are counted and none is added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ledger.book import Book
from ledger.errors import Refusal
from ledger.transactions import Bulk, Draft, Receipt
from points.awards.cases import Case, Decision, Repetition
from points.awards.planning import Plan
from points.awards.waiting import Bench
from points.events import likeness
from points.events.records import SameThing, SameThingTurn


async def due(book: Book, events: Collection[str]) -> dict[str, str]:
    """The next turn with each of these events; to be read before what is written at it is planned. One statement."""
    rows = SameThing.filter(event__in=list(events)).using_db(book.reader).values_list("event", flat=True)
    words = Counter(str(event) for event in await rows)
    return {event: f"{event}/{words[event] + 1}" for event in events}


def is_settled(bench: Bench, event: str) -> bool:
    """Whether what an event repeats was judged for good: something of it was decided, or took a place in line."""
    return event in bench.judged or any(each.decided for each in bench.doings[event])


async def due_first(book: Book, bench: Bench, decisions: Mapping[str, Decision]) -> dict[str, str]:
    """The same for the events of which something is decided on for the first time, and that could repeat another."""
    first = [
        event.id
        for event in bench.events
        if event.kind in likeness.REPORTED
        and any(each.id in decisions for each in bench.doings[event.id])
        and not is_settled(bench, event.id)
    ]
    return await due(book, first)


async def taken(book: Book, events: Collection[str]) -> dict[str, Repetition | None]:
    """What was judged of those of these events that were verified. Two statements."""
    keys = {key: event for event, key in (await due(book, events)).items()}
    rows = await SameThingTurn.filter(id__in=list(keys)).using_db(book.reader)
    return {
        keys[row.id]: Repetition(row.of_event, row.ordinal or 1) if row.of_event else None for row in rows
    }


def take(case: Case, turns: dict[str, str]) -> tuple[SameThingTurn, ...]:
    """The row that takes the turn of an event's verification and keeps what was judged, for the first to ask."""
    return tuple(
        SameThingTurn(id=key, of_event=of_event, ordinal=ordinal)
        for key, of_event, ordinal in _taken(case, turns)
    )


def taking(case: Case, turns: dict[str, str]) -> tuple[Bulk, ...]:
    """The same as `take`, as it comes with a draft."""
    taken = _taken(case, turns)
    return (Bulk(SameThingTurn, ("id", "of_event", "ordinal"), taken),) if taken else ()


def _taken(case: Case, turns: dict[str, str]) -> tuple[tuple[str, str | None, int | None], ...]:
    key = turns.pop(case.event, None)
    if key is None:
        return ()
    return ((key, case.repeat.of_event, case.repeat.ordinal) if case.repeat else (key, None, None),)


async def post(
    book: Book, planned: Plan, drafts: Sequence[Draft], turns: dict[str, str]
) -> list[Receipt | Refusal | None]:
    """Post awards: first one for each event, which takes its turn, then the others of the events that got theirs.

    None for those that must be planned again. The turns that were taken are taken out of `turns`.
    """
    events = [each.case.event for each in planned.awards]
    before: set[str] = set()
    leading: list[int] = []
    for n, event in enumerate(events):
        if event not in turns or event not in before:
            leading.append(n)
        before.add(event)
    answers: list[Receipt | Refusal | None] = [None] * len(drafts)
    await _post(book, drafts, leading, answers)
    for event in {events[n] for n in leading if isinstance(answers[n], Receipt)}:
        turns.pop(event, None)
    following = set(range(len(drafts))).difference(leading)
    await _post(book, drafts, [n for n in sorted(following) if events[n] not in turns], answers)
    return answers


async def _post(
    book: Book, drafts: Sequence[Draft], which: Sequence[int], answers: list[Receipt | Refusal | None]
) -> None:
    if which:
        for n, answer in zip(which, await book.journal.post_all([drafts[n] for n in which]), strict=True):
            answers[n] = answer
