"""What of a community's year is not at its end yet: told to whoever closes it, each with a way to open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ledger.book import Book
from points.events.latest import AREA
from points.events.selection import midnight
from points.people import areas

KINDS = ("unverified", "unnoticed", "noticed", "frozen", "asked")
"""Not verified yet; not on a notice yet; on one; frozen by an objection; asked to be corrected."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Item:
    """One contribution that is not done with: how far it is, and what it was."""

    kind: str
    contribution: str
    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each kind, and the first of them."""

    counts: dict[str, int]
    items: tuple[Item, ...]

    @property
    def total(self) -> int:
        """How many in all."""
        return sum(self.counts.values())


async def of(book: Book, community: str, year: int) -> Waiting:
    """What happened in a community in a year and has not come to its end. Four statements."""
    inside, codes = await areas.below(book, [community])
    begins, ends = [midnight(book, date(each, 1, 1)) for each in (year, year + 1)]
    values = [begins, ends, *codes]
    place = f"EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = {AREA} AND {inside})"  # noqa: S608
    own = _OWN.format(place=place)
    counted = await book.reader.execute_query_dict(own + _COUNTED, values)
    listed = await book.reader.execute_query_dict(own + _LISTED, [*values, MOST])
    counts = dict.fromkeys(KINDS, 0) | {row["kind"]: int(row["n"]) for row in counted}
    return Waiting(counts, tuple(_item(book, row) for row in listed))


_OWN = """
WITH own AS (SELECT c.id AS contribution, coalesce(e.subtype_name, e.type_name) AS what, e.occurred_at AS at,
    CASE WHEN v.contribution IS NULL THEN 'unverified'
    WHEN v.reference IS NULL OR v.points = 0 THEN 'done'
    WHEN EXISTS (SELECT 1 FROM awards_correction AS x WHERE x.of_reference = v.reference) THEN 'done'
    WHEN EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = v.reference
        AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)) THEN 'frozen'
    WHEN EXISTS (SELECT 1 FROM awards_correction_request AS q WHERE q.award = v.reference
        AND NOT EXISTS (SELECT 1 FROM awards_correction_decision AS d WHERE d.request = q.id)) THEN 'asked'
    WHEN EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = v.reference) THEN 'done'
    WHEN EXISTS (SELECT 1 FROM openness_notice_line AS n WHERE n.award = v.reference) THEN 'noticed'
    ELSE 'unnoticed' END AS kind
FROM events_event AS e JOIN events_contribution AS c ON c.event = e.id
LEFT JOIN awards_verification AS v ON v.contribution = c.id
WHERE e.occurred_at >= ? AND e.occurred_at < ? AND {place}
    AND (v.contribution IS NOT NULL OR coalesce((SELECT s.name FROM events_step AS s WHERE s.event = e.id
        AND s.name IN ('found_false', 'reopened') ORDER BY s.id DESC LIMIT 1), '') <> 'found_false'))"""


_COUNTED = " SELECT kind, count(*) AS n FROM own WHERE kind <> 'done' GROUP BY kind"
_LISTED = " SELECT * FROM own WHERE kind <> 'done' ORDER BY contribution LIMIT ?"


def _item(book: Book, row: dict[str, object]) -> Item:
    at = row["at"]
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    day = moment.astimezone(book.zone).date()
    return Item(str(row["kind"]), str(row["contribution"]), str(row["what"]), day)
