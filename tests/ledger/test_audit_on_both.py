"""The audit finds the same on both engines, in words that name the same rows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from ledger import audit, audits, heads, signatures
from ledger.book import Book, path_of
from ledger.findings import Audit, Finding
from tests import books
from tests.ledger.drafts import draft, move
from tests.ledger.drafts import opened as opened_book
from tests.ledger.tampering import opened

pytestmark = pytest.mark.anyio

KEY = signatures.generate("jishan.example/1")
TABLES = (
    "ledger_transaction",
    "ledger_posting",
    "ledger_account",
    "ledger_tile",
    "ledger_checkpoint",
    "ledger_audit",
)
ZEROS = {"sqlite": "zeroblob({})", "postgres": "decode(repeat('00', {}), 'hex')"}

SPOILS = {
    "nothing": ("SELECT 1", set()),
    "an amount": (
        "UPDATE ledger_posting SET amount = 7 WHERE id = 25600",
        {("postings", 100), ("balances", 100)},
    ),
    "a version": (
        "UPDATE ledger_posting SET source_version = 9000 WHERE id = 25600",
        {("postings", 100), ("balances", 100), ("balances", 101)},
    ),
    "a kind": ("UPDATE ledger_transaction SET kind = 'gift' WHERE position = 100", {("texts", 100)}),
    "a leaf": (
        "UPDATE ledger_transaction SET leaf = {32} WHERE position = 100",
        {("texts", 100), ("tiles", 100)},
    ),
    "a row gone": (
        "DELETE FROM ledger_transaction WHERE position = 100",
        {("texts", 100), ("postings", 100), ("tiles", 100)},
    ),
    "a floor": (
        "UPDATE ledger_account SET floor = NULL WHERE address = 'box/a' AND unit = 'points'",
        {("accounts", 1)},
    ),
    "an account too many": (
        "INSERT INTO ledger_account (id, address, unit, floor, opened_at) VALUES (51205, 'a/b', 'points', 0, 100)",
        {("accounts", 100)},
    ),
    "a tile": (
        "UPDATE ledger_tile SET hashes = {8192} WHERE level = 0",
        {("tiles", 1), ("checkpoints", 300), ("audits", 300)},
    ),
    "a correction": ("UPDATE ledger_posting SET amount = 3 WHERE id = 299 * 256", {("reversals", 299)}),
}


async def story(book: Book) -> None:
    """300 entries, one a correction, a signed head and a record of an audit."""
    await book.journal.post_all([draft(f"{n:04d}", move("bank", "ab"[n % 2], 2)) for n in range(298)])
    await book.journal.post(draft("back", move("a", "bank", 2), reverses="0000"))
    await book.journal.post(draft("last", move("bank", "c", 1)))
    await heads.checkpoint(book, KEY)
    await audits.check(book, [*audit.CHECKS, audits.records_are_ours], key=KEY)


async def spoil(url: str, engine: str, statement: str) -> None:
    """As whoever owns the database would: without triggers, which stand again afterwards."""
    for size in (32, 8192):
        statement = statement.replace(f"{{{size}}}", ZEROS[engine].format(size))
    if engine == "sqlite":
        with opened(path_of(url)) as file:
            file.execute(statement)
        return
    connection = await asyncpg.connect(url.partition("&schema=")[0].partition("?schema=")[0])
    try:
        await connection.execute("SET search_path = book")
        for table in TABLES:
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        await connection.execute(statement)
        for table in TABLES:
            await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
            for event in ("update", "delete", "truncate"):
                await connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_{event}")
    finally:
        await connection.close()


@pytest.mark.parametrize("name", SPOILS)
async def test_the_same_is_found_on_both(name: str, engine: str, tmp_path: Path) -> None:
    """Check and position of every finding; each has a sentence, a row and what to do."""
    url = await books.make(tmp_path)
    async with opened_book(url) as book:
        await story(book)
    statement, wanted = SPOILS[name]
    await spoil(url, engine, statement)
    async with opened_book(url) as book:
        report = await audits.check(book, [*audit.CHECKS, audits.records_are_ours], key=KEY, full=True)
    found = {(finding.check, finding.position) for finding in report.findings}
    assert wanted <= found, report.findings
    assert {check for check, _ in found} <= {check for check, _ in wanted} | {
        "balances",
        "checkpoints",
        "postings",
    }
    assert all(finding.what and finding.row and finding.todo for finding in report.findings)
    assert bool(wanted) != report.whole


@pytest.mark.parametrize(("still", "whole"), [(False, True), (True, False)])
async def test_what_is_gone_when_looked_at_again_was_an_entry_in_between(
    still: bool, whole: bool, engine: str, tmp_path: Path
) -> None:
    """A check that disagrees with itself while somebody posts is asked again; what it goes on saying is found."""
    async with opened_book(await books.make(tmp_path)) as book:
        looked = 0

        async def check(_audit: Audit) -> AsyncIterator[Finding]:
            nonlocal looked
            looked += 1
            if still or looked == 1:
                yield Finding("check", None, "here", "{n}", {"n": looked})
            await book.journal.post(draft(f"{looked}", move("bank", "a", 2)))

        assert (await audit.run(book.reader, [check], guards={})).whole == whole, engine
        assert looked == (2 if whole else 1 + audit.TRIES)


async def test_the_next_audit_goes_on_there(engine: str, tmp_path: Path) -> None:
    """The record is read back, and only what is new is read."""
    url = await books.make(tmp_path)
    async with opened_book(url) as book:
        await story(book)
        await book.journal.post_all([draft(f"n{n}", move("bank", "d", 1)) for n in range(300)])
        report = await audits.check(book, [*audit.CHECKS, audits.records_are_ours], key=KEY)
    assert (report.since, report.size, report.findings) == (300, 600, ()), engine
