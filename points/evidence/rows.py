"""Do the rows that pages read say what the evidence says? A check that holds money, who and when against the texts.

An entry cites its evidence by digest, and the evidence froze what was decided: by whom, for whom, when, by which rule,
at which price. The same stands once more in the tables of the rooms, where pages find it. Whoever changes a row there
changes no text; this reads both. What a text lacks (an older form, an erased one) is not held against the row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.findings import N_, PAGE, Audit, Finding, Row, long

ADVICE = N_("以凭据为准：留一份副本作证据，查清谁写过数据库，再用 jishan restore 恢复")
OTHER = N_("{column} 写的是 {there}，凭据里是 {right}")
NO_ROW = N_("凭据在，{table} 里没有这一行")
LINES = N_("{table} 里的各行和凭据里的不同")
WHEN = N_("{column} 写的是 {there}，分录是 {right} 记的")
ABOUT = timedelta(hours=1)
"""A row's moment is taken before it is written, which waits half a minute at most; this is far more."""


@dataclass(frozen=True)
class Bound:
    """A table whose rows belong to entries with this kind of evidence.

    key        the column that names the entry
    columns    by column, where the same stands in the text: names, one inside the other
    moved      whether its points and minutes are what the entry gave to a member
    lines      columns of rows of which an entry has several, and where the text has the list of them
    kind       of the entries that each have their row; none must have one when it is left out
    at         the column with the moment of the row, which is about that of its entry
    """

    table: str
    evidence: str
    columns: Mapping[str, str] = field(default_factory=dict)
    key: str = "reference"
    moved: bool = False
    lines: tuple[tuple[str, ...], str] = ((), "")
    kind: str = ""
    at: str = ""


BOUND = (
    Bound(
        "awards_verification",
        "contribution",
        {
            "contribution": "contribution.id",
            "event": "event.id",
            "member": "contribution.member",
            "verifier": "verifier",
            "decided_on": "decided_on",
            "rule": "rule",
            "rule_book": "rule_book.version",
            "arithmetic": "arithmetic",
        },
        moved=True,
        kind="award",
    ),
    Bound(
        "market_redemption",
        "basket",
        {
            "shop": "shop",
            "member": "member",
            "served_by": "by",
            "found_by": "found_by",
            "redeemed_on": "on",
            "points": "points",
        },
        at="redeemed_at",
    ),
    Bound(
        "market_redemption_line", "basket", key="redemption", lines=(("item", "quantity", "price"), "items")
    ),
    Bound(
        "market_delivery",
        "delivery",
        {"shop": "shop", "document": "document", "received_by": "by"},
        kind="delivery",
    ),
    Bound("market_delivery", "delivery", lines=(("item", "quantity"), "goods")),
    Bound(
        "people_role_grant",
        "grant",
        {
            "member": "member",
            "role": "role",
            "area": "area",
            "from_on": "from_on",
            "until_on": "until_on",
            "granted_by": "by",
        },
        kind="act",
    ),
    Bound(
        "openness_notice",
        "notice",
        {name: name for name in ("number", "area", "published_on", "days", "closes_on", "published_by")},
        kind="act",
    ),
)
_MOVED = """(SELECT coalesce(sum(p.amount), 0) FROM ledger_posting AS p JOIN ledger_account AS s ON s.id = p.source
    JOIN ledger_account AS m ON m.id = p.target
    WHERE p.id >= x.position * 256 AND p.id < x.position * 256 + 256 AND p.unit = '{unit}'
    AND s.address LIKE '{source}' AND m.address LIKE 'member/%')"""
MOVED = {"points": "fund/%", "minutes": "system/hours"}
"""Units, and where they come from when a member is given them; what a household, team or studio gets is its share."""
_ROWS = """
SELECT x.position AS entry_position, x.kind AS entry_kind, x.reference AS entry_reference, k.text AS evidence_text,
    t.{key} AS row_key{columns}
FROM ledger_transaction AS x JOIN evidence_snapshot_text AS k ON k.snapshot = x.evidence_kind || '/' || x.evidence_id
LEFT JOIN {table} AS t ON t.{key} = x.reference
WHERE x.evidence_kind = ? AND x.position > ? AND x.position <= ? ORDER BY x.position"""


