"""What tests of the commands of stock read of a book."""

from __future__ import annotations

from pathlib import Path

from tests.typed import asked
from tests.web.commands.test_awards import one

WU, ADMIN = "S-0007", "S-0001"
COME = ("stock", "receive", "--shop", "1", "--supplier", "坪山超市", "--by", WU)


def left(book: Path, item: int) -> int:
    """How many stand on the shelf of shop 1."""
    rows = asked("stock", "show", "--shop", "1", book=book)["items"]
    return next((int(row["left"]) for row in rows if row["item"] == item), 0)


def today(book: Path) -> str:
    """The day of the book's last entry, which is today."""
    (day,) = one(book, "SELECT max(effective_on) FROM ledger_transaction")
    return str(day)
