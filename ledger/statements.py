"""Reading the ledger: balances, histories, and what stands at a position. Nothing here is cached or added up twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.encoding import read_moment
from ledger.transactions import Receipt

Key = tuple[str, str]
"""An account's address and unit."""


@dataclass(frozen=True, slots=True)
class Balance:
    """An account as its last posting left it."""

    address: str
    unit: str
    balance: int
    version: int
    floor: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting as one account saw it: `amount` is positive when it came in, `balance` is the account's after it."""

    id: int
    position: int
    reference: str
    kind: str
    evidence_kind: str
    evidence_id: str
    effective_on: date
    recorded_at: datetime
    reverses: int | None
    address: str
    other: str
    unit: str
    amount: int
    balance: int
    version: int


_LATEST = """
SELECT a.address, a.unit, a.floor, s.source_version, s.source_balance, t.target_version, t.target_balance
FROM {accounts}
LEFT JOIN ledger_posting AS s ON s.id =
    (SELECT id FROM ledger_posting WHERE source = a.id ORDER BY source_version DESC LIMIT 1)
LEFT JOIN ledger_posting AS t ON t.id =
    (SELECT id FROM ledger_posting WHERE target = a.id ORDER BY target_version DESC LIMIT 1)"""

_BY_PREFIX = _LATEST.format(accounts="ledger_account AS a") + " WHERE a.address >= ? AND a.address < ?"
_BY_KEY = _LATEST.format(
    accounts="json_each(?) AS wanted JOIN ledger_account AS a "
    "ON a.address = wanted.value ->> 0 AND a.unit = wanted.value ->> 1"
)

_ON_A_DAY = """
SELECT a.address, a.unit,
    coalesce((SELECT sum(p.amount) FROM ledger_posting AS p
        JOIN ledger_transaction AS x ON x.position = p.id / 256
        WHERE p.target = a.id AND x.effective_on <= ?), 0)
  - coalesce((SELECT sum(p.amount) FROM ledger_posting AS p
        JOIN ledger_transaction AS x ON x.position = p.id / 256
        WHERE p.source = a.id AND x.effective_on <= ?), 0) AS balance
FROM ledger_account AS a WHERE a.address >= ? AND a.address < ?"""

_SIDE = """
SELECT * FROM (
    SELECT p.id, a.address, o.address AS other, p.unit, {sign} p.amount AS amount,
        p.{side}_balance AS balance, p.{side}_version AS version
    FROM ledger_account AS a JOIN ledger_posting AS p ON p.{side} = a.id
    JOIN ledger_account AS o ON o.id = p.{other}
    WHERE a.address = ? AND a.unit = ? AND p.id < ?
    ORDER BY p.{side}_version DESC LIMIT ?) AS side"""
_IN = _SIDE.format(side="target", other="source", sign="")
_OUT = _SIDE.format(side="source", other="target", sign="-")

_HISTORY = """
SELECT e.*, x.position, x.reference, x.kind, x.evidence_kind, x.evidence_id, x.effective_on, x.recorded_at, x.reverses
FROM ({sides}) AS e JOIN ledger_transaction AS x ON x.position = e.id / 256
ORDER BY e.id DESC, e.amount DESC LIMIT ?"""

BEYOND = 2**62
"""A posting id that is beyond every posting: start a history from the newest."""


def _after(prefix: str) -> str:
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _balance(row: dict[str, Any]) -> Balance:
    out, into = row["source_version"] or 0, row["target_version"] or 0
    balance = row["source_balance"] if out > into else row["target_balance"]
    return Balance(row["address"], row["unit"], balance or 0, max(out, into), row["floor"])


async def balances(db: BaseDBAsyncClient, prefix: str, *, unit: str | None = None) -> list[Balance]:
    """Every account whose address begins with `prefix` (not empty), sorted by address and unit. One statement."""
    rows = await db.execute_query_dict(_BY_PREFIX, [prefix, _after(prefix)])
    found = [_balance(row) for row in rows if unit is None or row["unit"] == unit]
    return sorted(found, key=lambda balance: (balance.address, balance.unit))


async def balances_of(db: BaseDBAsyncClient, keys: Iterable[Key]) -> dict[Key, int]:
    """The balances of the named accounts; one that was never opened is 0. One statement."""
    wanted = list(keys)
    found = await standings_of(db, wanted)
    return {key: found[key].balance if key in found else 0 for key in wanted}


async def standings_of(db: BaseDBAsyncClient, keys: Iterable[Key]) -> dict[Key, Balance]:
    """Those of the named accounts that were opened, as their last postings left them. One statement."""
    rows = await db.execute_query_dict(_BY_KEY, [json.dumps(list(dict.fromkeys(keys)))])
    return {(balance.address, balance.unit): balance for balance in map(_balance, rows)}


