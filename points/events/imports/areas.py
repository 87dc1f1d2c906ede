"""Import areas: division codes with their names and levels, each with a path from the root."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger.book import Book
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
from points.events.imports.plan import Plan, Stamp
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


@dataclass(frozen=True, slots=True)
class NewArea:
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
    there = {area.code: area for area in await Area.all().using_db(book.reader)}
    read: dict[str, tuple[Record, NewArea]] = {}
    for record in gathering.sound(progress):
        area = _read(gathering, record)
        if area is not None and not gathering.repeats(record, "code", area.code):
            read[area.code] = record, area
    paths = {code: known.path for code, known in there.items()}
    for code, (record, area) in read.items():
        if code in there:
            _compare(gathering, record, area, there[code])
        elif (path_ := _path(code, read, paths, there)) is None:
            gathering.error(record, "parent", BrokenParent())
        else:
            gathering.add(record, (area, path_))
            gathering.tally[area.level] += 1
    return gathering.plan("areas", make, source=source)


def make(value: Any, stamp: Stamp) -> tuple[Any, ...]:
    """The row of a new area."""
    del stamp  # an area has no day of its own
    area, path = value
    return (Area(code=area.code, name=area.name, level=area.level, parent=area.parent, path=path),)


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


def _path(
    code: str,
    read: Mapping[str, tuple[Record, NewArea]],
    paths: dict[str, str],
    there: Mapping[str, Area],
) -> str | None:
    """The codes from the root down; None when the way up is broken, goes round, or does not rise level by level."""
    chain: list[str] = []
    at: str | None = code
    while at is not None and at not in paths:
        if at not in read or at in chain:
            return None
        chain.append(at)
        at = read[at][1].parent
        if at is not None and not _is_above(at, chain[-1], read, there):
            return None
    path = paths[at] if at is not None else "/"
    for step in reversed(chain):
        path = paths[step] = f"{path}{step}/"
    return path


def _is_above(
    upper: str, lower: str, read: Mapping[str, tuple[Record, NewArea]], there: Mapping[str, Area]
) -> bool:
    level = there[upper].level if upper in there else read[upper][1].level if upper in read else ORDER[-1]
    return ORDER.index(level) < ORDER.index(read[lower][1].level)
