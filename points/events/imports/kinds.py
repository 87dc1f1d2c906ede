"""The kinds of file that can be imported, each by its name: what its columns are, and how it is planned."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from ledger.book import Book
from points.events.imports import areas, contributions, events, members
from points.events.imports.columns import Column
from points.events.imports.gathering import HOW, How
from points.events.imports.plan import Plan
from points.events.imports.reading import ROWS_AT_MOST, Sheet
from points.progress import Progress, quiet


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `needs_source`: the platform it comes from has to be named; `names_places`: by community."""

    name: str
    plan: Callable[..., Awaitable[Plan]]
    columns: Callable[[Sheet, How], tuple[Column, ...]]
    needs_source: bool = False
    whole_book: bool = False
    names_places: bool = False
    rows_at_most: int = ROWS_AT_MOST


def _always(known: tuple[Column, ...]) -> Callable[[Sheet, How], tuple[Column, ...]]:
    return lambda _sheet, _how: known


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "events",
            events.plan,
            lambda sheet, how: events.shape_of(sheet, how).columns,
            needs_source=True,
            names_places=True,
        ),
        Kind("contributions", contributions.plan, _always(contributions.COLUMNS), needs_source=True),
        Kind("members", members.plan, _always(members.COLUMNS), names_places=True),
        Kind(
            "areas",
            areas.plan,
            _always(areas.COLUMNS),
            whole_book=True,
            rows_at_most=areas.ROWS_AT_MOST,
        ),
    )
}
"""In the order in which a page offers them."""


async def plan(
    book: Book, kind: str, path: Path, *, source: str | None, how: How = HOW, progress: Progress = quiet
) -> Plan:
    """Plan a file of this kind; see the kind's own `plan`."""
    return await KINDS[kind].plan(book, path, source=source, how=how, progress=progress)
