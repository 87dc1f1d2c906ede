"""The objections that wait for an answer, and what became of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from points.awards.models import Correction
from points.events.latest import AREA
from points.openness.records import Objection, Ruling
from points.people import areas


@dataclass(frozen=True, slots=True)
class Waiting:
    """An objection that nobody answered yet, as those see it who answer."""

    number: str
    award: str
    notice: str
    code: str
    category: str
    points: int
    reason: str
    made_on: date
    answer_by: date
    area: str

    def overdue(self, today: date) -> bool:
        """Whether the day by which it was to be answered has passed."""
        return self.answer_by < today


_WAITING = f"""
SELECT o.number, o.award, n.number AS notice, l.code, l.category, l.points, o.reason, o.made_on, o.answer_by,
    a.code AS area
FROM openness_objection AS o
JOIN openness_notice AS n ON n.id = o.notice JOIN openness_notice_line AS l ON l.award = o.award
JOIN awards_verification AS v ON v.reference = o.award JOIN events_event AS e ON e.id = v.event
JOIN people_area AS a ON a.code = substr({AREA}, 1, 12)
WHERE {{inside}} AND NOT EXISTS (SELECT 1 FROM openness_ruling AS r WHERE r.objection = o.id)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = o.award)
ORDER BY o.answer_by, o.id LIMIT ?"""  # noqa: S608 - a fragment of ours


async def waiting(book: Book, codes: Sequence[str | None], *, limit: int = 100) -> list[Waiting]:
    """The objections in some areas (None: all) that nobody answered, the most urgent first. Two statements."""
    inside, values = ("1 = 1", []) if None in codes else await areas.below(book, [c for c in codes if c])
    rows = await book.reader.execute_query_dict(_WAITING.format(inside=inside), [*values, limit])
    return [_waiting(row) for row in rows]


def _waiting(row: dict[str, Any]) -> Waiting:
    days = {name: date.fromisoformat(row[name]) for name in ("made_on", "answer_by")}
    return Waiting(**(row | days))


async def state(book: Book, objection: Objection) -> tuple[str, Ruling | None]:
    """What became of an objection: open, upheld, dismissed, or corrected for another reason; and the answer."""
    ruling = await Ruling.get_or_none(objection=objection.id, using_db=book.reader)
    if ruling is not None:
        return ruling.decision, ruling
    gone = await Correction.filter(of_reference=objection.award).using_db(book.reader).exists()
    return ("corrected" if gone else "open"), None
