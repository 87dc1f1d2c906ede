"""Party branches: a grouping of areas beside the tree. A branch holds areas, never people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points.evidence import acts
from points.keys import new_key
from points.people import areas, roles
from points.people.errors import BadAreaName, UnknownBranch
from points.people.models import Area
from points.people.records import Branch, BranchArea, Ending

NAME_AT_MOST = 80
TRIES = 20


@dataclass(frozen=True, slots=True)
class Grouped:
    """A branch, where it sits, and the areas it groups now, by code."""

    branch: Branch
    areas: tuple[Area, ...]


async def form(book: Book, name: str, *, area: str, by: str, key: str) -> Branch:
    """Form a branch at an area, by an admin there; the same key again answers with the same branch.

    Raises BadAreaName, UnknownArea, NotAllowed.
    """
    named = " ".join(name.split())
    if not 1 <= len(named) <= NAME_AT_MOST or not named.isprintable():
        raise BadAreaName
    await _may(book, area, by=by)
    on = book.today().isoformat()
    for _ in range(TRIES):
        last = await Branch.all().using_db(book.reader).order_by("-number").first()
        number = f"B-{int(last.number[2:]) + 1 if last else 1:04}"
        row = Branch(number=number, name=named, area=area, formed_on=on, formed_by=by)
        try:
            receipt = await _post(book, number, {"area": area, "name": named}, [row], "form", by=by, key=key)
        except RowConflict:
            continue  # somebody else formed one in the meantime
        return await find(book, receipt)
    raise Busy


async def find(book: Book, number: str) -> Branch:
    """A branch by its number; raises UnknownBranch."""
    known = len(number) <= 16  # a longer one cannot be asked for
    row = await Branch.get_or_none(number=number, using_db=book.reader) if known else None
    if row is None:
        raise UnknownBranch(branch=number)
    return row


async def put(book: Book, number: str, area: str, *, by: str, key: str) -> None:
    """Put an area into a branch, by an admin of both; it may be in several. Twice changes nothing."""
    await _may(book, (await find(book, number)).area, by=by)
    await _may(book, area, by=by)
    if any(row.area == area for row in await _joined(book, [number])):
        return
    row = BranchArea(id=new_key(), branch=number, area=area, joined_on=book.today().isoformat())
    await _post(book, number, {"area": area, "branch": number}, [row], "put", by=by, key=key)


async def take(book: Book, number: str, area: str, *, by: str, key: str) -> None:
    """Take an area out of a branch; one that is not in it changes nothing."""
    await _may(book, (await find(book, number)).area, by=by)
    on = book.today().isoformat()
    rows = [row for row in await _joined(book, [number]) if row.area == area]
    if rows:
        ends = [Ending(joined=row.id, kind="branch", ended_on=on, ended_by=by) for row in rows]
        await _post(book, number, {"area": area, "branch": number}, ends, "take", by=by, key=key)


async def grouped(book: Book, numbers: Sequence[str]) -> list[Grouped]:
    """Branches with their areas of today, by number. Five statements."""
    branches = await Branch.filter(number__in=list(numbers)).using_db(book.reader).order_by("number")
    joined = await _joined(book, [branch.number for branch in branches])
    places = await areas.many(book, {row.area for row in joined})
    return [
        Grouped(
            branch,
            tuple(
                sorted(
                    (places[row.area] for row in joined if row.branch == branch.number),
                    key=lambda area: area.code,
                )
            ),
        )
        for branch in branches
    ]


async def at(book: Book, code: str) -> list[Grouped]:
    """The branches that sit at an area, and those that group it."""
    there = await BranchArea.filter(area=code).using_db(book.reader).values_list("branch", flat=True)
    here = await Branch.filter(area=code).using_db(book.reader).values_list("number", flat=True)
    found = await grouped(book, sorted({str(number) for number in [*there, *here]}))
    return [g for g in found if g.branch.area == code or any(area.code == code for area in g.areas)]


async def _joined(book: Book, numbers: Sequence[str]) -> list[BranchArea]:
    rows = await BranchArea.filter(branch__in=list(numbers)).using_db(book.reader).order_by("id")
    ended = Ending.filter(kind="branch", joined__in=[row.id for row in rows]).using_db(book.reader)
    gone = {row.joined for row in await ended}
    return [row for row in rows if row.id not in gone]


async def _may(book: Book, area: str, *, by: str) -> None:
    await roles.require(book, by, "admin", await areas.path(book, area), book.today())


async def _post(
    book: Book, number: str, facts: dict[str, str], rows: Sequence[Any], verb: str, *, by: str, key: str
) -> str:
    """Post the act; the answer is the number of the branch it was about, the first time it was posted."""
    said, request = {**facts, "by": by, "verb": verb}, {**facts, "verb": f"branch {verb}"}
    reference, about = f"branch/{book.today()}/{key}", ("branch", f"{number}/{key}")
    await acts.post(book, reference, about, said, rows, request=request)
    return (await acts.subject(book, reference)).partition("/")[0]
