"""Every way to change a book behind its back, and who finds it: the audit, the verifier of an export, a witness.

python -m tests.attack.spoiling        prints the table of docs/tampering.md
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import random
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tortoise.exceptions import BaseORMException

from ledger import (
    audits,
    bundle,
    checkpoints,
    cosignatures,
    encoding,
    heads,
    opening,
    recoveries,
    signatures,
    verify,
)
from ledger.book import Book
from ledger.checkpoints import Checkpoint
from ledger.errors import LedgerError
from ledger.frontier import Frontier
from points import auditing
from points.district import open_district
from tests import town
from tests.ledger.tampering import change, flip, opened, some_row

TABLES = (
    "ledger_account",
    "ledger_transaction",
    "ledger_posting",
    "ledger_tile",
    "ledger_checkpoint",
    "ledger_cosignature",
    "ledger_audit",
    "evidence_snapshot",
    "evidence_snapshot_text",
)
OTHERS = {
    "awards_verification": (
        *(
            "contribution",
            "event",
            "member",
            "verifier",
            "decided_on",
            "rule",
            "rule_book",
            "points",
            "minutes",
        ),
        *("arithmetic", "reference", "reason"),
    ),
    "market_redemption": ("shop", "member", "served_by", "found_by", "points", "redeemed_on", "redeemed_at"),
    "market_redemption_line": ("redemption", "item", "quantity", "price"),
    "market_price": ("item", "points", "from_on", "set_by"),
    "market_delivery": ("shop", "item", "quantity", "document", "received_by", "received_on"),
    "people_role_grant": ("member", "role", "area", "from_on", "until_on", "granted_by", "reference"),
    "people_member": ("kind", "area", "batch"),
    "openness_notice": ("number", "area", "published_on", "days", "closes_on", "published_by", "list_digest"),
    "events_event": ("occurred_at", "area"),
}
"""Tables of `points`: who, when, how much and by which rule is held against the evidence; what is not, is named."""
DROPPED, LINES = "删一行 · a row dropped: {}", "多一行 · a row doubled: {}"
AUDIT, VERIFIER, WITNESS = "audit", "verifier", "witness"
Spoil = Callable[[sqlite3.Connection, "Whole"], object]


@dataclass(frozen=True)
class Whole:
    """A whole book, its key, and what a witness saw of it at its end."""

    folder: Path

    @property
    def book(self) -> Path:
        """The book's file."""
        return self.folder / town.NAMES[0]

    @property
    def address(self) -> str:
        """Where the book is."""
        return f"sqlite://{self.book}"

    @property
    def key(self) -> signatures.SigningKey:
        """The key that signs its heads."""
        return signatures.load(self.folder / town.NAMES[1])

    async def prepare(self) -> None:
        """A cosignature, a record of an audit, and the witness's own note."""
        witness = signatures.generate("witness.example/1")
        async with open_district(self.address) as book:
            await audits.check(book, auditing.checks(book, witness=None), key=self.key)
            note = (await heads.checkpoint(book, self.key)).note
            text = checkpoints.parse_note(note).text
            line = cosignatures.cosign(witness, text, at=int(datetime(2026, 11, 22, tzinfo=UTC).timestamp()))
            note = cosignatures.added(note, line)
            await heads.keep_cosignature(book, note, str(cosignatures.public_half(witness)))
        (self.folder / "seen").write_text(note, encoding="utf-8")
        if self.book.exists():
            with contextlib.closing(sqlite3.connect(self.book)) as file:
                file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextlib.contextmanager
    def copy(self) -> Iterator[Path]:
        """A copy to spoil."""
        path = self.folder / "spoilt.db"
        shutil.copy(self.book, path)
        try:
            yield path
        finally:
            for left in self.folder.glob("spoilt.db*"):
                left.unlink()

    async def finders(self, place: Path | str) -> set[str]:
        """Who finds that something is wrong with a book, in a file or at an address."""
        try:
            async with open_district(f"sqlite://{place}" if isinstance(place, Path) else place) as book:
                found = await self._asked(book)
        except (LedgerError, BaseORMException, sqlite3.DatabaseError):
            return {AUDIT}  # it is not even opened, and the refusal says why
        return found

    async def _asked(self, book: Book) -> set[str]:
        found = set[str]()
        seen = opening.read_sight(self.folder / "seen")
        if not await recoveries.stands(book.reader, seen):
            found.add(WITNESS)
        checks = auditing.checks(book, witness=None)
        if not (await audits.check(book, checks, key=self.key, full=True)).whole:
            found.add(AUDIT)
        if await self._verifier_refuses(book):
            found.add(VERIFIER)
        return found

    async def _verifier_refuses(self, book: Book) -> bool:
        """Whether no export comes to be, or the verifier refuses it with our key."""
        with tempfile.TemporaryDirectory() as folder:
            out, vkey = Path(folder) / "out", str(self.key.verifier)
            try:
                note = (await heads.checkpoint(book, self.key)).note
                await bundle.write(book.reader, out, checkpoint=note, vkey=vkey, progress=lambda *_: None)
            except (LedgerError, BaseORMException):
                return True
            with contextlib.redirect_stdout(io.StringIO()):
                return verify.main([str(out), "--key", vkey]) != 0


