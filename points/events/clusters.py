"""Clusters: reports that are or may be of one thing, who was first, and what was said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tortoise.expressions import Q

from ledger.book import Book
from points.events import latest, likeness, steps
from points.events.likeness import PARTS, Marks, Pair, community_of
from points.events.models import Event, Step
from points.events.records import Amendment, Attachment, AttachmentRemoval, EventText, SameThing
from points.people import areas

SAID = "said"
"""Why two are together, beside likeness.WHY: somebody, or the platform they came from, said so."""
ROUNDS = 3
"""How often words on what was found lead on to more events: three steps from an event to the last of its cluster."""


@dataclass(frozen=True, slots=True)
class Word:
    """The latest word on whether two events are of one thing, and who said it; a file's word is its importer's."""

    same: bool
    by: str
    at: datetime


Words = Mapping[Pair, Word]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Two or more events, the first to occur first. `why` says for each later one what ties it to the others.

    confirmed   the later ones of which somebody said that they are the same thing as another here
    """

    events: tuple[Event, ...]
    why: Mapping[str, frozenset[str]]
    confirmed: frozenset[str]

    @property
    def first(self) -> Event:
        """Who found it first."""
        return self.events[0]

    @property
    def open(self) -> bool:
        """Whether something of it was not confirmed yet."""
        return len(self.confirmed) < len(self.events) - 1


def united(moments: Mapping[str, datetime], alike: Collection[Pair], words: Words) -> list[tuple[str, ...]]:
    """The clusters of some events: unions of what is alike, and of what was said to be one thing.

    What was said counts before what was found, the newest word first, and no union brings together two that were said
    to be different. In a cluster the first to occur is first; clusters in the order of their first. Neither the order
    in which the events came to be known nor that of the arguments changes anything.
    """
    apart: dict[str, set[str]] = defaultdict(set)
    for (one, other), word in words.items():
        if not word.same:
            apart[one].add(other)
            apart[other].add(one)
    cluster = {event: {event} for event in moments}
    for one, other in _in_order(moments, alike, words):
        mine, theirs = cluster[one], cluster[other]
        if mine is theirs or any(apart[each] & theirs for each in mine if each in apart):
            continue
        mine |= theirs
        cluster.update(dict.fromkeys(theirs, mine))
    found = {id(each): each for each in cluster.values() if len(each) > 1}
    ordered = (tuple(sorted(each, key=lambda key: (moments[key], key))) for each in found.values())
    return sorted(ordered, key=lambda each: (moments[each[0]], each[0]))


def without(found: Iterable[tuple[str, ...]], gone: Collection[str]) -> list[tuple[str, ...]]:
    """The same clusters without some events: what was said to be one thing with one of these still is one thing."""
    left = (tuple(event for event in each if event not in gone) for each in found)
    return [each for each in left if len(each) > 1]


def _in_order(moments: Mapping[str, datetime], alike: Collection[Pair], words: Words) -> list[Pair]:
    said = sorted(
        (each for each, word in words.items() if word.same),
        key=lambda each: (words[each].at, each),
        reverse=True,
    )
    found = sorted(
        set(alike) - words.keys(), key=lambda each: sorted(((moments[e], e) for e in each), reverse=True)
    )
    return [each for each in (*said, *found) if all(event in moments for event in each)]


async def words_on(book: Book, events: Collection[str]) -> dict[Pair, Word]:
    """The latest word on each pair that one of these events is in. One statement."""
    asked = list(events)
    rows = SameThing.filter(Q(event__in=asked) | Q(earlier__in=asked)).using_db(book.reader)
    ordered = sorted(await rows, key=lambda row: (row.said_at, row.id))
    return {
        likeness.pair(row.event, row.earlier): Word(row.same, row.said_by, row.said_at) for row in ordered
    }


async def words_around(book: Book, events: Collection[str]) -> dict[Pair, Word]:
    """The same, and the words on the events that these lead to. ROUNDS statements."""
    found, known = dict[Pair, Word](), set[str]()
    asked = set(events)
    for _ in range(ROUNDS):
        words = await words_on(book, asked) if asked else {}
        found |= words
        known |= asked
        asked = {event for each in words for event in each} - known
    return found


async def of(book: Book, events: Sequence[Event]) -> dict[str, Cluster]:
    """The cluster of each of these events that is in one, by event; what was found false is in none.

    Looked for are the reports of the same communities within a week, those with the same pictures anywhere, and those
    of which something was said: each through an index, in a constant number of statements. The events say the latest.
    """
    asked = [each for each in events if each.kind in likeness.REPORTED]
    if not asked:
        return {}
    words = await words_around(book, {each.id for each in asked})
    keys = {event for each in words for event in each} | await _with_looks(book, [each.id for each in asked])
    found = await _near(book, asked, keys)
    rows = {each.id: each for each in (*await latest.read(book.reader, found), *asked)}
    return await _clustered(book, asked, rows, words)


async def false_ones(book: Book, events: Iterable[str]) -> set[str]:
    """Those of some events that were found false. One statement."""
    turned = Step.filter(event__in=list(events), name__in=list(steps.TURNS)).using_db(book.reader)
    return steps.false_ones(await turned)


