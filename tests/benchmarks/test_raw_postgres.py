"""The baselines on PostgreSQL do what they say: the same rows, as many transfers as were asked for, no remains."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import asyncpg
import pytest

from benchmarks import loader, posting, raw_postgres
from benchmarks.loads import Load
from benchmarks.raw_sqlite import AFTER
from ledger import audit
from ledger.postgres import Address, address_of
from points.district import open_district
from tests import postgres

pytestmark = [
    pytest.mark.anyio,
    *([] if postgres.ELSEWHERE else [pytest.mark.needs("postgresql")]),
]


def silent(_done: int, _total: int) -> None:
    """Nobody looks."""


async def rows(address: Address, query: str) -> list[Any]:
    """What a query finds in a schema."""
    connection = await address.connect(search_path=address.schema)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def differing(load: Load, count: int) -> set[str]:
    """The tables that differ after the journal posted so many drafts and the baseline wrote what it wrote."""
    url = await postgres.make()
    number = await loader.prepare(url, load, 600, progress=silent)
    async with raw_postgres.beside(url, "raw") as raw, open_district(url) as book:
        await book.journal.post_all([load.draft(number + one) for one in range(count)])
        assert (await audit.run(book.reader, guards=book.guards)).findings == ()
        done = await raw_postgres.copy(address_of(url), raw, after=number, until=number + count, group=100)
        assert done.done == count
        both = [
            {table: await rows(place, f"SELECT * FROM {table} ORDER BY 1") for table in AFTER}
            for place in (address_of(url), raw)
        ]
    assert all(both[0][table] for table in AFTER if table != "awards_verification" or load.kind == "award")
    return {table for table in AFTER if both[0][table] != both[1][table]}


async def test_the_baseline_writes_the_very_same_rows() -> None:
    """Every table is equal afterwards, in what the loader filled and in what came later; the audit finds nothing."""
    assert await differing(Load("award", 20), 300) == set()


async def test_a_baseline_that_skips_rows_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that writes fewer rows would look fast: its schema is not ours any more."""

    async def hasty(connection: asyncpg.Connection[Any], some: raw_postgres.Rows) -> None:
        await real(connection, {**some, "ledger_tile": []})

    real = raw_postgres.write
    monkeypatch.setattr(raw_postgres, "write", hasty)
    assert await differing(Load("transfer", 20), 300) == {"ledger_tile"}


async def test_a_contest_leaves_nothing_behind(tmp_path: Path) -> None:
    """All of the baselines take part, and their schemas go with them."""
    url = await postgres.make()
    plan = posting.Plan(Load("transfer", 20), rounds=1, count=200, callers=8, orm_count=4)
    found = await posting.measure(tmp_path, url, plan, size=100, progress=silent)
    assert set(found["ratios"]) == {"raw COPY", posting.BARE, posting.ORM}
    schemas = await rows(address_of(url), "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'book%'")
    assert schemas == [("book",)]


async def test_every_transfer_moves_one_from_the_fund() -> None:
    """What the members have is what the fund has not, and nothing was moved without being counted."""
    url = await postgres.make()
    async with raw_postgres.beside(url, "raw") as raw:
        transfers = raw_postgres.TwoRows(raw, 5)
        await transfers.make()
        assert (await transfers.run(40, 8)).done == 40
        balances = await rows(raw, "SELECT balance FROM two_rows ORDER BY id")
    assert balances == [(10**12 - 40,), *[(8,)] * 5]
