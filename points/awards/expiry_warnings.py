"""Warnings of expiry, 60 and 14 days ahead: each is a row, so that it is said once; and who is to be told on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points import chart
from points.awards import purse
from points.awards.records import ExpiryWarning
from points.evidence import acts
from points.people import areas
from points.progress import Progress, quiet

AHEAD = (60, 14)
"""Days before points expire on which it is said."""
AT_ONCE = 500
ROUNDS = 5
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Warned:
    """How many members were warned now, and of how many points."""

    members: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is to be told: so many points are there now, until a day. `name` is whole, and None once erased."""

    member: str
    name: str | None
    area: str
    has_phone: bool
    until_on: date
    points: int
    warned_on: date


@dataclass(frozen=True, slots=True)
class Page:
    """Those of a page, and after which day and number the next one begins; None on the last one."""

    told: tuple[Told, ...]
    after: tuple[str, str] | None


async def soon(book: Book, member: str, on: date) -> list[tuple[date, int]]:
    """What expires for a member within 60 days, by its last day. One statement."""
    last = on + timedelta(days=AHEAD[0])
    return [(day, points) for day, points in await purse.spendable(book, member, on) if day <= last]


async def warn(book: Book, on: date, *, progress: Progress = quiet) -> Warned:
    """Write down whom points of theirs are about to leave, at each distance once; a second sweep writes nothing.

    A sweep that comes late, within 14 days, says it once and not twice. Each 500 warnings are one act.
    """
    members = points = 0
    for _ in range(ROUNDS):
        due = await _due(book, on)
        progress(members, members + len(due))
        missed = False
        for start in range(0, len(due), AT_ONCE):
            part = due[start : start + AT_ONCE]
            if await _write(book, part, on):
                members, points = members + len(part), points + sum(row.points for row in part)
            else:
                missed = True  # another sweep said some of it a moment ago: look again
        if not missed:
            break
    progress(members, members)
    return Warned(members, points)


_DUE = """
SELECT member, until_on, days FROM (
    SELECT substr(a.address, 8, length(a.address) - 24) AS member, substr(a.address, length(a.address) - 9) AS until_on,
        CASE WHEN substr(a.address, length(a.address) - 9) <= ? THEN 14 ELSE 60 END AS days
    FROM ledger_account AS a
    WHERE a.unit = ? AND a.address >= 'member/' AND a.address < 'member0' AND a.address LIKE 'member/%/until/%'
        AND substr(a.address, length(a.address) - 9) >= ? AND substr(a.address, length(a.address) - 9) <= ?) AS near
WHERE NOT EXISTS (SELECT 1 FROM awards_expiry_warning AS w
    WHERE w.member = near.member AND w.until_on = near.until_on AND w.days <= near.days)
ORDER BY until_on, member"""


async def _due(book: Book, on: date) -> list[ExpiryWarning]:
    """The warnings that are to be written now. Two statements."""
    far, near = [(on + timedelta(days=days)).isoformat() for days in AHEAD]
    rows = await book.reader.execute_query_dict(_DUE, [near, chart.POINTS, on.isoformat(), far])
    held = await _balances(book, [(row["member"], row["until_on"]) for row in rows])
    return [
        ExpiryWarning(
            id=f"{row['until_on']}/{row['days']}/{row['member']}",
            points=held[row["member"], row["until_on"]],
            warned_on=on.isoformat(),
            **row,
        )
        for row in rows
        if held[row["member"], row["until_on"]] > 0
    ]


async def _balances(book: Book, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    keys = [chart.until(member, date.fromisoformat(day)) for member, day in wanted]
    found = await statements.balances_of(book.reader, [(key, chart.POINTS) for key in keys])
    return {each: found[key, chart.POINTS] for each, key in zip(wanted, keys, strict=True)}


async def _write(book: Book, part: Sequence[ExpiryWarning], on: date) -> bool:
    """One act for a part; False when some of it was said meanwhile, and nothing was written."""
    said = encoding.digest_of({"rows": [f"{row.id} {row.points}" for row in part]})
    reference = f"expiry-warned/{on}/{part[0].id}"
    for row in part:
        row.reference = reference
    facts = {"members": len(part), "points": sum(row.points for row in part), "rows": said}
    subject = f"{on}/{part[0].id}"
    try:
        receipt = await acts.post(book, reference, ("expiry-warned", subject), facts, part, on=on)
    except (ReferenceConflict, RowConflict):
        return False
    return not receipt.repeated


_LISTED = """
SELECT w.member, w.until_on, max(w.warned_on) AS warned_on, p.name, m.area,
    CASE WHEN p.phone IS NULL THEN 0 ELSE 1 END AS has_phone
FROM awards_expiry_warning AS w JOIN people_member AS m ON m.number = w.member
JOIN people_area AS a ON a.code = m.area LEFT JOIN people_person AS p ON p.member = w.member
WHERE w.until_on >= ? AND (w.until_on > ? OR (w.until_on = ? AND w.member > ?)) AND {inside}{which}
GROUP BY w.until_on, w.member, p.name, m.area, p.phone ORDER BY w.until_on, w.member LIMIT ?"""


async def listed(
    book: Book,
    codes: Sequence[str | None],
    on: date,
    *,
    without_phone: bool = False,
    after: tuple[str, str] = ("", ""),
    limit: int = A_PAGE,
) -> Page:
    """Those of some areas (None: everywhere) who were warned and still have what expires, by day and number.

    `after` is the day and number of the last one before; a page may be short by those who spent it. Four statements.
    """
    inside, values = ("1 = 1", []) if None in codes else await areas.below(book, [c for c in codes if c])
    which = " AND p.phone IS NULL" if without_phone else ""
    asked = [on.isoformat(), after[0], after[0], after[1], *values, limit]
    rows = await book.reader.execute_query_dict(_LISTED.format(inside=inside, which=which), asked)
    held = await _balances(book, [(row["member"], row["until_on"]) for row in rows])
    told = [
        Told(
            row["member"],
            row["name"],
            row["area"],
            bool(row["has_phone"]),
            date.fromisoformat(row["until_on"]),
            held[row["member"], row["until_on"]],
            date.fromisoformat(row["warned_on"]),
        )
        for row in rows
        if held[row["member"], row["until_on"]] > 0
    ]
    last = (rows[-1]["until_on"], rows[-1]["member"]) if len(rows) == limit else None
    return Page(tuple(told), last)