def flipped(table: str, column: str) -> Spoil:
    """A bit of one value in one row."""

    def spoil(file: sqlite3.Connection, _whole: Whole) -> None:
        chance = random.Random(f"{table}.{column}")
        for _ in range(20):
            rowid, value = some_row(file, table, column, chance)
            try:
                return change(file, table, column, rowid, flip(value, chance))
            except sqlite3.IntegrityError:
                continue  # a key that another row has
        raise AssertionError(f"{table}.{column} cannot be changed")

    return spoil


def resigned(file: sqlite3.Connection, _whole: Whole) -> None:
    """Another witness's signature in the right form: only the witness's key tells."""
    (text,) = file.execute("SELECT line FROM ledger_cosignature").fetchone()
    head, _, value = text.rpartition(" ")
    wrong = value[:40] + ("A" if value[40] != "A" else "B") + value[41:]
    file.execute("UPDATE ledger_cosignature SET line = ?", [f"{head} {wrong}"])


def dropped(table: str) -> Spoil:
    """The row in the middle is gone."""
    query = f"DELETE FROM {table} WHERE rowid = (SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET ?)"

    def spoil(file: sqlite3.Connection, _whole: Whole) -> None:
        (count,) = file.execute(f"SELECT count(*) FROM {table}").fetchone()
        file.execute(query, [count // 2])

    return spoil


DOUBLED = {
    "ledger_account": "INSERT INTO ledger_account SELECT 51205, 'a/b', unit, floor, 100 FROM ledger_account LIMIT 1",
    "ledger_transaction": "INSERT INTO ledger_transaction SELECT position + 1, reference || 'x', request, kind,"
    " evidence_kind, evidence_id, NULL, effective_on, recorded_at, body, leaf FROM ledger_transaction"
    " ORDER BY position DESC LIMIT 1",
    "ledger_posting": "INSERT INTO ledger_posting SELECT id + 200, unit, source, source_version + 9000, source_balance,"
    " target, target_version + 9000, target_balance, amount FROM ledger_posting ORDER BY id DESC LIMIT 1",
    "ledger_tile": 'INSERT INTO ledger_tile SELECT id + 1, level, "index" + 1, hashes FROM ledger_tile',
    "ledger_checkpoint": "INSERT INTO ledger_checkpoint SELECT size - 1, root, note, signed_at FROM ledger_checkpoint",
    "ledger_audit": "INSERT INTO ledger_audit SELECT '2030' || substr(checked_at, 5), size, root, since, note"
    " FROM ledger_audit",
    "evidence_snapshot_text": "INSERT INTO evidence_snapshot_text SELECT snapshot || 'x', salt, text"
    " FROM evidence_snapshot_text LIMIT 1",
}


def said(statement: str) -> Spoil:
    """One statement of SQL."""
    return lambda file, _whole: file.execute(statement)


def swapped(file: sqlite3.Connection, _whole: Whole) -> None:
    """Two neighbours change places, texts and all."""
    for old, new in ((100, 9999), (101, 100), (9999, 101)):
        file.execute("UPDATE ledger_transaction SET position = ? WHERE position = ?", [new, old])


def cut(file: sqlite3.Connection, _whole: Whole) -> int:
    """The end is taken off, with everything that belongs to it."""
    (size,) = file.execute("SELECT max(position) - 3 FROM ledger_transaction").fetchone()
    file.execute("DELETE FROM ledger_transaction WHERE position > ?", [size])
    file.execute("DELETE FROM ledger_posting WHERE id >= ?", [(size + 1) * 256])
    file.execute("DELETE FROM ledger_account WHERE opened_at > ?", [size])
    return int(size)


def cut_and_unsigned(file: sqlite3.Connection, whole: Whole) -> None:
    """The end, and every signed head and record of it."""
    cut(file, whole)
    for table in ("ledger_cosignature", "ledger_checkpoint", "ledger_audit"):
        file.execute(f"DELETE FROM {table}")


def blob(file: sqlite3.Connection, _whole: Whole) -> None:
    """SQLite's incremental writing, which asks neither triggers nor checks."""
    with file.blobopen("ledger_transaction", "body", 100) as body:
        body[20] = body[20] ^ 1 if isinstance(body[20], int) else bytes([body[20][0] ^ 1])


def rewritten(file: sqlite3.Connection, _whole: Whole) -> None:
    """Our own code writes an entry and the tree anew; the signed heads stay."""
    (body,) = file.execute("SELECT body FROM ledger_transaction WHERE position = 100").fetchone()
    text = encoding.parse(body)
    text["request"] = encoding.digest("something else")
    body = encoding.canonical(text)
    values = [text["request"], body, encoding.leaf_hash(body)]
    file.execute("UPDATE ledger_transaction SET request = ?, body = ?, leaf = ? WHERE position = 100", values)
    leaves = [
        leaf for (leaf,) in file.execute("SELECT leaf FROM ledger_transaction ORDER BY position LIMIT 256")
    ]
    file.execute("UPDATE ledger_tile SET hashes = ? WHERE level = 0", [b"".join(leaves)])


def rewritten_with_the_key(file: sqlite3.Connection, whole: Whole) -> None:
    """The same by whoever holds the key: signed heads anew, records and cosignatures gone."""
    rewritten(file, whole)
    for table in ("ledger_cosignature", "ledger_audit"):
        file.execute(f"DELETE FROM {table}")
    for (size,) in file.execute("SELECT size FROM ledger_checkpoint").fetchall():
        edge = Frontier()
        for (leaf,) in file.execute("SELECT leaf FROM ledger_transaction ORDER BY position LIMIT ?", [size]):
            edge.append(leaf)
        note = signatures.sign(whole.key, Checkpoint(whole.key.name, size, edge.root))
        file.execute(
            "UPDATE ledger_checkpoint SET root = ?, note = ? WHERE size = ?", [edge.root, note, size]
        )


def schema_written(file: sqlite3.Connection, _whole: Whole) -> None:
    """writable_schema: a check that no longer checks."""
    file.execute("PRAGMA writable_schema = ON")
    file.execute(
        "UPDATE sqlite_master SET sql = replace(sql, 'CHECK (amount > 0 AND', 'CHECK (amount > -1 AND')"
    )
    file.execute("PRAGMA writable_schema = RESET")


def trigger_dropped(path: Path) -> None:
    """DROP TRIGGER, and it does not come back."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("DROP TRIGGER ledger_posting_no_update")
        file.commit()


def cells(whole: Whole) -> dict[str, Spoil]:
    """Every way, by its name."""
    found: dict[str, Spoil] = {}
    with contextlib.closing(sqlite3.connect(whole.book)) as file:
        for table in TABLES:
            for _, column, *_ in file.execute(f"PRAGMA table_info({table})").fetchall():
                found[f"{table}.{column}"] = flipped(table, column)
    for table, columns in OTHERS.items():
        found |= {f"{table}.{column}": flipped(table, column) for column in columns}
    found["ledger_cosignature.line"] = resigned
    found |= {DROPPED.format(table): dropped(table) for table in TABLES}
    found |= {LINES.format(table): said(statement) for table, statement in DOUBLED.items()}
    return found | {
        "换位置 · two entries swapped": swapped,
        "截尾 · the tail cut": cut,
        "截尾连同检查点 · the tail cut, signed heads too": cut_and_unsigned,
        "blobopen": blob,
        "用我们的代码重写 · rewritten with our code": rewritten,
        "同上，还有钥匙 · the same, with the key": rewritten_with_the_key,
        "writable_schema": schema_written,
        "DROP TRIGGER": lambda _file, _whole: None,
    }


async def try_cell(whole: Whole, name: str, spoil: Spoil) -> set[str]:
    """Spoil a copy in this way, and ask everybody."""
    with whole.copy() as path:
        with opened(path) as file:
            spoil(file, whole)
        if name == "DROP TRIGGER":
            trigger_dropped(path)
        return await whole.finders(path)


def line(name: str, finders: set[str]) -> str:
    """A line of the table."""
    marks = ("✓" if one in finders else "–" for one in (AUDIT, VERIFIER, WITNESS))
    return f"| {name} | {' | '.join(marks)} |"


async def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        town.copied(Path(folder))
        whole = Whole(Path(folder))
        await whole.prepare()
        for name, spoil in cells(whole).items():
            sys.stdout.write(line(name, await try_cell(whole, name, spoil)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