@long
async def rows_say_what_was_decided(audit: Audit) -> AsyncIterator[Finding]:
    """Each row of the bound tables says what the evidence of its entry says, and no such entry lacks its row."""
    for after in range(audit.since, audit.size, PAGE):
        upto = min(after + PAGE, audit.size)
        for bound in BOUND:
            rows = await audit.db.execute_query_dict(_query(bound), [bound.evidence, after, upto])
            for finding in _of_lines(bound, rows) if bound.lines[1] else _of_rows(bound, rows):
                yield finding
        audit.step(upto - after)


def _query(bound: Bound) -> str:
    moved = MOVED if bound.moved else {}
    names = dict.fromkeys((*bound.columns, *moved, *bound.lines[0]))
    asked = [f"t.{name}" for name in names]
    asked += [f"{_MOVED.format(unit=unit, source=source)} AS moved_{unit}" for unit, source in moved.items()]
    asked += [f"t.{bound.at}", "x.recorded_at AS entry_at"] if bound.at else []
    columns = "".join(f", {one}" for one in asked)
    return _ROWS.format(table=bound.table, key=bound.key, columns=columns)


def _of_rows(bound: Bound, rows: list[Row]) -> Iterator[Finding]:
    for row in rows:
        text = _read(row)
        if text is None:
            continue
        if row["row_key"] is None:
            if row["entry_kind"] == bound.kind:
                yield _finding(bound, row, NO_ROW, table=bound.table)
            continue
        said = {name: _inside(text, path) for name, path in bound.columns.items()}
        said |= {unit: row[f"moved_{unit}"] for unit in (MOVED if bound.moved else {})}
        for name, right in said.items():
            if right is not None and _plain(row[name]) != _plain(right):
                yield _finding(bound, row, OTHER, column=name, there=_plain(row[name]), right=_plain(right))
        if bound.at and not _about(row[bound.at], row["entry_at"]):
            there, right = str(row[bound.at]), str(row["entry_at"])
            yield _finding(bound, row, WHEN, column=bound.at, there=there, right=right)


def _about(there: datetime | str, right: datetime | str) -> bool:
    """Whether two moments, as a database has them, are about the same; one that cannot be read is not."""
    try:
        first, second = (_moment(one) for one in (there, right))
    except (TypeError, ValueError):
        return False
    return abs(first - second) <= ABOUT


def _moment(value: datetime | str) -> datetime:
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _of_lines(bound: Bound, rows: list[Row]) -> Iterator[Finding]:
    names, path = bound.lines
    entries: dict[int, list[Row]] = {}
    for row in rows:
        entries.setdefault(row["entry_position"], []).append(row)
    for together in entries.values():
        text = _read(together[0])
        wanted = _inside(text, path) if text is not None else None
        if wanted is None or (together[0]["row_key"] is None and not wanted):
            continue
        there = Counter(tuple(row[name] for name in names) for row in together if row["row_key"] is not None)
        if there != Counter(_values(one, names) for one in wanted):
            yield _finding(bound, together[0], LINES, table=bound.table)


def _values(one: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(one[name] for name in names) if isinstance(one, dict) else tuple(one)


def _read(row: Row) -> dict[str, Any] | None:
    """The text; None when it is damaged, which the check of evidence says."""
    try:
        read = json.loads(row["evidence_text"])
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _inside(text: Any, path: str) -> Any:
    for name in path.split("."):
        text = text.get(name) if isinstance(text, dict) else None
    return text


def _plain(value: Any) -> str:
    """A value as a text would say it; what is JSON in a row is compared as it reads."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return str(value)
    if isinstance(value, list):
        return str(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return "" if value is None else str(value)


def _finding(bound: Bound, row: Row, what: str, **facts: str) -> Finding:
    where = f"{bound.table} {row['entry_reference']}"
    return Finding("rows", row["entry_position"], where, what, facts, ADVICE)
