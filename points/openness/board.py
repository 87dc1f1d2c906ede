"""The public board: what a stranger may read of a notice while it hangs. Afterwards it has taken itself down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from points.events.latest import AREA
from points.openness import lists, masking, models
from points.openness.errors import UnknownNotice
from points.people import areas, consents, members

RECENT = 5_000
"""So many of the newest entries of the ledger are looked through for awards that are on no notice yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its code, the category or the class of a mediation, the points, a masked name by consent, else None."""

    code: str
    category: str
    mediation: str | None
    points: int
    name: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """A notice with its lines by code; none once it has taken itself down."""

    notice: models.Notice
    closes_on: date
    published_on: date
    rows: tuple[Row, ...]
    hangs: bool

    @property
    def points(self) -> int:
        """The sum of what hangs there."""
        return sum(row.points for row in self.rows)


_LINES = """
SELECT l.code, l.category, l.points, l.member, e.kind, c.outcome
FROM openness_notice_line AS l
JOIN awards_verification AS v ON v.reference = l.award
JOIN events_event AS e ON e.id = v.event JOIN events_contribution AS c ON c.id = v.contribution
WHERE l.notice = ? ORDER BY l.code"""


async def board(book: Book, number: str, today: date, *, staff: bool = False) -> Board:
    """A notice as it hangs on a day: lines only from `published_on` to the day before `closes_on`, longer for `staff`.

    A name stands there masked, and only of who agrees to be named now: a consent withdrawn takes it off at once.
    Somebody under 14 has no line. Raises UnknownNotice. Five statements or so, however long the list.
    """
    row = await models.Notice.get_or_none(number=number[:40], using_db=book.reader)
    if row is None or row.published_on > today.isoformat():
        raise UnknownNotice(number=number)
    published, closes = date.fromisoformat(row.published_on), date.fromisoformat(row.closes_on)
    hangs = published <= today < closes
    if not (hangs or staff):
        return Board(row, closes, published, (), hangs)
    found = await book.reader.execute_query_dict(_LINES, [row.id])
    seen = [each for each in found if not each["code"].startswith(lists.UNSEEN)]
    names = await named(book, sorted({each["member"] for each in seen}), today)
    return Board(row, closes, published, tuple(_row(each, names) for each in seen), hangs)


async def named(book: Book, numbers: Sequence[str], on: date) -> dict[str, str]:
    """The masked names of those among these members who agreed to be named, and are no children."""
    agreed = [number for number, given in (await consents.of(book, numbers)).items() if "named" in given]
    children = await consents.children(book, agreed, on)
    people = await members.many(book, agreed)
    shown = {n: one.name for n, one in people.items() if one.name and n not in children}
    return masking.mask_list(shown)


def _row(each: dict[str, Any], names: dict[str, str]) -> Row:
    mediation = (each["outcome"] or "") if each["kind"] == "mediation" else None
    return Row(each["code"], each["category"], mediation, each["points"], names.get(each["member"]))


_DUE = f"""
SELECT count(*) AS n FROM ledger_transaction AS x
JOIN awards_verification AS v ON v.reference = x.reference JOIN events_event AS e ON e.id = v.event
JOIN people_area AS a ON a.code = substr({AREA}, 1, 12)
WHERE x.position > (SELECT max(position) FROM ledger_transaction) - ? AND x.kind = 'award' AND {{inside}}
    AND NOT EXISTS (SELECT 1 FROM openness_notice_line AS l WHERE l.award = v.reference)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = v.reference)"""  # noqa: S608 - ours


async def due(book: Book, codes: Sequence[str | None]) -> int:
    """How many of the awards among the newest entries are on no notice yet, in some areas (None: all)."""
    inside, values = ("1 = 1", []) if None in codes else await areas.below(book, [c for c in codes if c])
    (row,) = await book.reader.execute_query_dict(_DUE.format(inside=inside), [RECENT, *values])
    return int(row["n"])
