"""A year that was closed: its statement as it was kept, and whether the ledger has moved on since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from points.awards.records import YearClose
from points.awards.years.figures import Figures, from_facts
from points.evidence import snapshots
from points.evidence.models import Snapshot, SnapshotText


@dataclass(frozen=True, slots=True)
class Closed:
    """The statement of a closed year, and where its act stands; `whole`: the kept text is the one that was cited."""

    figures: Figures
    waiting: dict[str, int]
    digest: str
    asked_by: str
    closed_by: str
    closed_on: date
    position: int
    whole: bool


def key_of(community: str, year: int) -> str:
    """`440310001001/2026`: what a closed year is called."""
    return f"{community}/{year}"


async def is_closed(book: Book, community: str, year: int) -> bool:
    """Whether a community's year was closed. One statement."""
    return await YearClose.filter(id=key_of(community, year)).using_db(book.reader).exists()


async def year_of(book: Book, sources: Sequence[str], awarded_on: str) -> str | None:
    """The closed year that an award came out of, as its key; None when that year is open. One statement."""
    funds = [address.split("/")[1] for address in sources if address.startswith("fund/")]
    year = int(awarded_on[:4])
    return key_of(funds[0], year) if funds and await is_closed(book, funds[0], year) else None


async def find(book: Book, community: str, year: int) -> Closed | None:
    """The statement of a closed year; None while it is open. Four statements."""
    row = await YearClose.get_or_none(id=key_of(community, year), using_db=book.reader)
    if row is None:
        return None
    name = f"year/{row.id}"
    kept = await SnapshotText.get(snapshot=name, using_db=book.reader)
    cited = await Snapshot.get(id=name, using_db=book.reader)
    found = await book.reader.execute_query_dict(
        "SELECT position FROM ledger_transaction WHERE reference = ?", [row.reference]
    )
    facts = json.loads(kept.text)
    return Closed(
        from_facts(facts["figures"]),
        facts["waiting"],
        row.digest,
        row.asked_by,
        row.closed_by,
        date.fromisoformat(row.closed_on),
        found[0]["position"],
        snapshots.matches(cited.digest, kept.salt, kept.text),
    )


@dataclass(frozen=True, slots=True)
class Later:
    """A correction, made after a year was closed, of an award of that year."""

    position: int
    contribution: str
    points: int
    reason: str
    corrected_on: date


_LATER = """
SELECT t.position, v.contribution, v.points, c.reason, c.corrected_on
FROM awards_correction AS c JOIN awards_verification AS v ON v.reference = c.of_reference
JOIN ledger_transaction AS t ON t.reference = c.reference JOIN ledger_transaction AS x ON x.reference = c.of_reference
WHERE x.effective_on >= ? AND x.effective_on <= ? AND t.position > ?
    AND EXISTS (SELECT 1 FROM ledger_posting AS p JOIN ledger_account AS a ON a.id = p.source
        WHERE p.id BETWEEN x.position * 256 AND x.position * 256 + 255 AND a.address >= ? AND a.address < ?)
ORDER BY t.position LIMIT 100"""


async def later(book: Book, closed: Closed) -> list[Later]:
    """The corrections of a closed year's awards that came after it was closed, in their order. One statement."""
    year, community = closed.figures.year, closed.figures.community
    days = [date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()]
    values: list[Any] = [*days, closed.position, f"fund/{community}/", f"fund/{community}0"]
    rows = await book.reader.execute_query_dict(_LATER, values)
    return [Later(**row | {"corrected_on": date.fromisoformat(row["corrected_on"])}) for row in rows]
