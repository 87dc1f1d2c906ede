"""Change a book's file behind its back, as somebody with the file and no scruples would, and look who notices."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tortoise.exceptions import OperationalError

from ledger import audit, bundle, heads, signatures
from ledger.errors import LedgerError
from ledger.findings import Finding
from points.district import open_district
from points.evidence.checks import evidence_matches
from tests import town


@dataclass(frozen=True)
class Original:
    """A whole book with its signing key: 450 transactions, one full tile, one checkpoint at the end."""

    folder: Path

    @property
    def book(self) -> Path:
        """The book's file."""
        return self.folder / town.NAMES[0]

    @property
    def key(self) -> signatures.SigningKey:
        """The key that signs its heads."""
        return signatures.load(self.folder / town.NAMES[1])

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """A copy to spoil, gone afterwards."""
        path = self.folder / "spoilt.db"
        shutil.copy(self.book, path)
        try:
            yield path
        finally:
            for left in self.folder.glob("spoilt.db*"):
                left.unlink()

    async def findings(self, path: Path) -> tuple[Finding, ...]:
        """What the audit says of a book; that a damaged head keeps it from being opened at all is a finding too."""
        checks = [*audit.CHECKS, evidence_matches]
        try:
            async with open_district(f"sqlite://{path}") as book:
                vkey = str(self.key.verifier)
                return (await audit.run(book.reader, checks, guards=book.guards, vkey=vkey)).findings
        except OperationalError as error:
            if "column 'note'" not in str(error):
                raise
            return (Finding("checkpoints", None, "ledger_checkpoint", str(error)),)

    async def export_is_refused(self, path: Path, folder: Path) -> bool:
        """Whether an export of a book is not even written, or is found wrong by the verifier with our key."""
        vkey = str(self.key.verifier)
        async with open_district(f"sqlite://{path}") as book:
            try:
                head = await heads.checkpoint(book, self.key)
                await bundle.write(
                    book.reader, folder, checkpoint=head.note, vkey=vkey, progress=lambda _done, _all: None
                )
            except LedgerError:
                return True
        return verify(folder, vkey) == 1


def verify(folder: Path, vkey: str) -> int:
    """The offline verifier's exit status; the export is gone afterwards."""
    command = [sys.executable, "-I", "verify.py", ".", "--key", vkey]
    ended = subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode
    shutil.rmtree(folder)
    return ended


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A bare connection to which the triggers and checks are no obstacle; the triggers stand again afterwards."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        triggers = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("PRAGMA ignore_check_constraints = ON")
        for name, _sql in triggers:
            file.execute(f"DROP TRIGGER {name}")
        yield file
        for _name, sql in triggers:
            file.execute(sql)
        file.commit()


def flip(value: Any, chance: random.Random) -> Any:
    """The same value with one bit of it changed; a text may be none afterwards."""
    if value is None:
        return -1
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(20))
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def change(file: sqlite3.Connection, table: str, column: str, rowid: int, value: Any) -> None:
    """Write a value into one row; bytes go into a column of text as text, whatever they are."""
    kinds = {name: kind for _, name, kind, *_ in file.execute(f"PRAGMA table_info({table})")}
    as_text = isinstance(value, bytes) and kinds[column] != "BLOB"
    new = "CAST(? AS TEXT)" if as_text else "?"
    file.execute(f'UPDATE {table} SET "{column}" = {new} WHERE rowid = ?', [value, rowid])


def some_row(file: sqlite3.Connection, table: str, column: str, chance: random.Random) -> tuple[int, Any]:
    """The rowid of a row, and its value in a column, read as it stands."""
    rowids = [rowid for (rowid,) in file.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]
    rowid = chance.choice(rowids)
    (value,) = file.execute(f'SELECT "{column}" FROM {table} WHERE rowid = ?', [rowid]).fetchone()
    return rowid, value
