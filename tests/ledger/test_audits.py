"""An audit goes on from the last that found nothing, if the key said so and the book still begins that way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ledger import audit, audits, checkpoints, signatures
from ledger.audit import Report
from ledger.book import Book
from ledger.errors import ReadOnly
from ledger.findings import Check
from tests.ledger.drafts import draft, fresh, move
from tests.ledger.drafts import opened as opened_book
from tests.ledger.tampering import opened

pytestmark = pytest.mark.anyio

KEY = signatures.generate("jishan.example/1")
CHECKS: Sequence[Check] = [*audit.CHECKS, audits.records_are_ours]


async def write(book: Book, *numbers: int) -> None:
    """Some entries."""
    await book.journal.post_all([draft(f"{n:04d}", move("bank", "ab"[n % 2], 1)) for n in numbers])


async def check(book: Book, *, full: bool = False) -> Report:
    """An audit as a person asks for it."""
    return await audits.check(book, CHECKS, key=KEY, full=full)


async def test_the_second_reads_only_what_is_new(tmp_path: Path) -> None:
    """All at first, then what came since, then nothing; in full when asked; each says why."""
    async with fresh(tmp_path) as book:
        await write(book, *range(300))
        said = [await check(book)]
        await write(book, *range(300, 900))
        said += [await check(book), await check(book), await check(book, full=True)]
        assert [(one.since, one.why) for one in said] == [
            (0, audits.FIRST),
            (300, audits.GOES_ON),
            (900, audits.GOES_ON),
            (0, audits.ASKED),
        ]
        assert all(one.whole for one in said), said
        full = await audits.last_full(book.reader, str(KEY.verifier))
        assert full is not None
        assert full.head.size == 900


@pytest.mark.parametrize(
    ("statement", "names"),
    [
        ("UPDATE ledger_posting SET amount = 7 WHERE id = 301 * 256", {"postings", "balances"}),
        ("UPDATE ledger_posting SET source_balance = 5 WHERE id = 300 * 256", {"balances"}),
        ("UPDATE ledger_transaction SET kind = 'gift' WHERE position = 400", {"texts"}),
        ("DELETE FROM ledger_transaction WHERE position = 301", {"texts"}),
        ("UPDATE ledger_tile SET hashes = zeroblob(8192) WHERE id = 1", {"tiles"}),
    ],
)
async def test_what_is_wrong_after_the_record_is_found(
    statement: str, names: set[str], tmp_path: Path
) -> None:
    """Rows after it, and the balances that they continue; and what was found is not put on record."""
    async with fresh(tmp_path) as book:
        await write(book, *range(300))
        await check(book)
        await write(book, *range(300, 600))
    with opened(tmp_path / "book.db") as file:
        file.execute(statement)
    async with opened_book(tmp_path / "book.db") as book:
        report = await check(book)
        assert report.since == 300
        assert names <= {finding.check for finding in report.findings}
        assert (await check(book)).since == 300


async def test_what_is_wrong_before_the_record_is_found_in_full_only(tmp_path: Path) -> None:
    """This is why there is an audit in full from time to time."""
    async with fresh(tmp_path) as book:
        await write(book, *range(300))
        await check(book)
        await write(book, 300)
    with opened(tmp_path / "book.db") as file:
        file.execute("UPDATE ledger_transaction SET kind = 'gift' WHERE position = 7")
    async with opened_book(tmp_path / "book.db") as book:
        assert (await check(book)).whole
        found = (await check(book, full=True)).findings
    assert [(finding.check, finding.position) for finding in found] == [("texts", 7)]


async def test_a_tree_that_is_another_before_the_record_is_read_in_full(tmp_path: Path) -> None:
    """The root that was signed is no more: everything is read again, and the row is named."""
    async with fresh(tmp_path) as book:
        await write(book, *range(300))
        await check(book)
    with opened(tmp_path / "book.db") as file:
        file.execute("UPDATE ledger_transaction SET leaf = zeroblob(32) WHERE position = 290")
    async with opened_book(tmp_path / "book.db") as book:
        report = await check(book)
    assert (report.since, report.why) == (0, audits.MOVED)
    assert {("texts", 290), ("audits", 300)} <= {(one.check, one.position) for one in report.findings}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_audit SET size = size + 1",
        "UPDATE ledger_audit SET since = 1",
        "UPDATE ledger_audit SET root = zeroblob(32)",
        "UPDATE ledger_audit SET checked_at = '2030-01-01T00:00:00.000000Z'",
        "UPDATE ledger_audit SET note = replace(note, 'jishan-audit/1', 'jishan-audit/2')",
        "UPDATE ledger_audit SET note = 'none'",
    ],
)
async def test_a_record_that_somebody_wrote_is_found_and_not_trusted(statement: str, tmp_path: Path) -> None:
    """Whoever can edit the book cannot make a record without the key."""
    async with fresh(tmp_path) as book:
        await write(book, *range(300))
        await check(book)
    with opened(tmp_path / "book.db") as file:
        file.execute(statement)
    async with opened_book(tmp_path / "book.db") as book:
        report = await check(book)
    assert (report.since, report.why) == (0, audits.OTHERS)
    assert [finding.check for finding in report.findings] == ["audits"]


async def test_more_checks_than_before_begin_anew(tmp_path: Path) -> None:
    """A record stands only for the checks that were made."""
    async with fresh(tmp_path) as book:
        await write(book, *range(10))
        await audits.check(book, audit.CHECKS, key=KEY)
        report = await check(book)
    assert (report.since, report.why) == (0, audits.GROWN)


async def test_a_book_that_may_not_be_written_is_audited(tmp_path: Path) -> None:
    """There is no record of it then, and the next begins anew."""
    async with fresh(tmp_path) as book:
        await write(book, *range(10))
        book.journal.read_only = book.engine.read_only = ReadOnly(reason="x")
        assert (await check(book)).whole
        assert (await check(book)).why == audits.FIRST


def test_a_record_cannot_be_taken_for_a_checkpoint() -> None:
    """What the key signs for an audit is refused where a checkpoint is read."""
    record = audits.Record(audits.Head(7, b"\1" * 32), 0, ("a",), "2026-11-22T01:20:00.000000Z")
    text = audits.format_text(KEY.name, record)
    with pytest.raises(checkpoints.BadNote):
        checkpoints.parse(text)
