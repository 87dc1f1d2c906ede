"""What a transaction is in the tables of the ledger, on every database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from ledger import entry_rows
from ledger.transactions import LINES_AT_MOST, Account, Line, Transaction


def test_the_ids_of_lines_and_accounts_never_meet() -> None:
    """A position has room for the ids of all its lines, and of two accounts for each line."""
    assert entry_rows.POSITION_STEP == LINES_AT_MOST
    assert entry_rows.OPENED_STEP == 2 * LINES_AT_MOST


def test_a_posting_names_accounts_by_the_ids_they_have() -> None:
    """One was known from before, one is opened with it, and its id says where."""
    line = Line("points", "bank", 7, -3, "box/a", 1, 3, 3)
    opened = (Account("box/a", "points", 0),)
    transaction = cast("Transaction", SimpleNamespace(position=2, opened=opened, lines=(line,)))
    (account,) = entry_rows.account_rows([transaction])
    assert account == (1024, "box/a", "points", 0, 2)
    fresh = entry_rows.opened_by([account])
    assert fresh == {("box/a", "points"): (1024, 0)}
    (row,) = entry_rows.posting_rows([transaction], {("bank", "points"): (512, None)}, fresh)
    assert row == (512, "points", 512, 7, -3, 1024, 1, 3, 3)
