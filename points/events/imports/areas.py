"""Import areas: division codes with their names and levels, each with a path from the root."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.book import Book
from ledger.transactions import Bulk
from points.events.imports import lookups
from points.events.imports.columns import Column, Record
from points.events.imports.errors import (
    BadCode,
    BrokenParent,
    KnownOtherwise,
    NeedsParent,
    TooLong,
    UnknownLevel,
)
from points.events.imports.gathering import HOW, Gathering, How, gather
from points.events.imports.packing import Packed
from points.events.imports.plan import Plan, Stamp
from points.events.imports.tree import Tree
from points.people.areas import LEVELS
from points.people.models import Area
from points.progress import Progress, quiet

COLUMNS = (
    Column("code", "code", ("区划代码", "统计用区划代码", "代码", "编码")),
    Column("name", "name", ("名称", "区划名称")),
    Column("level", "level", ("级别", "层级")),
    Column("parent", "parent", ("上级", "上级代码", "父级代码")),
)
SPELLINGS = {level: level for level in LEVELS} | {
    "区县": "district",
    "区": "district",
    "县": "district",
    "镇街": "street",
    "街道": "street",
    "乡镇": "street",
    "镇": "street",
    "社区": "community",
    "村": "community",
    "社区/村": "community",
    "网格": "grid",
    "楼栋": "building",
}
ROOTS = ("district", "street")
"""What may stand at the top: a book is a district's, or a street's."""
ORDER = tuple(LEVELS)
ROWS_AT_MOST = 1_000_000
"""A nation's communities, and more."""
CODE = re.compile(r"\d{12}|\d{15}", re.ASCII)


class NewArea(NamedTuple):
    """An area as the file has it."""

    code: str
    name: str
    level: str
    parent: str | None


async def plan(
    book: Book, path: Path, *, source: str | None = None, how: How = HOW, progress: Progress = quiet
) -> Plan:
    """What a file of areas would add. A code already there with another name, level or parent is an error."""
    gathering = await gather(
        path, COLUMNS, needs=("code", "name", "level"), how=how, rows_at_most=ROWS_AT_MOST
    )
    read, tree = Packed[tuple[int, NewArea]](), Tree()
    for record in gathering.sound(progress):
        area = _read(gathering, record)
        if area is not None and not gathering.repeats(record, "code", area.code):
            read.append((record.number, area))
            tree.add(area.code, area.parent, ORDER.index(area.level))
    for part in read.parts():
        there = await lookups.areas(book, tree.above([area.code for _, area in part]))
        for row, area in part:
            _settle(gathering, row, area, there, tree)
    return gathering.plan("areas", make, source=source)


def make(values: Sequence[tuple[NewArea, str]], stamp: Stamp) -> tuple[Bulk, ...]:
    """The rows of new areas."""
    del stamp  # an area has no day of its own
    return (Bulk(Area, (*NewArea._fields, "path"), [(*area, path) for area, path in values]),)


def _settle(gathering: Gathering, row: int, area: NewArea, there: Mapping[str, Area], tree: Tree) -> None:
    known = there.get(area.code)
    if known is not None:
        _compare(gathering, gathering.record(row), area, known)
    elif (path := _path(area.code, tree, there)) is None:
        gathering.error(gathering.record(row), "parent", BrokenParent())
    else:
        gathering.add(row, (area, path))
        gathering.tally[area.level] += 1


def _read(gathering: Gathering, record: Record) -> NewArea | None:
    code, name, level = record.get("code") or "", record.get("name") or "", record.get("level") or ""
    kind, parent = SPELLINGS.get(level), record.get("parent")
    if not CODE.fullmatch(code):
        gathering.error(record, "code", BadCode())
    elif len(name) > 80:
        gathering.error(record, "name", TooLong(most=80))
    elif kind is None:
        gathering.error(
            record, "level", UnknownLevel(levels="、".join(f"{key} {name}" for key, name in LEVELS.items()))
        )
    elif parent is None and kind not in ROOTS:
        gathering.error(record, "parent", NeedsParent())
    else:
        return NewArea(code, name, kind, parent)
    return None


def _compare(gathering: Gathering, record: Record, area: NewArea, known: Area) -> None:
    for key in ("name", "level", "parent"):
        if getattr(area, key) != getattr(known, key):
            gathering.error(record, key, KnownOtherwise(code=area.code, value=getattr(known, key) or ""))
            return
    gathering.unchanged += 1


def _path(code: str, tree: Tree, there: Mapping[str, Area]) -> str | None:
    """The codes from the root down; None when the way up is broken, goes round, or does not rise level by level."""
    chain: list[str] = []
    at: str | None = code
    while at is not None and at not in there:
        node = tree.get(at)
        if node is None:
            return None
        chain.append(at)
        at, level = node
        above = _level(at, tree, there)
        if above >= level:
            return None
    path = there[at].path if at is not None else "/"
    return path + "".join(f"{step}/" for step in reversed(chain))


def _level(code: str | None, tree: Tree, there: Mapping[str, Area]) -> int:
    """How far down an area stands: above everything without a code, below everything when nobody knows it."""
    if code is None:
        return -1
    if code in there:
        return ORDER.index(there[code].level)
    node = tree.get(code)
    return node[1] if node else len(ORDER)
