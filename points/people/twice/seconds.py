"""The second person: a merge of many points, or of two who do not look alike, one asks for and another carries out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ledger.book import Book
from points.people import acts

ALONE_AT_MOST = 500
"""Points one person may bring together alone: in one merge, in a day, for one member in a month; as in corrections."""
LAPSES = timedelta(hours=72)
ASKED = "merge-asked"
_LATEST = """
SELECT x.recorded_at, s.text FROM ledger_transaction AS x
JOIN evidence_snapshot_text AS s ON s.snapshot = x.evidence_kind || '/' || x.evidence_id
WHERE x.reference >= ? AND x.reference < ? ORDER BY x.position DESC LIMIT 20"""

_SO_FAR = """
SELECT m.merged_by, m.merged_on, m.kept, sum(p.amount) AS points
FROM people_member_merge AS m JOIN ledger_transaction AS x ON x.reference = m.reference
JOIN ledger_posting AS p ON p.id BETWEEN x.position * 256 AND x.position * 256 + 255 AND p.unit = 'points'
JOIN ledger_account AS a ON a.id = p.source AND a.address LIKE 'member/' || m.gone || '/%'
WHERE (m.merged_by = ? AND m.merged_on = ?) OR (m.kept = ? AND substr(m.merged_on, 1, 7) = ?)
GROUP BY m.id, m.merged_by, m.merged_on, m.kept"""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asked for a merge of two numbers when it was of so many points; another sum is another request."""

    by: str
    points: int
    at: datetime


async def ask(book: Book, kept: str, gone: str, points: int, *, by: str, key: str) -> None:
    """Write the request down; it lapses after 72 hours."""
    asked = {"gone": gone, "points": points}
    if await acts.before(book, ASKED, kept, asked, by=by, key=key) is None:
        await acts.post(book, ASKED, kept, asked, [], by=by, key=key)


async def requested(book: Book, kept: str, gone: str, points: int) -> Request | None:
    """The latest request for just this, None when there is none that has not lapsed."""
    beginning = acts.reference(ASKED, kept, "")
    for row in await book.reader.execute_query_dict(_LATEST, [beginning, beginning + "~"]):
        said, at = json.loads(row["text"]), row["recorded_at"]
        moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
        if (said["gone"], int(said["points"])) == (gone, points) and moment + LAPSES >= book.now():
            return Request(said["by"], points, moment)
    return None


async def is_needed(book: Book, kept: str, points: int, *, by: str, on: date) -> bool:
    """Whether so many points are too many for one person. What was large enough to need two of them is not counted."""
    values = [by, on.isoformat(), kept, on.isoformat()[:7]]
    rows = [
        row for row in await book.reader.execute_query_dict(_SO_FAR, values) if row["points"] <= ALONE_AT_MOST
    ]
    mine = sum(row["points"] for row in rows if (row["merged_by"], row["merged_on"]) == (by, values[1]))
    theirs = sum(row["points"] for row in rows if row["kept"] == kept and row["merged_on"][:7] == values[3])
    return bool(points + max(mine, theirs) > ALONE_AT_MOST)
