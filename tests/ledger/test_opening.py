"""A book that does not hold what was seen of it opens read-only, says why, and two people can let it go on."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from alembic_like_migrations.rooms import APPS
from ledger import audit, heads, opening, recoveries, signatures
from ledger.book import Book, open_book
from ledger.errors import HistoryDiffers, HistoryLost, ReadOnly, SightUnreadable, WrongSignature
from ledger.models import LedgerCheckpoint
from ledger.recoveries import Head
from tests import books
from tests.ledger.drafts import CHART, draft, move, opened
from tests.ledger.logs import KEY, VKEY, copy, grow, put_back

pytestmark = pytest.mark.anyio


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A book of 300 entries, signed and closed; `witness` beside it holds the note of 350, `backup.db` the 300."""
    await books.make(tmp_path)
    path = tmp_path / "book.db"
    await grow(path, "first", 300)
    copy(path, tmp_path / "backup.db")
    (tmp_path / "witness").write_text(await grow(path, "second", 50))
    return path


def watched(path: Path) -> Any:
    """Open with the witness's file."""
    return open_book(f"sqlite://{path}", chart=CHART, apps=APPS, witness=path.with_name("witness"))


async def refused(book: Book) -> ReadOnly:
    """Why neither an entry nor a row can be written."""
    with pytest.raises(ReadOnly) as entry:
        await book.journal.post(draft("later", move("bank", "a", 1)))
    with pytest.raises(ReadOnly) as row:
        async with book.write():
            pass
    assert str(entry.value) == str(row.value) == str(book.journal.read_only)
    return entry.value


async def test_a_whole_book_opens_to_be_written(path: Path) -> None:
    """At the size that was seen, and after it grew."""
    for name in ("more", "still more"):
        async with watched(path) as book:
            assert book.journal.read_only is None
            await book.journal.post(draft(name.replace(" ", "-"), move("bank", "a", 1)))


async def test_a_restored_backup_is_read_only(path: Path) -> None:
    """The witness saw more: said with both numbers, for entries and for rows alike; reading goes on."""
    put_back(path.with_name("backup.db"), path)
    async with watched(path) as book:
        why = await refused(book)
        assert isinstance(why, HistoryLost)
        assert (why.facts["size"], why.facts["head"]) == (350, 300)
        assert "350" in str(why)
        assert (await heads.last(book)) is not None
    async with opened(path) as book:
        assert book.journal.read_only is None, "without a witness nobody can know"


async def test_another_history_is_read_only(path: Path) -> None:
    """As long as what was seen, and longer, but not its continuation."""
    put_back(path.with_name("backup.db"), path)
    await grow(path, "instead", 60)
    async with watched(path) as book:
        assert isinstance(await refused(book), HistoryDiffers)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"jishan\n12\n"])
async def test_a_sight_that_cannot_be_read_is_no_permission(path: Path, content: bytes | None) -> None:
    """Whoever takes the witness's file away, or spoils it, gains nothing; the reason does not tell its folder."""
    witness = path.with_name("witness")
    witness.unlink()
    if content is not None:
        witness.write_bytes(content)
    async with watched(path) as book:
        why = await refused(book)
        assert isinstance(why, SightUnreadable)
        assert str(path.parent) not in str(why)


def cut(path: Path, position: int) -> None:
    """Somebody with the file takes its last entries out; the signed heads they forget."""
    with sqlite3.connect(path) as file:
        names = [
            row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE name LIKE '%_no_delete'")
        ]
        texts = [
            row[0] for row in file.execute("SELECT sql FROM sqlite_master WHERE name LIKE '%_no_delete'")
        ]
        for name in names:
            file.execute(f"DROP TRIGGER {name}")
        file.execute("DELETE FROM ledger_posting WHERE id >= ?", [position * 256])
        file.execute("DELETE FROM ledger_transaction WHERE position >= ?", [position])
        for text in texts:
            file.execute(text)
    file.close()


async def test_a_cut_tail_is_seen_without_a_witness(path: Path) -> None:
    """The newest signed head in the book itself is longer than the book."""
    cut(path, 341)
    async with opened(path) as book:
        why = await refused(book)
        assert isinstance(why, HistoryLost)
        assert (why.facts["seen"], why.facts["size"], why.facts["head"]) == ("ledger_checkpoint", 350, 340)


async def record(book: Book, lost: Head) -> None:
    """Write a recovery's entry, as points/recovery.py does after it has asked two people."""
    size = await opening.tree.head(book.reader)
    kept = Head(size, await opening.tree.root_at(book.reader, size))
    entry = draft("r", kind="act", evidence=None)
    evidence = recoveries_evidence(entry)
    book.journal.read_only = None
    await book.journal.post(
        type(entry)(recoveries.reference(lost, kept), "act", evidence, entry.effective_on, entry.request)
    )


