"""Who asks: somebody who signed in, with the roles they hold on a day. Every page asks it, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.people.roles import STANDING, Grant


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who may be here. `grants` are the roles they hold, the oldest first."""

    name: str
    grants: tuple[Grant, ...]


async def find(book: Book, member: str, on: date) -> Asking | None:
    """Somebody by their number with the roles of a day; None for one who never was, whose name was erased, or whose
    number was merged into another. One statement."""
    day = on.isoformat()
    rows = await book.reader.execute_query_dict(_ASKING, [member, day, day, member])
    if not rows or not rows[0]["name"]:
        return None
    held = [
        Grant(row["id"], member, row["role"], row["area"], row["from_on"], row["until_on"])
        for row in rows
        if row["id"] is not None and row["from_on"] <= day
    ]
    return Asking(rows[0]["name"], tuple(held))


_ASKING = f"""
SELECT p.name, held.id, held.role, held.area, held.from_on, held.until_on
FROM people_member AS m JOIN people_person AS p ON p.member = m.number
LEFT JOIN ({STANDING.format(condition="g.member = ?")}) AS held ON held.member = m.number
WHERE m.number = ? AND NOT EXISTS (
    SELECT 1 FROM people_member_merge AS closed WHERE closed.gone = m.number
    AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = closed.id))
ORDER BY held.id"""  # noqa: S608 - our own words only
