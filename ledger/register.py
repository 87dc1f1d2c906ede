"""The ledger as a list to look through: newest first, by kind, by the day of recording; and one entry whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import encoding, statements, tree
from ledger.statements import Entry, Key
from ledger.transactions import LINES_AT_MOST, Line

BEYOND = 2**53
"""A position that is beyond every position."""
READ_AT_MOST = 20_000
"""So many positions are looked at for one page of a rare kind: a page costs the same in a ledger of any length."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a list shows it."""

    position: int
    reference: str
    kind: str
    effective_on: date
    recorded_at: datetime
    reverses: int | None
    postings: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Whole(Listed):
    """An entry with everything that stands in it. `reversed_by` is the position of its correction."""

    request: str
    evidence_kind: str
    evidence_id: str
    reversed_by: int | None
    body: bytes
    leaf: bytes

    def touches(self, prefix: str) -> bool:
        """Whether an account whose address begins so gives or takes in it."""
        return any(p.source.startswith(prefix) or p.target.startswith(prefix) for p in self.postings)


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of the list. `before` continues it; None at its end."""

    entries: tuple[Listed, ...]
    before: int | None


_LIST = """
SELECT position, reference, kind, effective_on, recorded_at, reverses FROM ledger_transaction
WHERE position < ? AND position > ? AND (? = '' OR kind = ?) ORDER BY position DESC LIMIT ?"""

_WHOLE = """
SELECT x.*, r.position AS reversed_by FROM ledger_transaction AS x
LEFT JOIN ledger_transaction AS r ON r.reverses = x.position WHERE x.position = ?"""

_POSTINGS = """
SELECT p.id / ? AS position, p.unit, p.amount, s.address AS source, p.source_version, p.source_balance,
    t.address AS target, p.target_version, p.target_balance
FROM json_each(?) AS wanted
JOIN ledger_posting AS p
    ON p.id >= CAST(wanted.value AS BIGINT) * ? AND p.id < (CAST(wanted.value AS BIGINT) + 1) * ?
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
ORDER BY p.id"""

# Positions are recorded in the order of time, so a moment is found by halving: log₂ n looks at the primary key.
_BEFORE_A_MOMENT = """
WITH RECURSIVE halves (low, high) AS (
    SELECT CAST(0 AS BIGINT), coalesce((SELECT max(position) FROM ledger_transaction), 0)
    UNION ALL
    SELECT CASE WHEN x.recorded_at < ? THEN x.position ELSE low END,
           CASE WHEN x.recorded_at < ? THEN high ELSE x.position - 1 END
    FROM halves JOIN ledger_transaction AS x ON x.position = (low + high + 1) / 2
    WHERE low < high
)
SELECT low FROM halves WHERE low = high"""


async def newest(
    db: BaseDBAsyncClient, *, before: int = BEYOND, after: int = 0, kind: str = "", limit: int = 50
) -> Slice:
    """The newest entries whose position lies between two others, both excluded. At most three statements.

    With a `kind`, only READ_AT_MOST positions are looked at: the slice may then be short, even empty, and go on.
    """
    before = min(before, await tree.head(db) + 1)
    last = max(after, before - 1 - READ_AT_MOST) if kind else after
    rows = await db.execute_query_dict(_LIST, [before, last, kind, kind, limit])
    following = rows[-1]["position"] if len(rows) == limit else last + 1
    entries = await _with_postings(db, rows)
    return Slice(tuple(entries), following if following > after + 1 else None)


async def recorded_on(db: BaseDBAsyncClient, day: date, zone: ZoneInfo) -> tuple[int, int]:
    """The positions before the first and after the last entry recorded on a day: `after` and `before` of `newest`."""
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    return await _last_before(db, begins), await _last_before(db, ends) + 1


async def of_accounts(
    db: BaseDBAsyncClient, keys: Sequence[Key], *, before: int = statements.BEYOND, limit: int = 50
) -> tuple[list[Entry], int | None]:
    """The newest entries of some accounts, and the posting id that continues the list; None at its end."""
    found = await statements.history(db, keys, before=before, limit=limit)
    return found, found[-1].id if len(found) >= limit else None


async def whole(db: BaseDBAsyncClient, position: int) -> Whole | None:
    """One entry with all that stands in it; None beyond the end. Two statements."""
    rows = await db.execute_query_dict(_WHOLE, [position]) if position < BEYOND else []
    if not rows:
        return None
    row = rows[0]
    more = {name: row[name] for name in ("request", "evidence_kind", "evidence_id", "reversed_by")}
    postings = (await _postings(db, [position])).get(position, ())
    return Whole(**_listed(row, postings), **more, body=bytes(row["body"]), leaf=bytes(row["leaf"]))


async def _last_before(db: BaseDBAsyncClient, moment: datetime) -> int:
    at = encoding.moment(moment.astimezone(UTC))
    rows = await db.execute_query_dict(_BEFORE_A_MOMENT, [at, at])
    return int(rows[0]["low"])


async def _with_postings(db: BaseDBAsyncClient, rows: Sequence[dict[str, Any]]) -> list[Listed]:
    postings = await _postings(db, [row["position"] for row in rows])
    return [Listed(**_listed(row, postings.get(row["position"], ()))) for row in rows]


def _listed(row: dict[str, Any], postings: Sequence[Line]) -> dict[str, Any]:
    return {
        "position": row["position"],
        "reference": row["reference"],
        "kind": row["kind"],
        "effective_on": date.fromisoformat(row["effective_on"]),
        "recorded_at": encoding.read_moment(row["recorded_at"]),
        "reverses": row["reverses"],
        "postings": tuple(postings),
    }


async def _postings(db: BaseDBAsyncClient, positions: Sequence[int]) -> dict[int, list[Line]]:
    values = [LINES_AT_MOST, encoding.canonical(list(positions)).decode(), LINES_AT_MOST, LINES_AT_MOST]
    found: dict[int, list[Line]] = {}
    for row in await db.execute_query_dict(_POSTINGS, values) if positions else []:
        found.setdefault(row.pop("position"), []).append(Line(**row))
    return found
