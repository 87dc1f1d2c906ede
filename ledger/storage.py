"""The statements of one batch: what it loads before deciding, and what it writes after. A constant number of each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import aiosqlite
from tortoise.models import Model

from ledger import merkle
from ledger.accounts import Chart
from ledger.decisions import Key, Known, Original, Standing, State
from ledger.encoding import moment, read_moment
from ledger.errors import RowConflict
from ledger.sqlite import BookClient, storage_error
from ledger.transactions import Draft, Receipt, Transaction

POSITION_STEP = 256
"""A posting's id is position × 256 + line."""
OPENED_STEP = 512
"""An account's id is position × 512 + how many the same transaction opened before it."""

_HEAD = "SELECT position, recorded_at FROM ledger_transaction ORDER BY position DESC LIMIT 1"

_REFERENCES = """
SELECT position, reference, request, recorded_at, leaf FROM ledger_transaction
WHERE reference IN (SELECT value FROM json_each(?))"""

_ACCOUNTS = """
SELECT a.id, a.address, a.unit, a.floor, s.source_version, s.source_balance, t.target_version, t.target_balance
FROM json_each(?) AS wanted
JOIN ledger_account AS a ON a.address = wanted.value ->> 0 AND a.unit = wanted.value ->> 1
LEFT JOIN ledger_posting AS s ON s.source = a.id
    AND s.source_version = (SELECT max(source_version) FROM ledger_posting WHERE source = a.id)
LEFT JOIN ledger_posting AS t ON t.target = a.id
    AND t.target_version = (SELECT max(target_version) FROM ledger_posting WHERE target = a.id)"""

_ORIGINALS = """
SELECT t.reference, t.position, a.address, p.unit, p.amount,
    EXISTS (SELECT 1 FROM ledger_transaction AS r WHERE r.reverses = t.position) AS reversed
FROM ledger_transaction AS t
JOIN ledger_posting AS p ON p.id BETWEEN t.position * 256 AND t.position * 256 + 255
JOIN ledger_account AS a ON a.id = p.source
WHERE t.reference IN (SELECT value FROM json_each(?))"""

_INSERT_ACCOUNT = "INSERT INTO ledger_account (id, address, unit, floor, opened_at) VALUES (?, ?, ?, ?, ?)"
_INSERT_TRANSACTION = """
INSERT INTO ledger_transaction (position, reference, request, kind, evidence_kind, evidence_id, reverses,
    effective_on, recorded_at, body, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_POSTING = """