async def balances_on(db: BaseDBAsyncClient, prefix: str, on: date) -> dict[Key, int]:
    """What accounts under `prefix` held at the end of a day, by the days entries took effect. One statement.

    It adds up postings, so ask it for one owner, not for a district.
    """
    day = on.isoformat()
    rows = await db.execute_query_dict(_ON_A_DAY, [day, day, prefix, _after(prefix)])
    return {(row["address"], row["unit"]): row["balance"] for row in rows}


async def balance(
    db: BaseDBAsyncClient, address: str, unit: str = "points", *, on: date | None = None
) -> int:
    """One account's balance, now or at the end of a day."""
    if on is None:
        return (await balances_of(db, [(address, unit)]))[address, unit]
    return (await balances_on(db, address, on)).get((address, unit), 0)


async def history(
    db: BaseDBAsyncClient, keys: Sequence[Key], *, before: int = BEYOND, limit: int = 50
) -> list[Entry]:
    """The newest entries of some accounts whose posting id is below `before`, newest first. One statement.

    Page on with the last entry's id: it stays as fast at the end of a long history as at its beginning. A posting
    between two of the accounts is two entries of one id; they are never parted, so a page may hold one more than
    `limit`.
    """
    if not keys:
        return []
    sides, values = [], []
    for address, unit in keys:
        sides += [_IN, _OUT]
        values += [address, unit, before, limit + 1] * 2
    statement = _HISTORY.format(sides=" UNION ALL ".join(sides))
    rows = await db.execute_query_dict(statement, [*values, limit + 1])
    together = len(rows) > limit and rows[limit]["id"] == rows[limit - 1]["id"]
    return [_entry(row) for row in rows[: limit + together]]


def _entry(row: dict[str, Any]) -> Entry:
    return Entry(
        id=row["id"],
        position=row["position"],
        reference=row["reference"],
        kind=row["kind"],
        evidence_kind=row["evidence_kind"],
        evidence_id=row["evidence_id"],
        effective_on=date.fromisoformat(row["effective_on"]),
        recorded_at=read_moment(row["recorded_at"]),
        reverses=row["reverses"],
        address=row["address"],
        other=row["other"],
        unit=row["unit"],
        amount=row["amount"],
        balance=row["balance"],
        version=row["version"],
    )


async def known(db: BaseDBAsyncClient, references: Iterable[str]) -> dict[str, Receipt]:
    """The receipts of the references that have been written. One statement."""
    rows = await db.execute_query_dict(
        "SELECT position, reference, recorded_at, leaf FROM ledger_transaction "
        "WHERE reference IN (SELECT value FROM json_each(?))",
        [json.dumps(list(references))],
    )
    return {
        row["reference"]: Receipt(
            row["position"], row["reference"], read_moment(row["recorded_at"]), row["leaf"], True
        )
        for row in rows
    }


async def text_at(db: BaseDBAsyncClient, position: int) -> bytes | None:
    """The canonical text at a position, or None beyond the end."""
    rows = await db.execute_query_dict("SELECT body FROM ledger_transaction WHERE position = ?", [position])
    return bytes(rows[0]["body"]) if rows else None


_MOVED = """
SELECT p.id AS id, x.position, x.reference, x.kind, x.evidence_kind, x.evidence_id,
    x.effective_on AS effective_on, x.recorded_at, x.reverses, a.address, o.address AS other, p.unit,
    {sign} p.amount AS amount,
    p.{side}_balance AS balance, p.{side}_version AS version
FROM ledger_account AS a JOIN ledger_posting AS p ON p.{side} = a.id
JOIN ledger_account AS o ON o.id = p.{other}
JOIN ledger_transaction AS x ON x.position = p.id / 256
WHERE a.address >= ? AND a.address < ? AND a.unit = ? AND x.effective_on >= ? AND x.effective_on <= ?"""

_MOVEMENTS = (
    _MOVED.format(side="target", other="source", sign="")
    + " UNION ALL "
    + _MOVED.format(side="source", other="target", sign="-")
    + " ORDER BY effective_on, id"
)


async def movements(
    db: BaseDBAsyncClient, prefix: str, unit: str, *, since: date, until: date
) -> list[Entry]:
    """What moved on the accounts under `prefix` and took effect between two days, both included, oldest first.

    One statement. It reads all of an owner's postings, so ask it for one owner.
    """
    values = [prefix, _after(prefix), unit, since.isoformat(), until.isoformat()]
    return [_entry(row) for row in await db.execute_query_dict(_MOVEMENTS, values * 2)]
