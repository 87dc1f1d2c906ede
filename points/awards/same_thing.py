"""The same thing: a verifier says that reports are of one thing, or that they are not, until they are verified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ledger.book import Book
from ledger.errors import RowConflict
from points.awards import turns, waiting
from points.awards.errors import AwardsError, NoRepeats, RepeatBusy, RepeatSettled, UnknownEvent
from points.awards.waiting import Bench
from points.events import clusters, likeness
from points.events.clusters import Words
from points.events.likeness import Pair
from points.events.models import Event
from points.events.records import SameThing, SameThingTurn
from points.evidence import acts
from points.keys import new_key
from points.people import roles
from points.people.roles import Grant

MOST = 24
"""Events that one word is about."""
TRIES = 5
"""How often a word is planned anew because somebody else had one meanwhile."""
Choose = Callable[[Sequence[Event], Words], Iterable[Pair]]


async def confirm(book: Book, events: Collection[str], *, by: str, key: str) -> None:
    """These events are one thing: the first to occur keeps the credit, the others repeat it.

    What was verified stays as it was judged; of the others the latest word counts, so `split` takes this back. `by`
    verifies wherever one of them is, took part in none and lives with nobody who did. The same key again changes
    nothing. Raises UnknownEvent, NoRepeats, RepeatSettled, RepeatBusy, NotVerifier, OwnEvent, OwnHousehold, NoArea
    and WasFalse.
    """
    await _say(book, events, _together, same=True, by=by, key=key)


async def split(book: Book, event: str, others: Collection[str], *, by: str, key: str) -> None:
    """This event is another thing than the others, whatever is alike in them; see `confirm`, which takes this back."""

    def apart(given: Sequence[Event], words: Words) -> Iterable[Pair]:
        pairs = (_ordered(given, event, other.id) for other in given if other.id != event)
        return [pair for pair in pairs if not _said(words, pair, same=False)]

    await _say(book, {event, *others}, apart, same=False, by=by, key=key)


async def refusal(book: Book, events: Collection[str], *, by: str) -> AwardsError | None:
    """Why somebody may have no word on these events, None when they may."""
    bench = await waiting.load(book, list(events), by=by)
    return _refusal(bench, await roles.grants_of(book, by, book.today()), by=by)


async def _say(book: Book, events: Collection[str], choose: Choose, *, same: bool, by: str, key: str) -> None:
    asked = sorted(set(events))
    reference = f"same-thing/{key}"
    request = {"by": by, "events": asked, "same": same}
    if await acts.before(book, reference, request):
        return
    if not 2 <= len(asked) <= MOST:
        raise NoRepeats(most=MOST)
    for _ in range(TRIES):
        next_turns = await turns.due(book, asked)
        pairs = await _open(book, asked, choose, by=by)
        if not pairs:
            return
        facts = {"by": by, "pairs": [[later, earlier] for earlier, later in pairs], "same": same}
        rows = _rows(book, pairs, next_turns, same=same, by=by)
        about = ("same-thing", new_key())
        try:
            await acts.post(book, reference, about, facts, rows, request=request)
        except RowConflict:
            continue
        return
    raise RepeatBusy


async def _open(book: Book, asked: Sequence[str], choose: Choose, *, by: str) -> list[Pair]:
    """The pairs, each the earlier first, that a word is to be kept of: those whose later event nobody verified."""
    bench = await waiting.load(book, asked, by=by)
    if len(bench.events) < len(asked):
        raise UnknownEvent(event=next(iter(set(asked) - {each.id for each in bench.events})))
    if any(each.kind not in likeness.REPORTED for each in bench.events):
        raise NoRepeats(most=MOST)
    if refused := _refusal(bench, await roles.grants_of(book, by, book.today()), by=by):
        raise refused
    pairs = list(choose(bench.events, await clusters.words_on(book, asked)))
    found = [pair for pair in pairs if not turns.is_settled(bench, pair[1])]
    if pairs and not found:
        raise RepeatSettled
    return found


def _refusal(bench: Bench, grants: Sequence[Grant], *, by: str) -> AwardsError | None:
    for event in bench.events:
        refused = bench.involved(event, by=by) or bench.without_role(event, by=by, grants=grants)
        if refused:
            return refused
    return None


def _together(given: Sequence[Event], words: Words) -> Iterable[Pair]:
    """Each with the first, and whoever was said to be apart with each other; without what was said before."""
    first, *rest = given
    star = [_ordered(given, first.id, each.id) for each in rest]
    keys = {each.id for each in given}
    parted = [
        _ordered(given, *pair) for pair, word in words.items() if not word.same and keys.issuperset(pair)
    ]
    wanted = dict.fromkeys([*star, *parted])
    return [pair for pair in wanted if not _said(words, pair, same=True)]


def _ordered(given: Sequence[Event], one: str, other: str) -> Pair:
    place = {each.id: n for n, each in enumerate(given)}
    return (one, other) if place[one] < place[other] else (other, one)


def _said(words: Words, pair: Pair, *, same: bool) -> bool:
    word = words.get(likeness.pair(*pair))
    return word is not None and word.same == same


def _rows(
    book: Book, pairs: Sequence[Pair], next_turns: Mapping[str, str], *, same: bool, by: str
) -> list[Any]:
    said_at = book.now()
    rows: list[Any] = [
        SameThing(id=new_key(), event=later, earlier=earlier, same=same, said_at=said_at, said_by=by)
        for earlier, later in pairs
    ]
    return rows + [
        SameThingTurn(id=next_turns[later]) for later in dict.fromkeys(later for _, later in pairs)
    ]