INSERT INTO ledger_posting (id, unit, source, source_version, source_balance, target, target_version,
    target_balance, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_TILE = 'INSERT INTO ledger_tile (id, level, "index", hashes) VALUES (?, ?, ?, ?)'


class Batch:
    """The state of the book for some drafts, and the ids of the accounts they name."""

    def __init__(self, client: BookClient, chart: Chart) -> None:
        self.client = client
        self.connection: aiosqlite.Connection = client.connection
        self.state = State(chart, position=0, recorded_at=None)
        self.ids: dict[Key, int] = {}

    async def load(self, drafts: Sequence[Draft]) -> State:
        """Read the head of the log, the known references, the accounts and what is to be reversed."""
        head = await self._rows(_HEAD)
        if head:
            self.state.position, self.state.recorded_at = head[0][0], read_moment(head[0][1])
        await self._load_references([draft.reference for draft in drafts])
        await self._load_accounts({key for draft in drafts for p in draft.postings for key in _keys(p)})
        await self._load_originals({draft.reverses for draft in drafts if draft.reverses})
        return self.state

    async def _rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        try:
            return list(await self.connection.execute_fetchall(statement, values))
        except sqlite3.Error as error:
            raise storage_error(error) from error

    async def _load_references(self, references: list[str]) -> None:
        for row in await self._rows(_REFERENCES, json.dumps(references)):
            self.state.references[row["reference"]] = Known(_receipt(row), row["request"])

    async def _load_accounts(self, keys: Iterable[Key]) -> None:
        for row in await self._rows(_ACCOUNTS, json.dumps(sorted(keys))):
            key = (row["address"], row["unit"])
            self.ids[key] = row["id"]
            self.state.accounts[key] = _latest(row)

    async def _load_originals(self, references: set[str]) -> None:
        if not references:
            return
        self.state.to_reverse = frozenset(references)
        found: dict[str, tuple[int, dict[Key, int], bool]] = {}
        for row in await self._rows(_ORIGINALS, json.dumps(sorted(references))):
            _, gave, _ = found.setdefault(row["reference"], (row["position"], {}, bool(row["reversed"])))
            key = (row["address"], row["unit"])
            gave[key] = gave.get(key, 0) + row["amount"]
        self.state.originals = {
            ref: Original(position, gave, done) for ref, (position, gave, done) in found.items()
        }

    async def write(self, transactions: Sequence[Transaction], rows: Sequence[Model]) -> None:
        """Insert the transactions with the accounts they open, their tiles, and the domain rows."""
        try:
            await self._many(_INSERT_ACCOUNT, self._account_rows(transactions))
            await self._many(_INSERT_TRANSACTION, [_transaction_row(t) for t in transactions])
            await self._many(_INSERT_POSTING, [row for t in transactions for row in self._posting_rows(t)])
            await self._write_tiles(transactions)
            await self._write_domain_rows(rows)
        except sqlite3.IntegrityError as error:
            raise RowConflict(problem=str(error)) from error

    async def _many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        if not rows:
            return
        try:
            await self.connection.executemany(statement, rows)
        except sqlite3.IntegrityError:
            raise
        except sqlite3.Error as error:
            if not hasattr(error, "sqlite_errorcode"):
                raise  # a value that SQLite cannot hold: the draft's fault, not the disk's
            raise storage_error(error) from error

    def _account_rows(self, transactions: Sequence[Transaction]) -> list[tuple[Any, ...]]:
        rows = []
        for transaction in transactions:
            for order, account in enumerate(transaction.opened):
                number = transaction.position * OPENED_STEP + order
                self.ids[account.address, account.unit] = number
                rows.append((number, account.address, account.unit, account.floor, transaction.position))
        return rows

    def _posting_rows(self, transaction: Transaction) -> list[tuple[Any, ...]]:
        first = transaction.position * POSITION_STEP
        return [
            (
                first + order,
                line.unit,
                self.ids[line.source, line.unit],
                line.source_version,
                line.source_balance,
                self.ids[line.target, line.unit],
                line.target_version,
                line.target_balance,
                line.amount,
            )
            for order, line in enumerate(transaction.lines)
        ]

    async def _write_tiles(self, transactions: Sequence[Transaction]) -> None:
        """Only when a tile becomes full: once in 256 entries at level 0, once in 65,536 at level 1."""
        if not transactions:
            return
        before, after = transactions[0].position - 1, transactions[-1].position
        if before // merkle.WIDTH == after // merkle.WIDTH:
            return
        first = before // merkle.WIDTH * merkle.WIDTH
        leaves = await self._rows(
            "SELECT leaf FROM ledger_transaction WHERE position > ? AND position <= ? ORDER BY position",
            first,
            before,
        )
        stored = await self._stored_tiles(before, after)
        tiles = merkle.completed_tiles(
            before,
            [t.leaf for t in transactions],
            partial=b"".join(row[0] for row in leaves),
            stored=lambda level, start, end: [stored[level, index] for index in range(start, end)],
        )
        await self._many(
            _INSERT_TILE,
            [(tile.level << 40 | tile.index, tile.level, tile.index, tile.hashes) for tile in tiles],
        )

    async def _stored_tiles(self, before: int, after: int) -> dict[tuple[int, int], bytes]:
        """The tiles below an upper tile that is about to become full."""
        found = {}
        level, span = 0, merkle.WIDTH * merkle.WIDTH
        while before // span != after // span:
            first = before // span * merkle.WIDTH
            for row in await self._rows(
                'SELECT "index", hashes FROM ledger_tile WHERE level = ? AND "index" >= ?', level, first
            ):
                found[level, row[0]] = row[1]
            level, span = level + 1, span * merkle.WIDTH
        return found

    async def _write_domain_rows(self, rows: Sequence[Model]) -> None:
        by_model: dict[type[Model], list[Model]] = {}
        for row in rows:
            by_model.setdefault(type(row), []).append(row)
        for model, instances in by_model.items():
            executor = self.client.executor_class(model=model, db=self.client)
            columns = executor.regular_columns_all
            fields = model._meta.fields_map
            values = [[fields[c].to_db_value(getattr(i, c), i) for c in columns] for i in instances]
            await self._many(executor.insert_query_all, values)


def _keys(posting: Any) -> tuple[Key, Key]:
    return (posting.source, posting.unit), (posting.target, posting.unit)


def _latest(row: sqlite3.Row) -> Standing:
    if (row["source_version"] or 0) > (row["target_version"] or 0):
        return Standing(row["source_version"], row["source_balance"], row["floor"])
    return Standing(row["target_version"] or 0, row["target_balance"] or 0, row["floor"])


def _receipt(row: sqlite3.Row) -> Receipt:
    return Receipt(row["position"], row["reference"], read_moment(row["recorded_at"]), row["leaf"])


def _transaction_row(transaction: Transaction) -> tuple[Any, ...]:
    recorded: datetime = transaction.recorded_at
    return (
        transaction.position,
        transaction.reference,
        transaction.request,
        transaction.kind,
        transaction.evidence.kind,
        transaction.evidence.id,
        transaction.reverses,
        transaction.effective_on.isoformat(),
        moment(recorded),
        transaction.body,
        transaction.leaf,
    )