async def _clustered(
    book: Book, asked: Sequence[Event], rows: Mapping[str, Event], words: Words
) -> dict[str, Cluster]:
    false = await false_ones(book, rows)
    looks = await _looks(book, list(rows))
    said = await _texts(book, list(rows))
    alike = likeness.pairs(
        Marks(
            event=each.id,
            occurred_at=each.occurred_at,
            community=community_of(each.area or ""),
            subtype=each.subtype_name,
            looks=tuple(looks.get(each.id, ())),
            text=said.get(each.id, ""),
        )
        for each in rows.values()
        if each.id not in false
    )
    moments = {key: each.occurred_at for key, each in rows.items()}
    found: dict[str, Cluster] = {}
    for keys in without(united(moments, alike, words), false):
        found |= dict.fromkeys(keys, _cluster([rows[key] for key in keys], alike, words))
    return {each.id: found[each.id] for each in asked if each.id in found}


def _cluster(events: Sequence[Event], alike: Mapping[Pair, frozenset[str]], words: Words) -> Cluster:
    why: dict[str, frozenset[str]] = {}
    confirmed: set[str] = set()
    keys = [each.id for each in events]
    for n, later in enumerate(keys[1:], 1):
        told = frozenset[str]().union(*(alike.get(likeness.pair(later, key), frozenset()) for key in keys))
        before = (words.get(likeness.pair(later, key)) for key in keys[:n])
        if not told or any(word and word.same for word in before):
            confirmed.add(later)  # what nothing else ties to the others was said of one that was found false
            told |= {SAID}
        why[later] = told
    return Cluster(tuple(events), why, frozenset(confirmed))


async def _near(book: Book, asked: Sequence[Event], keys: Collection[str]) -> list[Event]:
    """The reports of these keys, and those of the same communities within a week. Five statements."""
    communities = {community_of(each.area) for each in asked if each.area}
    inside, ends = await areas.below(book, sorted(communities))
    sql = f"SELECT a.code FROM people_area AS a WHERE {inside}"  # noqa: S608 - as many ranges as communities
    below = {str(row["code"]) for row in await book.reader.execute_query_dict(sql, ends)}
    codes = communities | below | {each.area for each in asked if each.area}
    moved = Amendment.filter(area__in=sorted(codes)).using_db(book.reader).values_list("event", "area")
    in_one: dict[str, list[str]] = defaultdict(list)
    for code in sorted(codes):
        in_one[community_of(code)].append(code)
    come: dict[str, list[str]] = defaultdict(list)
    for event, area in await moved:
        come[community_of(str(area))].append(str(event))
    wanted = Q(id__in=sorted({*keys, *(each.id for each in asked)}))
    for each in asked:
        if each.area:
            community = community_of(each.area)
            there = Q(area__in=in_one[community])
            if come[community]:
                there |= Q(id__in=come[community])
            since, until = each.occurred_at - likeness.WORDS_WITHIN, each.occurred_at + likeness.WORDS_WITHIN
            wanted |= there & Q(occurred_at__gte=since, occurred_at__lte=until)
    return await Event.filter(wanted, kind__in=likeness.REPORTED).using_db(book.reader)


async def _texts(book: Book, events: Sequence[str]) -> dict[str, str]:
    """What was written about events, where something was. One statement."""
    rows = EventText.filter(event__in=list(events)).using_db(book.reader).values_list("event", "text")
    return {str(event): str(text) for event, text in await rows if text}


async def _looks(book: Book, events: Sequence[str]) -> dict[str, list[str]]:
    """The marks of the pictures of events that say something, without those that were erased. Two statements."""
    rows = await Attachment.filter(event__in=list(events), looks__not_isnull=True).using_db(book.reader)
    gone = AttachmentRemoval.filter(attachment__in=[row.id for row in rows]).using_db(book.reader)
    erased = {row.attachment for row in await gone}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row.id not in erased and row.name != "sign_in" and likeness.looks_tell(row.looks):
            found[row.event].append(str(row.looks))
    return found


BY_PART = "SELECT t.id, t.event, t.looks FROM events_attachment AS t WHERE substr(t.looks, {}, {}) IN ({})"


async def _with_looks(book: Book, events: Sequence[str]) -> set[str]:
    """The events that have a picture with a mark near one of these events'. Two statements, one over five indexes."""
    own = Attachment.filter(event__in=list(events), looks__not_isnull=True).using_db(book.reader)
    looks = [
        str(each) for each in await own.values_list("looks", flat=True) if likeness.looks_tell(str(each))
    ]
    if not looks:
        return set()
    of_each = [sorted(set(values)) for values in zip(*map(likeness.parts, looks), strict=True)]
    asked = (BY_PART.format(*PARTS[n], ", ".join("?" * len(values))) for n, values in enumerate(of_each))
    values = [value for each in of_each for value in each]
    rows = await book.reader.execute_query_dict(" UNION ".join(asked), values)
    return {
        str(row["event"]) for row in rows if any(likeness.looks_alike(row["looks"], each) for each in looks)
    }
