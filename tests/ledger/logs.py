"""Books that grow, are rolled back and are rewritten, for the tests of everybody who watches them."""

from __future__ import annotations

import shutil
from pathlib import Path

from ledger import heads, signatures
from ledger.signatures import SigningKey
from tests.ledger.drafts import draft, move, opened

KEY = signatures.generate("jishan.example/440310001002")
VKEY = str(KEY.verifier)
WITNESS = signatures.generate("witness.example/audit")


async def grow(path: Path, name: str, count: int, *, key: SigningKey = KEY) -> str:
    """Post so many entries into the book at `path`; the answer is the signed note of its head."""
    async with opened(path) as book:
        await book.journal.post_all([draft(f"{name}/{n}", move("bank", "a", 1)) for n in range(count)])
        return (await heads.checkpoint(book, key)).note


def copy(source: Path, target: Path) -> Path:
    """A book as it stands now, under another name: a backup, or a fork. It must be closed."""
    shutil.copy(source, target)
    return target


def put_back(backup: Path, path: Path) -> None:
    """Restore an old backup in the place of a book."""
    for name in (path.name + "-wal", path.name + "-shm"):
        path.with_name(name).unlink(missing_ok=True)
    shutil.copy(backup, path)
