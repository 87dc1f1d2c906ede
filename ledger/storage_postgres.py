"""The statements of one batch on PostgreSQL: what it loads before deciding, and what it writes after.

Their plans are pinned by the settings of the writer's connection (ledger/postgres.py). Rows are written by COPY, or by
VALUES when they are few, never by INSERT … SELECT.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
from tortoise.models import Model

from ledger import merkle
from ledger.accounts import Chart
from ledger.decisions import Key, Known, Original, Standing, State
from ledger.encoding import read_moment
from ledger.entry_rows import Row, account_rows, opened_by, posting_rows, transaction_row
from ledger.errors import Contended, RowConflict
from ledger.postgres import Reader, Writer
from ledger.remembered import NO_ENTRY, Account
from ledger.rows import inserts
from ledger.transactions import Draft, Receipt, Transaction

FEW = 4
"""Up to so many rows go one by one; COPY costs two round trips more, and then nearly nothing for a row."""

HEAD = "SELECT position FROM ledger_transaction ORDER BY position DESC LIMIT 1"

HEAD_AND_REFERENCES = """
(SELECT TRUE AS head, position, reference, request, recorded_at, leaf FROM ledger_transaction
    ORDER BY position DESC LIMIT 1)
UNION ALL
(SELECT FALSE, position, reference, request, recorded_at, leaf FROM ledger_transaction
    WHERE reference = ANY($1::text[]))"""

ACCOUNTS = """
SELECT a.id, a.address, a.unit, a.floor, s.source_version, s.source_balance, t.target_version, t.target_balance
FROM unnest($1::text[], $2::text[]) AS wanted (address, unit)
JOIN ledger_account AS a ON a.address = wanted.address AND a.unit = wanted.unit
LEFT JOIN LATERAL (SELECT source_version, source_balance FROM ledger_posting
    WHERE source = a.id ORDER BY source_version DESC LIMIT 1) AS s ON TRUE
LEFT JOIN LATERAL (SELECT target_version, target_balance FROM ledger_posting
    WHERE target = a.id ORDER BY target_version DESC LIMIT 1) AS t ON TRUE"""

ORIGINALS = """
SELECT t.reference, t.position, a.address, p.unit, p.amount,
    EXISTS (SELECT 1 FROM ledger_transaction AS r WHERE r.reverses = t.position) AS reversed
