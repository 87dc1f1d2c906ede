"""The models read what the journal wrote, column by column."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tortoise.models import Model

from ledger import models
from ledger.models import LedgerAccount, LedgerPosting, LedgerTransaction
from tests import books
from tests.ledger.drafts import draft, fresh, move

TABLES = [
    model
    for model in vars(models).values()
    if isinstance(model, type) and model.__module__ == models.__name__
]


@pytest.mark.anyio
@pytest.mark.parametrize("model", TABLES)
async def test_a_model_has_its_table_s_columns(model: type[Model], tmp_path: Path) -> None:
    """The SQL beside the migration and the model name the same columns."""
    await books.make(tmp_path)
    with sqlite3.connect(tmp_path / "book.db") as file:
        columns = [row[1] for row in file.execute(f"PRAGMA table_info({model._meta.db_table})")]
    file.close()
    assert columns == list(model._meta.fields_db_projection.values())


@pytest.mark.anyio
async def test_what_was_posted_reads_back(tmp_path: Path) -> None:
    """A transaction, its line and its accounts, by query."""
    async with fresh(tmp_path) as book:
        receipt = await book.journal.post(draft("1", move("bank", "a", 5)))
        written = await LedgerTransaction.get(reference="t/1", using_db=book.reader)
        line = await LedgerPosting.get(id=256, using_db=book.reader)
        accounts = await LedgerAccount.all().using_db(book.reader).order_by("id")
    assert (written.position, bytes(written.leaf), written.reverses) == (1, receipt.leaf, None)
    assert (line.amount, line.source_balance, line.target_balance, line.target_version) == (5, -5, 5, 1)
    assert [(a.id, a.address, a.floor, a.opened_at) for a in accounts] == [
        (512, "bank", None, 1),
        (513, "box/a", 0, 1),
    ]
