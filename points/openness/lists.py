"""Lists of awards for public notice: which award stands on the list of which area. Pure."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

FEWEST = 5
"""A shorter list might show who is on it; it is merged into the list of the area above."""

LETTERS = "ACDEFHJKMNPQRTUVWXY34679"
"""No letter or digit that is taken for another when it is read aloud or copied by hand."""
CODE = 8
UNSEEN = "-"
"""How the code of an award begins that is on a notice without a line of its own: that of somebody under 14."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An award that is on no notice yet, with the path of its community from the root down."""

    award: str
    member: str
    category: str
    points: int
    path: tuple[str, ...]


def merged(awards: Iterable[Waiting], *, top: str) -> dict[str, list[Waiting]]:
    """The lists by area: each award's own community, or as far up as it takes to make five of them, `top` at most.

    Streets gather what their communities were too few for, districts what their streets were too few for. Every award
    is on exactly one list. A list that is still too short at the top is published there.
    """
    lists: dict[str, list[Waiting]] = defaultdict(list)
    above: dict[str, str | None] = {}
    for award in awards:
        codes = award.path[award.path.index(top) :]
        above.update(zip(codes[1:], codes, strict=False))
        lists[codes[-1]].append(award)
    above[top] = None
    for area in sorted(above, key=lambda code: _depth(above, code), reverse=True):
        higher = above[area]
        if higher is not None and 0 < len(lists.get(area, ())) < FEWEST:
            lists[higher].extend(lists.pop(area))
    return {
        area: sorted(lines, key=lambda each: each.award) for area, lines in sorted(lists.items()) if lines
    }


def placed(awards: Sequence[Waiting], unseen: Collection[str], *, top: str) -> dict[str, list[Waiting]]:
    """The lists of `merged`, made by those who may be seen; awards of `unseen` members belong to the nearest of them.

    Where there is none they belong to one at the top that has no line.
    """
    lists: dict[str, list[Waiting]] = merged((each for each in awards if each.member not in unseen), top=top)
    for each in awards:
        if each.member in unseen:
            area = next((code for code in reversed(each.path) if code in lists), top)
            lists.setdefault(area, []).append(each)
    return dict(sorted(lists.items()))


def _depth(above: Mapping[str, str | None], code: str) -> int:
    higher = above[code]
    return 0 if higher is None else 1 + _depth(above, higher)


def codes(count: int, choice: Callable[[Sequence[str]], str] = secrets.choice) -> list[str]:
    """So many different codes of eight letters, each one of 24⁸ ≈ 10¹¹: nobody finds a line that is not theirs."""
    found: set[str] = set()
    while len(found) < count:
        found.add("".join(choice(LETTERS) for _ in range(CODE)))
    return sorted(found, key=lambda _: secrets.randbits(64))
