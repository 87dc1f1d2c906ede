"""What became of areas: who was renamed, merged into another or closed, and so what each is called and lies in today.

Rows of `people_area` are never changed. Whoever reads areas reads them through `points.people.areas`, which brings
them to today by what is found here; SQL that asks what lies in an area takes its condition from `below`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import selecting
from points.people.models import Area
from points.people.records import AreaChange

FEW = 1000
"""Of more areas than these every change is read: there are far fewer changes than areas."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Names by code; where each merged area went, with the day; which are closed; paths as they were laid."""

    names: Mapping[str, str] = field(default_factory=dict)
    into: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    laid: Mapping[str, Area] = field(default_factory=dict)

    def gone(self, code: str) -> bool:
        """Whether an area is no place of its own any more: merged into another, or closed."""
        return code in self.into or code in self.closed

    def path(self, path: str) -> str:
        """The path of today: below a merged area it leads through the one it was merged into, and still through it."""
        codes = [code for code in path.split("/") if code]
        for place in range(len(codes) - 1, -1, -1):
            if codes[place] in self.into:
                above = self.path(self.laid[self.into[codes[place]][0]].path)
                return above + "".join(f"{code}/" for code in codes[place:])
        return path

    def name(self, area: Area) -> str:
        """The name of today; of a merged area that of where it went, and its own: 六和社区（原和平社区）."""
        own = self.names.get(area.code, area.name)
        if area.code not in self.into:
            return own
        return f"{self.name(self.laid[self.last(area.code)])}（原{own}）"

    def last(self, code: str, on: str = "9999-12-31") -> str:
        """Where an area that was merged by a day ended up; itself when it was not."""
        while code in self.into and self.into[code][1] <= on:
            code = self.into[code][0]
        return code

    def applied(self, area: Area) -> Area:
        """The area as it is today. The row is ours alone and is not written."""
        area.path, area.name = self.path(area.path), self.name(area)
        return area


async def read(db: BaseDBAsyncClient, codes: Iterable[str] | None) -> Changes:
    """The changes of these areas (None: of all) and of what they were merged into. One statement, while none was."""
    wanted: set[str] | None = None if codes is None else set(codes)
    if wanted is not None and len(wanted) > FEW:
        wanted = None
    names: dict[str, str] = {}
    into: dict[str, tuple[str, str]] = {}
    closed: set[str] = set()
    laid: dict[str, Area] = {}
    while wanted is None or wanted:
        rows = (
            selecting.every(db, AreaChange, order="changed_on, id")
            if wanted is None
            else selecting.among(db, AreaChange, "area", wanted, order="changed_on, id")
        )
        for row in await rows:
            _note(row, names, into, closed)
        missing = {target for target, _ in into.values()} - laid.keys()
        found = await selecting.among(db, Area, "code", missing)
        laid.update({area.code: area for area in found})
        if wanted is None:
            break
        wanted = {code for area in found for code in area.path.split("/") if code}
    return Changes(names, into, frozenset(closed), laid)


def _note(row: AreaChange, names: dict[str, str], into: dict[str, tuple[str, str]], closed: set[str]) -> None:
    if row.what == "renamed" and row.name:
        names[row.area] = row.name
    elif row.what == "merged" and row.into:
        into[row.area] = row.into, row.changed_on
    elif row.what == "closed":
        closed.add(row.area)


async def below(db: BaseDBAsyncClient, codes: Sequence[str], column: str = "a.path") -> tuple[str, list[str]]:
    """A condition on a column of paths, and its values: the areas that lie in one of these today. Two statements.

    A range of an index for each, so it costs what it finds: `(a.path >= ? AND a.path < ?)`. What was merged into one of
    them has a range of its own, what was merged away is taken out. No codes: a condition that nothing meets.
    """
    if not codes:
        return "1 = 0", []
    changes = await merges(db)
    rows = await Area.filter(code__in=[*codes, *changes.into]).using_db(db)
    laid = {area.code: area.path for area in rows}
    wanted = {code for code in codes if code in laid}
    inside = {code for code in changes.into if wanted & set(changes.path(laid[code]).split("/"))}
    conditions: list[str] = []
    values: list[str] = []
    for top in sorted({laid[code] for code in wanted | inside}):
        outside = [
            laid[c] for c in changes.into if c not in inside and laid[c].startswith(top) and laid[c] != top
        ]
        conditions.append(
            f"({_RANGE.format(column)}"
            + "".join(f" AND NOT ({_RANGE.format(column)})" for _ in outside)
            + ")"
        )
        values += [end for path in (top, *sorted(outside)) for end in (path, path + "~")]
    return (f"({' OR '.join(conditions)})" if conditions else "1 = 0"), values


_RANGE = "{0} >= ? AND {0} < ?"


async def merges(db: BaseDBAsyncClient) -> Changes:
    """Every merge of the book, with what it needs to tell paths; the table has a row for each change ever made."""
    into: dict[str, tuple[str, str]] = {}
    for row in await AreaChange.filter(what="merged").using_db(db).order_by("changed_on", "id"):
        _note(row, {}, into, set())
    if not into:
        return Changes()
    targets = {target for target, _ in into.values()}
    laid = {area.code: area for area in await Area.filter(code__in=sorted(targets)).using_db(db)}
    return Changes({}, into, frozenset(), laid)
