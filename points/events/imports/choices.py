"""What somebody chose for a source's files: which column is which, which community a name means; the latest counts."""

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


async def remembered(book: Book, kind: str, source: str | None) -> Choices:
    """What was chosen last for this kind of file from this source; nothing when nobody chose."""
    rows = ColumnMap.filter(kind=kind, source=source or "").using_db(book.reader)
    last = await rows.order_by("-id").first()
    said = json.loads(last.columns) if last else {}
    return Choices(said.get("columns", {}), said.get("places", {}))


async def remember(book: Book, kind: str, source: str | None, choices: Choices, *, by: str) -> None:
    """Keep what was chosen; the same again writes nothing. `columns` of the row holds `{"columns":…,"places":…}`."""
    if choices == await remembered(book, kind, source):
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
