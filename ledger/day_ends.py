"""What accounts held when a day ended, however long ago: without reading what came since.

Entries stand in the order in which they were recorded, and nearly always take effect on that day. So what an account
held after the last entry recorded by then is looked up, by halving its versions; then entries of days by then that were
recorded later are added, and such as were recorded by then for a later day are taken off. Any border would give the
same sums: this one leaves the fewest entries on the wrong side of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import register
from ledger.transactions import LINES_AT_MOST

_POSTING = """coalesce(
        (SELECT p.{gave} FROM ledger_posting AS p WHERE p.source = {of}.id AND p.source_version = {of}.version{more}),
        (SELECT p.{got} FROM ledger_posting AS p WHERE p.target = {of}.id AND p.target_version = {of}.version{more}))"""

_ENDED = f"""latest_{{name}} AS MATERIALIZED (
    SELECT w.id, w.part, coalesce(s.id, 0) AS gave, coalesce(t.id, 0) AS got,
        CASE WHEN coalesce(s.id, 0) > coalesce(t.id, 0) THEN s.source_version ELSE t.target_version END AS version
    FROM own AS w
    LEFT JOIN ledger_posting AS s ON s.id =
        (SELECT id FROM ledger_posting WHERE source = w.id ORDER BY source_version DESC LIMIT 1)
    LEFT JOIN ledger_posting AS t ON t.id =
        (SELECT id FROM ledger_posting WHERE target = w.id ORDER BY target_version DESC LIMIT 1)),
halved_{{name}} (id, part, version, step) AS (
    SELECT d.id, d.part, CAST(0 AS BIGINT), CAST(CASE WHEN d.version < 16 THEN 8 WHEN d.version < 256 THEN 128
        WHEN d.version < 4096 THEN 2048 WHEN d.version < 65536 THEN 32768 WHEN d.version < 16777216 THEN 8388608
        ELSE 1099511627776 END AS BIGINT)
    FROM latest_{{name}} AS d WHERE d.gave >= ? OR d.got >= ?
    UNION ALL
    SELECT h.id, h.part, CASE WHEN {_POSTING.format(of="h", gave="id", got="id", more=" + h.step")} < ?
        THEN h.version + h.step ELSE h.version END, h.step / 2 FROM halved_{{name}} AS h WHERE h.step > 0),
{{name}} (id, part, version) AS MATERIALIZED (
    SELECT d.id, d.part, d.version FROM latest_{{name}} AS d WHERE d.gave < ? AND d.got < ?
    UNION ALL
    SELECT h.id, h.part, h.version FROM halved_{{name}} AS h WHERE h.step = 0)"""  # noqa: S608 - fragments of ours
BORDERS = 5
"""So many times an id is a value of `ended`."""

_STOOD = f"""
WITH RECURSIVE own (id, part) AS MATERIALIZED ({{own}}), {_ENDED.format(name="ended")}
SELECT n.part, sum({_POSTING.format(of="n", gave="source_balance", got="target_balance", more="")}) AS amount
FROM ended AS n GROUP BY n.part"""  # noqa: S608 - fragments of ours

_BOUNDS = """
WITH days (day) AS (SELECT value FROM json_each(?))
SELECT min(of_day.first) AS first, max(of_day.last) AS last FROM (SELECT
    (SELECT position FROM ledger_transaction WHERE effective_on = day ORDER BY position LIMIT 1) AS first,
    (SELECT position FROM ledger_transaction WHERE effective_on = day ORDER BY position DESC LIMIT 1) AS last
    FROM days) AS of_day"""

_STRAYS = """
WITH RECURSIVE own (id, part) AS MATERIALIZED ({own}), days (day) AS (
    SELECT min(effective_on) FROM ledger_transaction
    UNION ALL
    SELECT (SELECT min(x.effective_on) FROM ledger_transaction AS x WHERE x.effective_on > d.day)
    FROM days AS d WHERE d.day IS NOT NULL),
strays AS MATERIALIZED (
    SELECT x.position, 1 AS sign FROM days AS d CROSS JOIN ledger_transaction AS x
    WHERE d.day <= ? AND x.effective_on = d.day AND x.position > ?
    UNION ALL
    SELECT x.position, -1 FROM days AS d CROSS JOIN ledger_transaction AS x
    WHERE d.day > ? AND x.effective_on = d.day AND x.position <= ?)
SELECT part, sum(amount) AS amount FROM ({into} UNION ALL {out}) AS moved GROUP BY part"""
_SIDE = f"""
    SELECT o.part, {{sign}} s.sign * p.amount AS amount FROM strays AS s CROSS JOIN ledger_posting AS p
    JOIN own AS o ON o.id = p.{{side}}
    WHERE p.id >= s.position * {LINES_AT_MOST} AND p.id < s.position * {LINES_AT_MOST} + {LINES_AT_MOST}"""  # noqa: S608 - a number of ours


def ended(name: str) -> str:
    """For a statement that begins with `WITH RECURSIVE own (id, part) AS (…)`: a table `name` (id, part, version).

    It has the version of each of these accounts before a posting's id, 0 while it was not open. The id is its value,
    BORDERS times.
    """
    return _ENDED.format(name=name)


async def positions(db: BaseDBAsyncClient, first: date, last: date) -> tuple[int, int] | None:
    """Where the first and the last entry stand that took effect from one day to another, both included.

    None when none did. One statement, which looks at each day twice.
    """
    days = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    (found,) = await db.execute_query_dict(_BOUNDS, [json.dumps(days)])
    return None if found["first"] is None else (int(found["first"]), int(found["last"]))


async def sums(
    db: BaseDBAsyncClient, own: str, values: Sequence[Any], on: date, zone: ZoneInfo
) -> dict[str, int]:
    """What some accounts held together at the end of a day of this zone, by part.

    `own` is a query of their ids and the part each counts for, text, with its values; a part is there when an account
    of it was ever opened. Four statements: they look at each account, at entries recorded on another day than theirs,
    and once at every day.
    """
    _, before = await register.recorded_on(db, on, zone)
    border, last, day = before * LINES_AT_MOST, before - 1, on.isoformat()
    stood = await db.execute_query_dict(_STOOD.format(own=own), [*values, *[border] * BORDERS])
    sides = {"into": _SIDE.format(sign="", side="target"), "out": _SIDE.format(sign="-", side="source")}
    moved = await db.execute_query_dict(_STRAYS.format(own=own, **sides), [*values, day, last, day, last])
    found = {str(row["part"]): int(row["amount"] or 0) for row in stood}
    for row in moved:
        found[str(row["part"])] += int(row["amount"])
    return found
