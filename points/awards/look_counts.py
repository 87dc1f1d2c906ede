"""Second looks counted for those who audit: of each verifier's awards, what was drawn and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards.second_looks import DUE_AFTER
from points.events.latest import AREA
from points.people import areas


@dataclass(frozen=True, slots=True)
class Count:
    """One verifier's awards of a month that were drawn.

    agreed, disagreed   what another verifier said of them
    corrected           taken back since, whoever asked for it
    waiting             nobody has looked yet; `late` of them for more than fourteen days
    """

    verifier: str
    drawn: int
    agreed: int
    disagreed: int
    corrected: int
    waiting: int
    late: int


async def of_month(book: Book, codes: Sequence[str | None], month: str, *, on: date) -> list[Count]:
    """The verifiers whose awards were drawn in a month (YYYY-MM) in these areas and below (None: all). Three
    statements; an index of the day drawn leads to no more than that month's."""
    inside, values = "1 = 1", list[str]()
    if None not in codes:
        inside, values = await areas.below(book, [code for code in codes if code])
    sql = _COUNTS.format(inside=inside, area=AREA)
    late = (on - DUE_AFTER).isoformat()
    rows = await book.reader.execute_query_dict(sql, [late, f"{month}-01", f"{month}-31", *values])
    return [Count(**row) for row in rows]


_COUNTS = """
SELECT k.verifier, count(*) AS drawn, count(CASE WHEN n.agrees THEN 1 END) AS agreed,
    count(CASE WHEN NOT n.agrees THEN 1 END) AS disagreed, count(c.reference) AS corrected,
    count(CASE WHEN n.award IS NULL AND c.reference IS NULL THEN 1 END) AS waiting,
    count(CASE WHEN n.award IS NULL AND c.reference IS NULL AND k.drawn_on < ? THEN 1 END) AS late
FROM awards_second_look AS k JOIN events_event AS e ON e.id = k.event
LEFT JOIN awards_second_look_answer AS n ON n.award = k.award
LEFT JOIN awards_correction AS c ON c.of_reference = k.award
WHERE k.drawn_on >= ? AND k.drawn_on <= ?
    AND EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {area} AND ({inside}))
GROUP BY k.verifier ORDER BY k.verifier"""
