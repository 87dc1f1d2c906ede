"""Units: the departments and sponsoring units (包保单位) that events are sent to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ledger.book import Book
from points.events import duties
from points.events.errors import BadUnit, UnitTaken, UnknownUnit
from points.events.records import Unit
from points.evidence import acts
from points.people import areas, roles

KINDS = {"department": "职能部门", "sponsor": "包保单位"}
CODE = re.compile(r"[0-9A-Za-z-]{1,32}", re.ASCII)
MOST = 500
"""Units that a page offers to choose from."""


async def add(book: Book, code: str, name: str, *, area: str, kind: str, by: str) -> Unit:
    """Add a unit that serves an area and all below it; the same again changes nothing.

    Raises BadUnit, UnitTaken, UnknownArea and NotAllowed.
    """
    if not CODE.fullmatch(code):
        raise BadUnit(code=code)
    assert kind in KINDS
    await roles.require_any(book, by, duties.SETTERS, await areas.path(book, area))
    there = await Unit.get_or_none(code=code, using_db=book.reader)
    if there is not None:
        if (there.name, there.area, there.kind) != (name, area, kind):
            raise UnitTaken(code=code, name=there.name)
        return there
    unit = Unit(code=code, name=name, area=area, kind=kind, added_on=book.today().isoformat(), added_by=by)
    facts = {"area": area, "by": by, "code": code, "kind": kind}
    await acts.post(book, f"unit/{code}", ("unit", code), facts, [unit])
    return unit


async def serving(book: Book, path: str) -> Sequence[Unit]:
    """The units that serve an area: its own and those of the areas above it, departments first."""
    mine = Unit.filter(area__in=areas.ancestors(path)).using_db(book.reader)
    return await mine.order_by("kind", "name").limit(MOST)


async def under(book: Book, codes: Iterable[str | None]) -> Sequence[Unit]:
    """The units of these areas and of all below them; None is the whole book."""
    wanted = set(codes)
    rows = await Unit.all().using_db(book.reader).order_by("kind", "name").limit(MOST)
    if None in wanted:
        return rows
    places = await areas.many(book, {row.area for row in rows})
    return [row for row in rows if any(areas.covers(places[row.area].path, code) for code in wanted)]


async def named(book: Book, codes: Iterable[str | None]) -> dict[str, Unit]:
    """Units by code; unknown ones are absent."""
    rows = Unit.filter(code__in=sorted({code for code in codes if code})).using_db(book.reader)
    return {unit.code: unit for unit in await rows}


async def find(book: Book, code: str) -> Unit:
    """A unit by its code; raises UnknownUnit."""
    unit = await Unit.get_or_none(code=code, using_db=book.reader)
    if unit is None:
        raise UnknownUnit(unit=code)
    return unit
