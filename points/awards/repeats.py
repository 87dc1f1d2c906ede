"""Repeats: a report of the same community and subtype shortly after another. Judged once, kept, never rescored.

What a verifier said of two events counts before what is found, until one of them is verified: see same_thing.py.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from tortoise.expressions import Q, Subquery

from ledger.book import Book
from points.awards import turns
from points.awards.cases import Repetition
from points.awards.models import Repeat
from points.awards.rule_books import Shelf
from points.events import clusters, steps
from points.events.clusters import Words
from points.events.likeness import REPORTED, community_of
from points.events.models import Event, Step
from points.events.records import Amendment
from points.people import areas

Moment = tuple[datetime, str]
"""When an event occurred, and its id."""


def repetition(event: Moment, others: Sequence[Moment], within: timedelta) -> Repetition | None:
    """What an event repeats: `others`, sorted, are those of its community and subtype, itself among them or not.

    Those count that occurred from `within` before it until just before it. How many they are is the ordinal, and the
    first of them is the one repeated.
    """
    occurred_at, _ = event
    first, end = bisect_left(others, (occurred_at - within, "")), bisect_left(others, (occurred_at, ""))
    return Repetition(others[first][1], end - first) if end > first else None


async def judge(
    book: Book, events: Iterable[Event], *, rules: Shelf, on: date, settled: Iterable[str] = ()
) -> dict[str, Repetition]:
    """The repeats among these events, by event; those found now are written down, those judged before stand.

    `settled` are events of which something was verified before: they are not judged again. What was said of an event
    counts before what was found, and is written down with its verification. A constant number of statements to read
    and one to write, however many events.
    """
    found, new, said = await _look(book, events, rules, settled)
    await _keep(book, new, on)
    return found | new | said


async def foresee(
    book: Book, events: Iterable[Event], *, rules: Shelf, settled: Iterable[str] = ()
) -> dict[str, Repetition]:
    """What `judge` would find now, without writing anything down."""
    found, new, said = await _look(book, events, rules, settled)
    return found | new | said


async def anew(book: Book, events: Iterable[Event], *, rules: Shelf) -> dict[str, Repetition]:
    """What would be found among these events by other rules of what repeats, whatever was judged before.

    What was said of an event counts. Nothing is written down: what was judged stays judged.
    """
    wanted = [each for each in events if each.area and each.subtype_name and each.kind in REPORTED]
    if not wanted:
        return {}
    words = await clusters.words_around(book, [each.id for each in wanted])
    return await _judge(book, wanted, rules, words)


async def _look(
    book: Book, events: Iterable[Event], rules: Shelf, settled: Iterable[str]
) -> tuple[dict[str, Repetition], dict[str, Repetition], dict[str, Repetition]]:
    """The repeats that were judged before, those found that nobody judged yet, and those somebody had a word on."""
    wanted = [each for each in events if each.area and each.subtype_name and each.kind in REPORTED]
    keys = [each.id for each in wanted]
    verified = await turns.taken(book, due) if (due := set(settled).intersection(keys)) else {}
    known = await Repeat.filter(event__in=keys).using_db(book.reader)
    before = {row.event: Repetition(row.of_event, row.ordinal) for row in known} | verified
    closed = verified.keys() | set(settled)
    words = await clusters.words_around(book, [key for key in keys if key not in closed])
    worded = {event for each in words for event in each} - closed
    found = {key: repeat for key, repeat in before.items() if repeat and key not in worded}
    unjudged = [
        each for each in wanted if each.id not in closed and (each.id in worded or each.id not in before)
    ]
    new = await _judge(book, unjudged, rules, words) if unjudged else {}
    said = {key: new.pop(key) for key in worded & new.keys()}
    return found, new, said


async def _judge(book: Book, events: Sequence[Event], rules: Shelf, words: Words) -> dict[str, Repetition]:
    within = {
        each.id: timedelta(hours=rules.on(each.occurred_at.astimezone(book.zone).date()).repeats.within_hours)
        for each in events
    }
    others = await _alike(book, events, max(within.values()))
    together = await _together(book, words)
    found = {}
    for each in events:
        mine = together.get(each.id, ())
        if each.id in mine[1:]:
            found[each.id] = Repetition(mine[0], mine.index(each.id))
            continue
        apart = {event for pair, word in words.items() if each.id in pair and not word.same for event in pair}
        near = others.get((community_of(each.area or ""), each.subtype_name), [])
        alike = (
            [moment for moment in near if moment[1] not in apart and moment[1] not in mine] if words else near
        )
        if repeat := repetition((each.occurred_at, each.id), alike, within[each.id]):
            found[each.id] = repeat
    return found


async def _together(book: Book, words: Words) -> dict[str, tuple[str, ...]]:
    """What was said to be one thing, by event: the first to occur first, without what was found false."""
    if not words:
        return {}
    keys = {event for pair in words for event in pair}
    rows = await Event.filter(id__in=list(keys)).using_db(book.reader).values_list("id", "occurred_at")
    false = await clusters.false_ones(book, keys)
    found = clusters.united({str(key): at for key, at in rows}, (), words)
    return {event: each for each in clusters.without(found, false) for event in each}


async def _alike(
    book: Book, events: Sequence[Event], within: timedelta
) -> Mapping[tuple[str, str], Sequence[Moment]]:
    """Every event that one of these could repeat, by community and subtype, in order of occurrence.

    What was placed later counts where it is now, and what was found false is repeated by nothing.
    """
    communities = {community_of(each.area or "") for each in events}
    inside, ends = await areas.below(book, sorted(communities))
    sql = f"SELECT a.code FROM people_area AS a WHERE {inside}"  # noqa: S608 - as many ranges as communities
    grids = {str(row["code"]) for row in await book.reader.execute_query_dict(sql, ends)}
    places = communities | grids | {str(each.area) for each in events}
    near = Event.filter(
        subtype_name__in={each.subtype_name for each in events},
        occurred_at__gte=min(each.occurred_at for each in events) - within,
        occurred_at__lt=max(each.occurred_at for each in events),
        kind__in=REPORTED,
    )
    there = Subquery(near.filter(area__in=places).values("id"))
    placed = Amendment.filter(Q(area__in=places) | Q(event__in=there), area__not_isnull=True)
    moved = {row.event: str(row.area) for row in await placed.using_db(book.reader).order_by("id")}
    found = near.filter(Q(area__in=places) | Q(id__in=list(moved))) if moved else near.filter(area__in=places)
    turned = Step.filter(event__in=Subquery(found.values("id")), name__in=list(steps.TURNS))
    false = steps.false_ones(await turned.using_db(book.reader))
    alike: dict[tuple[str, str], list[Moment]] = defaultdict(list)
    rows = await found.using_db(book.reader).values_list("area", "subtype_name", "occurred_at", "id")
    for area, subtype, occurred_at, key in sorted(rows, key=lambda row: (row[2], row[3])):
        if key not in false:
            alike[community_of(moved.get(key, area)), subtype].append((occurred_at, key))
    return alike


async def _keep(book: Book, new: Mapping[str, Repetition], on: date) -> None:
    """Write the judgements down; where another process has judged meanwhile, its judgement stands."""
    if not new:
        return
    async with book.write() as db:
        there = {row.event for row in await Repeat.filter(event__in=list(new)).using_db(db)}
        rows = [
            Repeat(event=event, of_event=repeat.of_event, ordinal=repeat.ordinal, judged_on=on.isoformat())
            for event, repeat in new.items()
            if event not in there
        ]
        if rows:
            await Repeat.bulk_create(rows, using_db=db)
