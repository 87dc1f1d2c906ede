"""What one batch asks of SQLite: what is loaded before deciding, and what is written after. A constant number of
statements each way, all in one visit to the writer's thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from tortoise.models import Model

from ledger import collecting, merkle
from ledger.accounts import Chart
from ledger.decisions import Key, Known, Original, Standing, State
from ledger.encoding import canonical, read_moment
from ledger.engine import Decide
from ledger.entry_rows import Row, account_rows, opened_by, posting_rows, transaction_row
from ledger.errors import RowConflict
from ledger.remembered import NO_ENTRY, Account
from ledger.rows import inserts
from ledger.sqlite import BookClient, storage_error
from ledger.transactions import Draft, Receipt, Transaction

_HEAD = "SELECT position, recorded_at, leaf FROM ledger_transaction ORDER BY position DESC LIMIT 1"

_REFERENCES = """
SELECT position, reference, request, recorded_at, leaf FROM ledger_transaction
WHERE reference IN (SELECT value FROM json_each(?))"""

_ACCOUNTS = """
SELECT a.address, a.unit, a.id, a.floor FROM json_each(?) AS wanted
JOIN ledger_account AS a ON a.address = wanted.value ->> 0 AND a.unit = wanted.value ->> 1"""

_STANDINGS = """
SELECT wanted.value, s.source_version, s.source_balance, t.target_version, t.target_balance
FROM json_each(?) AS wanted
LEFT JOIN ledger_posting AS s ON s.id =
    (SELECT id FROM ledger_posting WHERE source = wanted.value ORDER BY source_version DESC LIMIT 1)
LEFT JOIN ledger_posting AS t ON t.id =
    (SELECT id FROM ledger_posting WHERE target = wanted.value ORDER BY target_version DESC LIMIT 1)"""

_ORIGINALS = """
SELECT t.reference, t.position, a.address, p.unit, p.amount,
    EXISTS (SELECT 1 FROM ledger_transaction AS r WHERE r.reverses = t.position) AS reversed
