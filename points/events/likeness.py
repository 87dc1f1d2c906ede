"""Likeness: which reports may be of one thing, told by place and kind, by pictures, and by words. Pure.

The thresholds were measured. Pictures: sixty scenes written again as a phone's messenger does differed in 0 to 3 bits,
made brighter by a sixth in up to 5, and no two of different scenes in fewer than 18 (of 1,770 pairs). Words: 6,000
sentences made of the kinds and communities of the real events kept 0.67 of their threes of letters after one slip of
the pen, and 0.54 after two, in all but the worst tenth; of the 47,278 pairs of the real events' own 308 long names of
kinds 29 reach 0.6, and 107 reach 0.5.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

REPORTED = frozenset({"report", "mediation"})
"""The kinds of event that can repeat one another; an activity held twice is two activities."""
PLACE_WITHIN = timedelta(hours=24)
"""Reports of one kind from one community are alike so long after one another."""
WORDS_WITHIN = timedelta(days=7)
"""Near-same words from one community are alike so long after one another; later they are a turn of phrase."""
WORDS_ALIKE = 0.6
"""The share of threes of letters that near-same words have in common at least."""
WORDS_TELL_FROM = 8
"""Letters; fewer say too little."""
LOOKS_APART_AT_MOST = 4
"""Bits of 64 in which the marks of one picture differ at most."""
LOOKS_TELL = range(6, 59)
"""How many bits are set in a mark that says something; an even surface sets nearly none or nearly all."""
PARTS = ((1, 3), (4, 3), (7, 3), (10, 3), (13, 4))
"""The first digit and the length of the parts of a mark: of five, four bits that differ leave one as it is."""

WHY = ("place", "picture", "words")
"""What makes two reports alike."""
Pair = tuple[str, str]
"""Two events, by key, the smaller first."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What likeness is told by: when and where an event was, its kind, the marks of its pictures, its words."""

    event: str
    occurred_at: datetime
    community: str = ""
    subtype: str = ""
    looks: tuple[str, ...] = ()
    text: str = ""


def community_of(area: str) -> str:
    """The community of a grid or of a community: the 12 digits that a grid's code begins with."""
    return area[:12]


def pairs(events: Iterable[Marks]) -> dict[Pair, frozenset[str]]:
    """Which of these events are alike, and why (see WHY); the order they are given in does not matter."""
    given = sorted(events, key=lambda each: (each.occurred_at, each.event))
    found: dict[Pair, set[str]] = defaultdict(set)
    for why, tell in (("place", _in_place), ("picture", _in_looks), ("words", _in_words)):
        for one, other in tell(given):
            found[pair(one, other)].add(why)
    return {each: frozenset(why) for each, why in found.items()}


def pair(one: str, other: str) -> Pair:
    """Two events as a key."""
    return (one, other) if one < other else (other, one)


def looks_alike(one: str, other: str) -> bool:
    """Whether two marks of points.events.pictures.looks are of one picture."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= LOOKS_APART_AT_MOST


def looks_tell(looks: str | None) -> bool:
    """Whether a mark says something."""
    return looks is not None and int(looks, 16).bit_count() in LOOKS_TELL


def parts(looks: str) -> list[str]:
    """The parts of a mark by which an index finds those near it, in the order of PARTS."""
    return [looks[first - 1 : first - 1 + length] for first, length in PARTS]


def threes(text: str) -> frozenset[str]:
    """Every three letters of a text that follow one another, whatever is between words, wide or small."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    return (
        frozenset(plain[n : n + 3] for n in range(len(plain) - 2))
        if len(plain) >= WORDS_TELL_FROM
        else frozenset()
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The Jaccard index of two sets: what they share of what they have together, 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _in_place(given: Sequence[Marks]) -> Iterator[Pair]:
    """Of one community and kind, soon after one another; what happened at the same instant repeats nothing."""
    kinds: dict[tuple[str, str], list[Marks]] = defaultdict(list)
    for each in given:
        if each.community and each.subtype:
            kinds[each.community, each.subtype].append(each)
    for of_a_kind in kinds.values():
        for n, later in enumerate(of_a_kind):
            for earlier in reversed(of_a_kind[:n]):
                if later.occurred_at - earlier.occurred_at > PLACE_WITHIN:
                    break
                if earlier.occurred_at < later.occurred_at:
                    yield earlier.event, later.event


def _in_looks(given: Sequence[Marks]) -> Iterator[Pair]:
    """Those that share a picture, wherever and whenever they were."""
    shelves: dict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    for each in given:
        for looks in filter(looks_tell, each.looks):
            for key in enumerate(parts(looks)):
                for other, theirs in shelves[key]:
                    if other != each.event and looks_alike(looks, theirs):
                        yield other, each.event
                shelves[key].append((each.event, looks))


def _in_words(given: Sequence[Marks]) -> Iterator[Pair]:
    """Near-same words in one community within WORDS_WITHIN.

    Sets that share WORDS_ALIKE of what they have together share one of their rarest members: only those are compared
    (Chaudhuri, Ganti and Kaushik, “A Primitive Operator for Similarity Joins in Data Cleaning”, 2006).
    """
    worded = [(each, words) for each in given if each.community and (words := threes(each.text))]
    often = Counter(three for _, words in worded for three in words)
    shelves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, (each, words) in enumerate(worded):
        near: set[int] = set()
        for three in _rarest(words, often):
            shelf = shelves[each.community, three]
            near.update(shelf)
            shelf.append(n)
        for earlier, theirs in (worded[m] for m in near):
            if each.occurred_at - earlier.occurred_at <= WORDS_WITHIN and alike(words, theirs) >= WORDS_ALIKE:
                yield earlier.event, each.event


def _rarest(words: frozenset[str], often: Mapping[str, int]) -> list[str]:
    """As many of the rarest that two alike sets must share one of them."""
    kept = len(words) - ceil(WORDS_ALIKE * len(words)) + 1
    return sorted(words, key=lambda three: (often[three], three))[:kept]
