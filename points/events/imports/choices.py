"""What somebody chose for a source's files: which column is which, which community a name means.

It is remembered for each source, and each who brings files keeps their own: what somebody of another street answers
for the same platform changes nothing of it. Who has chosen nothing yet is offered what was chosen last by anyone; they
see it on the page before it counts, and of the communities only those in their own areas are taken.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger import encoding
from ledger.book import Book
from points.events.records import ColumnMap
from points.keys import new_key


@dataclass(frozen=True, slots=True)
class Choices:
    """`columns` says of our keys which title of the file stands for it ("": none does); `places` of a name the code."""

    columns: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


NO_CHOICES = Choices()


async def remembered(book: Book, kind: str, source: str | None, *, by: str) -> Choices:
    """What this person chose last for this kind of file from this source; where they said nothing, the last of anyone.

    Nothing when nobody chose. Two statements.
    """
    mine, others = await _last(book, kind, source, by), await _last(book, kind, source, None)
    if mine is None:
        return others or NO_CHOICES
    return Choices(mine.columns, {**(others or mine).places, **mine.places})


async def remember(book: Book, kind: str, source: str | None, choices: Choices, *, by: str) -> None:
    """Keep what was chosen; the same again writes nothing. `columns` of the row holds `{"columns":…,"places":…}`."""
    if choices == await _last(book, kind, source, by):
        return
    text = encoding.canonical({"columns": dict(choices.columns), "places": dict(choices.places)}).decode()
    async with book.write() as db:
        await ColumnMap.create(
            using_db=db,
            id=new_key(),
            kind=kind,
            source=source or "",
            columns=text,
            chosen_at=book.now(),
            chosen_by=by,
        )


async def _last(book: Book, kind: str, source: str | None, by: str | None) -> Choices | None:
    """The last choice of somebody, or of anyone."""
    rows = ColumnMap.filter(kind=kind, source=source or "").using_db(book.reader)
    last = await (rows.filter(chosen_by=by) if by else rows).order_by("-id").first()
    said = json.loads(last.columns) if last else None
    return Choices(said.get("columns", {}), said.get("places", {})) if said else None