FROM ledger_transaction AS t
JOIN ledger_posting AS p ON p.id BETWEEN t.position * 256 AND t.position * 256 + 255
JOIN ledger_account AS a ON a.id = p.source
WHERE t.reference IN (SELECT value FROM json_each(?))"""

_LEAVES = "SELECT leaf FROM ledger_transaction WHERE position > ? AND position <= ? ORDER BY position"
_TILES = 'SELECT "index", hashes FROM ledger_tile WHERE level = ? AND "index" >= ?'

_INSERT_ACCOUNT = "INSERT INTO ledger_account (id, address, unit, floor, opened_at) VALUES (?, ?, ?, ?, ?)"
_INSERT_TRANSACTION = """
INSERT INTO ledger_transaction (position, reference, request, kind, evidence_kind, evidence_id, reverses,
    effective_on, recorded_at, body, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_POSTING = """
INSERT INTO ledger_posting (id, unit, source, source_version, source_balance, target, target_version,
    target_balance, amount) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_TILE = 'INSERT INTO ledger_tile (id, level, "index", hashes) VALUES (?, ?, ?, ?)'


class Batch:
    """The state of the book for some drafts, and the numbers of the accounts they name.

    There is one in a transaction; loading is one visit to a thread, and writing another.
    """

    def __init__(self, client: BookClient, chart: Chart) -> None:
        self.client = client
        self.state = State(chart, position=0, recorded_at=None)
        self._head = NO_ENTRY
        self._opened: dict[Key, Account] = {}

    async def load(self, drafts: Sequence[Draft]) -> State:
        """Read the head of the log, the known references, the accounts and what is to be reversed."""
        return await self.client.visit(lambda connection: self._load(connection, drafts))

    def carry_out(self, connection: sqlite3.Connection, drafts: Sequence[Draft], decide: Decide) -> None:
        """All three in the thread that is being visited: load, decide, write."""
        with collecting.after():
            transactions, rows = decide(self._load(connection, drafts))
            if transactions:
                self._write(connection, transactions, rows)

    def remember(self) -> None:
        """After the commit of what `carry_out` did: the next batch need not read what this one knows."""
        self.client.remembered.keep(self._head, self._opened)

    async def write(self, transactions: Sequence[Transaction], rows: Sequence[Model]) -> None:
        """Insert the transactions with the accounts they open, their tiles, and the domain rows."""
        await self.client.visit(lambda connection: self._write(connection, transactions, rows))

    def _load(self, connection: sqlite3.Connection, drafts: Sequence[Draft]) -> State:
        state = self.state
        for position, recorded_at, leaf in _rows(connection, _HEAD):
            state.position, state.recorded_at = position, read_moment(recorded_at)
            self._head = position, leaf
        known = _rows(connection, _REFERENCES, _list([draft.reference for draft in drafts]))
        for position, reference, request, recorded_at, leaf in known:
            receipt = Receipt(position, reference, read_moment(recorded_at), leaf)
            state.references[reference] = Known(receipt, request)
        self._load_accounts(
            connection,
            {
                (address, p.unit)
                for draft in drafts
                for p in draft.postings
                for address in (p.source, p.target)
            },
        )
        self._load_originals(connection, {draft.reverses for draft in drafts if draft.reverses})
        return state

    def _load_accounts(self, connection: sqlite3.Connection, keys: set[Key]) -> None:
        """Those whose standing is not remembered are read; those never met before are looked for by name."""
        accounts = self.client.remembered.accounts
        known = self.state.accounts = self.client.remembered.standings(self._head)
        keys = {key for key in keys if key not in known}
        new = [key for key in keys if key not in accounts]
        for address, unit, number, floor in _rows(connection, _ACCOUNTS, _list(new)) if new else ():
            accounts[address, unit] = number, floor
        named = {accounts[key][0]: key for key in keys if key in accounts}
        wanted = _list(sorted(named))  # in the order of the indexes they are looked up in
        standings = _rows(connection, _STANDINGS, wanted) if named else ()
        for number, gave, gave_balance, took, took_balance in standings:
            key = named[number]
            latest = (gave, gave_balance) if (gave or 0) > (took or 0) else (took or 0, took_balance or 0)
            self.state.accounts[key] = Standing(*latest, accounts[key][1])

    def _load_originals(self, connection: sqlite3.Connection, references: set[str]) -> None:
        if not references:
            return
        self.state.to_reverse = frozenset(references)
        found = self.state.originals
        for reference, position, address, unit, amount, done in _rows(
            connection, _ORIGINALS, _list(sorted(references))
        ):
            gave = found.setdefault(reference, Original(position, {}, bool(done))).gave
            gave[address, unit] = gave.get((address, unit), 0) + amount

    def _write(
        self, connection: sqlite3.Connection, transactions: Sequence[Transaction], rows: Sequence[Model]
    ) -> None:
        accounts, known = account_rows(transactions), self.client.remembered.accounts
        self._opened |= opened_by(accounts)
        try:
            _insert(connection, _INSERT_ACCOUNT, accounts)
            _insert(connection, _INSERT_TRANSACTION, [transaction_row(t) for t in transactions])
            _insert(connection, _INSERT_POSTING, posting_rows(transactions, known, self._opened))
            _insert(connection, _INSERT_TILE, _tile_rows(connection, transactions))
            for table, columns, values in inserts(rows):
                _insert(connection, _into(table, columns), values)
        except sqlite3.IntegrityError as error:
            raise RowConflict(problem=str(error)) from error
        self._head = transactions[-1].position, transactions[-1].leaf


def _rows(connection: sqlite3.Connection, statement: str, *values: Any) -> list[Row]:
    cursor = connection.cursor()
    cursor.row_factory = None  # plain tuples
    try:
        return cursor.execute(statement, values).fetchall()
    except sqlite3.Error as error:
        raise storage_error(error) from error


def _insert(connection: sqlite3.Connection, statement: str, rows: Sequence[Row]) -> None:
    """Row by row: where a table has triggers, SQLite would put many rows of one statement aside first."""
    try:
        connection.executemany(statement, rows)
    except sqlite3.IntegrityError:
        raise
    except sqlite3.Error as error:
        if not hasattr(error, "sqlite_errorcode"):
            raise  # a value that SQLite cannot hold: the draft's fault, not the disk's
        raise storage_error(error) from error


@cache
def _into(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - our tables


def _tile_rows(connection: sqlite3.Connection, transactions: Sequence[Transaction]) -> list[Row]:
    """Only when a tile becomes full: once in 256 entries at level 0, once in 65,536 at level 1."""
    if not transactions:
        return []
    before, after = transactions[0].position - 1, transactions[-1].position
    if before // merkle.WIDTH == after // merkle.WIDTH:
        return []
    first = before // merkle.WIDTH * merkle.WIDTH
    stored = _stored_tiles(connection, before, after)
    tiles = merkle.completed_tiles(
        before,
        [t.leaf for t in transactions],
        partial=b"".join(leaf for (leaf,) in _rows(connection, _LEAVES, first, before)),
        stored=lambda level, start, end: [stored[level, index] for index in range(start, end)],
    )
    return [(tile.level << 40 | tile.index, tile.level, tile.index, tile.hashes) for tile in tiles]


def _stored_tiles(connection: sqlite3.Connection, before: int, after: int) -> dict[tuple[int, int], bytes]:
    """The tiles below an upper tile that is about to become full."""
    found = {}
    level, span = 0, merkle.WIDTH * merkle.WIDTH
    while before // span != after // span:
        first = before // span * merkle.WIDTH
        for index, hashes in _rows(connection, _TILES, level, first):
            found[level, index] = hashes
        level, span = level + 1, span * merkle.WIDTH
    return found


def _list(values: Iterable[Any]) -> str:
    return canonical(values).decode()