FROM ledger_transaction AS t
JOIN ledger_posting AS p ON p.id BETWEEN t.position * 256 AND t.position * 256 + 255
JOIN ledger_account AS a ON a.id = p.source
WHERE t.reference = ANY($1::text[])"""

LEAVES = "SELECT leaf FROM ledger_transaction WHERE position > $1 AND position <= $2 ORDER BY position"
TILES = 'SELECT "index", hashes FROM ledger_tile WHERE level = $1 AND "index" >= $2'

COLUMNS = {
    "ledger_account": ("id", "address", "unit", "floor", "opened_at"),
    "ledger_transaction": (
        "position", "reference", "request", "kind", "evidence_kind", "evidence_id", "reverses", "effective_on",
        "recorded_at", "body", "leaf",
    ),
    "ledger_posting": (
        "id", "unit", "source", "source_version", "source_balance", "target", "target_version", "target_balance",
        "amount",
    ),
    "ledger_tile": ("id", "level", "index", "hashes"),
}  # fmt: skip


class PostgresBatch:
    """The state of the book for some drafts, and the ids of the accounts they name."""

    def __init__(self, writer: Writer, reader: Reader, chart: Chart) -> None:
        self._writer = writer
        self._reader = reader
        self.state = State(chart, position=0, recorded_at=None)
        self._head = NO_ENTRY
        self._opened: dict[Key, Account] = {}

    async def load(self, drafts: Sequence[Draft]) -> State:
        """Read the head of the log, the known references, the accounts and what is to be reversed.

        The head comes first: whatever another writer committed after it was read has a position that we would write
        too, so that a mixture of before and after cannot be committed.
        """
        state = self.state
        for row in await self._rows(HEAD_AND_REFERENCES, [draft.reference for draft in drafts]):
            position, reference, leaf = row["position"], row["reference"], row["leaf"]
            recorded_at = read_moment(row["recorded_at"])
            if row["head"]:
                state.position, state.recorded_at, self._head = position, recorded_at, (position, leaf)
            else:
                receipt = Receipt(position, reference, recorded_at, leaf)
                state.references[reference] = Known(receipt, row["request"])
        await self._load_accounts({key for draft in drafts for p in draft.postings for key in _keys(p)})
        await self._load_originals({draft.reverses for draft in drafts if draft.reverses})
        return self.state

    async def _rows(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        return list(await self._writer.connection.fetch(statement, *values))

    async def _load_accounts(self, keys: Iterable[Key]) -> None:
        """Those whose standing is not remembered are read."""
        known = self.state.accounts = self._writer.remembered.standings(self._head)
        wanted = sorted(key for key in keys if key not in known)
        if not wanted:
            return
        rows = await self._rows(ACCOUNTS, [key[0] for key in wanted], [key[1] for key in wanted])
        for row in rows:
            key = (row["address"], row["unit"])
            self._writer.remembered.accounts[key] = row["id"], row["floor"]
            out, into = row["source_version"] or 0, row["target_version"] or 0
            balance = row["source_balance"] if out > into else row["target_balance"]
            known[key] = Standing(max(out, into), balance or 0, row["floor"])

    async def _load_originals(self, references: set[str]) -> None:
        if not references:
            return
        self.state.to_reverse = frozenset(references)
        found: dict[str, tuple[int, dict[Key, int], bool]] = {}
        for row in await self._rows(ORIGINALS, sorted(references)):
            _, gave, _ = found.setdefault(row["reference"], (row["position"], {}, row["reversed"]))
            key = (row["address"], row["unit"])
            gave[key] = gave.get(key, 0) + row["amount"]
        self.state.originals = {
            reference: Original(position, gave, done) for reference, (position, gave, done) in found.items()
        }

    async def write(self, transactions: Sequence[Transaction], rows: Sequence[Model]) -> None:
        """Insert the transactions with the accounts they open, their tiles, and the domain rows.

        Raises Contended when another writer came first, RowConflict when a row is in the way of one of ours.
        """
        head, self._head = transactions[0].position - 1, (transactions[-1].position, transactions[-1].leaf)
        accounts, known = account_rows(transactions), self._writer.remembered.accounts
        self._opened |= opened_by(accounts)
        try:
            await self._insert("ledger_account", accounts)
            await self._insert("ledger_transaction", [transaction_row(t) for t in transactions])
            await self._insert("ledger_posting", posting_rows(transactions, known, self._opened))
            await self._insert("ledger_tile", await self._tile_rows(transactions))
            await self._write_domain_rows(rows)
        except asyncpg.IntegrityConstraintViolationError as error:
            if await self._head_now() != head:
                raise Contended from error
            raise RowConflict(problem=error.detail or str(error)) from error

    def remember(self) -> None:
        """After the commit: the next batch need not read what this one knows."""
        self._writer.remembered.keep(self._head, self._opened)

    async def _head_now(self) -> int:
        """The head as others have committed it, read beside our transaction, which has failed."""
        rows = await self._reader.execute_query_dict(HEAD)
        return int(rows[0]["position"]) if rows else 0

    async def _insert(self, table: str, rows: Sequence[Sequence[Any]], columns: Sequence[str] = ()) -> None:
        columns = columns or COLUMNS[table]
        if len(rows) > FEW:
            await self._writer.connection.copy_records_to_table(table, records=rows, columns=columns)
        elif rows:
            await self._writer.connection.executemany(insertion(table, columns), rows)

    async def _tile_rows(self, transactions: Sequence[Transaction]) -> list[Row]:
        """The tiles that become full: one in 256 entries at level 0, one in 65,536 at level 1."""
        before, after = transactions[0].position - 1, transactions[-1].position
        if before // merkle.WIDTH == after // merkle.WIDTH:
            return []
        leaves = await self._rows(LEAVES, before // merkle.WIDTH * merkle.WIDTH, before)
        stored = await self._stored_tiles(before, after)
        tiles = merkle.completed_tiles(
            before,
            [t.leaf for t in transactions],
            partial=b"".join(row["leaf"] for row in leaves),
            stored=lambda level, start, end: [stored[level, index] for index in range(start, end)],
        )
        return [(tile.level << 40 | tile.index, tile.level, tile.index, tile.hashes) for tile in tiles]

    async def _stored_tiles(self, before: int, after: int) -> dict[tuple[int, int], bytes]:
        """The tiles below an upper tile that is about to become full."""
        found: dict[tuple[int, int], bytes] = {}
        level, span = 0, merkle.WIDTH * merkle.WIDTH
        while before // span != after // span:
            first = before // span * merkle.WIDTH
            found |= {(level, row["index"]): row["hashes"] for row in await self._rows(TILES, level, first)}
            level, span = level + 1, span * merkle.WIDTH
        return found

    async def _write_domain_rows(self, rows: Sequence[Model]) -> None:
        for table, columns, values in inserts(rows):
            await self._insert(table, values, columns)


def insertion(table: str, columns: Sequence[str]) -> str:
    """The statement that inserts one row."""
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(f"${number}" for number in range(1, len(columns) + 1))
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - the names of our own tables


def _keys(posting: Any) -> tuple[Key, Key]:
    return (posting.source, posting.unit), (posting.target, posting.unit)
