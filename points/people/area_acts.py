"""What people do with areas: set up a new one, rename, merge or close one. Each is an act, and its history stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from ledger.transactions import Draft
from points.evidence import acts
from points.keys import new_key
from points.people import area_changes, areas, roles
from points.people.errors import (
    AreaFull,
    AreaGone,
    BadAreaLevel,
    BadAreaName,
    CannotMerge,
    NotEmpty,
)
from points.people.models import Area
from points.people.records import AreaChange

BY_HAND = ("section", "quarter", "grid", "building")
"""What is set up by hand; districts, streets and communities come from the state's list of division codes."""
ORDER = tuple(areas.LEVELS)
NAME_AT_MOST = 80
PLACES = 999
TRIES = 20


@dataclass(frozen=True, slots=True)
class Past:
    """What became of an area: renamed (from `before` to `name`), merged (`into`), took_in (`into`) or closed."""

    what: str
    on: str
    by: str
    before: str
    name: str | None
    into: str | None


async def add(book: Book, name: str, *, level: str, parent: str, by: str, key: str) -> Area:
    """Set up an area below a community, by an admin there; the same key again answers with the same area.

    Its code is the community's 12 digits and the next free three. Raises BadAreaName, BadAreaLevel, UnknownArea,
    AreaGone, AreaFull, NotAllowed.
    """
    named = _name(name)
    above = await _open(book, parent, by=by)
    if level not in BY_HAND or not ORDER.index("community") <= ORDER.index(above.level) < ORDER.index(level):
        raise BadAreaLevel(
            upper=areas.LEVELS.get(above.level, above.level), level=areas.LEVELS.get(level, level)
        )
    laid = await Area.get(code=parent, using_db=book.reader)
    for _ in range(TRIES):
        code = await _free(book, laid)
        row = Area(code=code, name=named, level=level, parent=parent, path=f"{laid.path}{code}/")
        facts = {"code": code, "level": level, "name": named, "parent": parent}
        asked = {"level": level, "name": named, "parent": parent}
        try:
            receipt = await book.journal.post(_draft(book, "added", code, facts, asked, row, by=by, key=key))
        except RowConflict:
            continue  # somebody else set up this number in the meantime
        return await areas.find(book, await _subject(book, receipt.reference))
    raise Busy


async def rename(book: Book, code: str, name: str, *, by: str, key: str) -> None:
    """Give an area a new name from today; what it is called already changes nothing.

    Raises UnknownArea, AreaGone, BadAreaName, NotAllowed.
    """
    named = _name(name)
    if (await _open(book, code, by=by)).name != named:
        await _change(book, code, "renamed", by=by, key=key, name=named)


async def merge(book: Book, code: str, *, into: str, by: str, key: str) -> None:
    """Merge an area into another of its level, by somebody who is admin of both; once merged, nothing changes.

    What happened in it stays in it, and is found below the other; who may do something there may do it here as well.
    Raises UnknownArea, AreaGone, CannotMerge, NotAllowed.
    """
    where = await area_changes.read(book.reader, [code])
    if where.last(code) == into != code:
        return
    gone, kept = await _open(book, code, by=by), await _open(book, into, by=by)
    if gone.level != kept.level or areas.covers(kept.path, code):
        raise CannotMerge(name=gone.name, into=kept.name)
    await _change(book, code, "merged", by=by, key=key, into=into)


async def close(book: Book, code: str, *, by: str, key: str) -> None:
    """Close an area with nothing open below it; closing twice changes nothing.

    Raises UnknownArea, AreaGone, NotEmpty, NotAllowed.
    """
    if code in (await area_changes.read(book.reader, [code])).closed:
        return
    area = await _open(book, code, by=by)
    if below := await areas.children(book, code):
        raise NotEmpty(name=area.name, below=below[0].name)
    await _change(book, code, "closed", by=by, key=key)


async def history(book: Book, code: str) -> list[Past]:
    """What became of an area and what it took in, the oldest first, each with the name of then. Two statements."""
    rows = await AreaChange.filter(area=code).using_db(book.reader).order_by("changed_on", "id")
    taken = await AreaChange.filter(into=code).using_db(book.reader).order_by("changed_on", "id")
    laid = await Area.filter(code__in=[code, *(row.area for row in taken)]).using_db(book.reader)
    names = {area.code: area.name for area in laid}
    found = []
    for row in sorted([*rows, *taken], key=lambda each: (each.changed_on, each.id)):
        mine = row.area == code
        what = row.what if mine else "took_in"
        into = row.into if mine else row.area
        found.append(
            Past(what, row.changed_on, row.changed_by, names.get(row.area, row.area), row.name, into)
        )
        if mine and row.name:
            names[code] = row.name
    return found


def _name(name: str) -> str:
    read = " ".join(name.split())
    if not 1 <= len(read) <= NAME_AT_MOST or not read.isprintable():
        raise BadAreaName
    return read


async def _open(book: Book, code: str, *, by: str) -> Area:
    """The area, for an admin of it, while it is a place of its own."""
    area = await areas.find(book, code)
    await roles.require(book, by, "admin", area.path, book.today())
    if (await area_changes.read(book.reader, [code])).gone(code):
        raise AreaGone(name=area.name)
    return area


async def _free(book: Book, parent: Area) -> str:
    """The next code below a community: its 12 digits and three more."""
    community = parent.code[:12]
    sql = "SELECT max(code) AS last FROM people_area WHERE code > ? AND code < ?"
    (row,) = await book.reader.execute_query_dict(sql, [community, community + "~"])
    number = int(row["last"][12:]) + 1 if row["last"] else 1
    if number > PLACES:
        raise AreaFull(name=parent.name)
    return f"{community}{number:03}"


async def _change(
    book: Book,
    code: str,
    what: str,
    *,
    by: str,
    key: str,
    name: str | None = None,
    into: str | None = None,
) -> None:
    facts = {"code": code, "into": into or "", "name": name or ""}
    on = book.today().isoformat()
    row = AreaChange(
        id=new_key(),
        area=code,
        what=what,
        name=name,
        into=into,
        changed_on=on,
        changed_by=by,
        reference=f"area/{on}/{key}",
    )
    await book.journal.post(_draft(book, what, code, facts, facts, row, by=by, key=key))


def _draft(
    book: Book,
    what: str,
    code: str,
    facts: dict[str, Any],
    asked: dict[str, Any],
    row: Any,
    *,
    by: str,
    key: str,
) -> Draft:
    said, request = {**facts, "by": by, "what": what}, {**asked, "verb": f"area {what}"}
    about = ("area", f"{code}/{key}")
    return acts.draft(book, f"area/{book.today()}/{key}", about, said, [row], request=request)


async def _subject(book: Book, reference: str) -> str:
    """The area that an act was about."""
    return (await acts.subject(book, reference)).partition("/")[0]