def recoveries_evidence(entry: Any) -> Any:
    """Evidence of a recovery."""
    return type(entry.evidence)(recoveries.KIND, "1", entry.evidence.digest)


async def test_after_a_recovery_the_same_loss_is_no_reason(path: Path) -> None:
    """The very head that was lost is explained; another one is not."""
    put_back(path.with_name("backup.db"), path)
    seen = opening.read_sight(path.with_name("witness"))
    async with watched(path) as book:
        await record(book, seen)
    async with watched(path) as book:
        assert book.journal.read_only is None
        await book.journal.post(draft("on", move("bank", "a", 1)))
    other = signatures.sign(KEY, signatures.Checkpoint(KEY.name, 351, b"\1" * 32))
    path.with_name("witness").write_text(other)
    async with watched(path) as book:
        assert isinstance(await refused(book), HistoryLost)


async def test_a_cut_tail_recovered_is_signed_and_audited_again(path: Path) -> None:
    """Lost heads stay in the book: the signer passes them over, the audit takes them as explained."""
    cut(path, 341)
    async with opened(path) as book:
        lost = await opening.lost(book.reader, witness=None, vkey=VKEY)
        assert lost is not None
        assert lost.size == 350
        await record(book, lost)
        assert (await heads.last(book)).size == 300  # type: ignore[union-attr]
        assert (await heads.checkpoint(book, KEY)).size == 341
        proved = await heads.receipt(book, 341, KEY)
        assert proved is not None
        for n in range(
            9
        ):  # at 350 stands the lost head: the book's own of that size cannot be kept, and the next can
            await book.journal.post(draft(f"on/{n}", move("bank", "a", 1)))
            assert (await heads.checkpoint(book, KEY)).size == 342 + n
        assert (await heads.last(book)).size == 349  # type: ignore[union-attr]
    async with opened(path) as book:
        assert book.journal.read_only is None
        report = await audit.run(book.reader, guards=book.guards, vkey=VKEY)
        assert report.findings == ()


async def test_a_recovery_explains_nothing_once_its_own_head_is_gone(path: Path) -> None:
    """Changed before the recovery's entry: it explains nothing any more, and the book is read-only again."""
    put_back(path.with_name("backup.db"), path)
    seen = opening.read_sight(path.with_name("witness"))
    async with watched(path) as book:
        await record(book, seen)
    with sqlite3.connect(path) as file:
        text = file.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'ledger_transaction_no_update'"
        ).fetchone()[0]
        file.execute("DROP TRIGGER ledger_transaction_no_update")
        file.execute("UPDATE ledger_transaction SET leaf = zeroblob(32) WHERE position = 299")
        file.execute(text)
    file.close()
    async with watched(path) as book:
        assert isinstance(await refused(book), HistoryDiffers)
        assert await recoveries.every(book.reader) == []


async def test_what_is_named_as_lost_must_be_ours(path: Path) -> None:
    """A witness's file that another key signed leads to no recovery; a whole book has lost nothing."""
    async with watched(path) as book:
        assert await opening.lost(book.reader, witness=path.with_name("witness"), vkey=VKEY) is None
        stranger = signatures.generate("stranger")
        path.with_name("witness").write_text(
            signatures.sign(stranger, signatures.Checkpoint("s", 9, b"\1" * 32))
        )
        with pytest.raises(WrongSignature):
            await opening.lost(book.reader, witness=path.with_name("witness"), vkey=VKEY)


async def test_the_audit_names_it(path: Path) -> None:
    """As a finding among the others, naming who saw it."""
    put_back(path.with_name("backup.db"), path)
    async with watched(path) as book:
        check = opening.history_is_whole(path.with_name("witness"))
        report = await audit.run(book.reader, [check], guards=book.guards)
        assert [(one.check, one.row) for one in report.findings] == [("history", "witness")]
        assert report.checks == ("history_is_whole",)


async def test_opening_costs_the_same_whatever_the_size(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same few statements, and at most 255 + 255 rows of leaves and tiles for each head."""
    async with watched(path) as book:
        said: list[int] = []
        for name in ("execute_query", "execute_query_dict"):
            original = getattr(type(book.reader), name)

            async def counted(self: Any, sql: str, values: Any = None, *, original: Any = original) -> Any:
                answer = await original(self, sql, values)
                said.append(len(answer[1]) if isinstance(answer, tuple) else len(answer))
                return answer

            monkeypatch.setattr(type(book.reader), name, counted)
        await LedgerCheckpoint.filter().using_db(book.reader).count()
        said.clear()
        assert await opening.missing(book.reader, witness=path.with_name("witness")) is None
        assert len(said) <= 20
        assert sum(said) <= 2 * 2 * 255 + 8
