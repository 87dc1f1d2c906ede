"""What a transaction is in the tables of the ledger, on every database: rows of plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger.decisions import Key
from ledger.encoding import moment
from ledger.remembered import Account
from ledger.transactions import Transaction

POSITION_STEP = 256
"""A posting's id is position × 256 + line."""
OPENED_STEP = 512
"""An account's id is position × 512 + how many the same transaction opened before it."""

Row = tuple[Any, ...]


def transaction_row(transaction: Transaction) -> Row:
    """Its row of `ledger_transaction`."""
    return (
        transaction.position,
        transaction.reference,
        transaction.request,
        transaction.kind,
        transaction.evidence.kind,
        transaction.evidence.id,
        transaction.reverses,
        transaction.effective_on.isoformat(),
        moment(transaction.recorded_at),
        transaction.body,
        transaction.leaf,
    )


def account_rows(transactions: Sequence[Transaction]) -> list[Row]:
    """The rows of `ledger_account` of what they open."""
    return [
        (
            transaction.position * OPENED_STEP + order,
            account.address,
            account.unit,
            account.floor,
            transaction.position,
        )
        for transaction in transactions
        for order, account in enumerate(transaction.opened)
    ]


def opened_by(rows: Sequence[Row]) -> dict[Key, Account]:
    """The id and the floor of each of these accounts."""
    return {(address, unit): (number, floor) for number, address, unit, floor, _ in rows}


def posting_rows(
    transactions: Sequence[Transaction], known: Mapping[Key, Account], opened: Mapping[Key, Account]
) -> list[Row]:
    """The rows of `ledger_posting`. Every account they name is known from before, or opened with them."""

    def number(address: str, unit: str) -> int:
        key = address, unit
        return (known.get(key) or opened[key])[0]

    return [
        (
            transaction.position * POSITION_STEP + order,
            line.unit,
            number(line.source, line.unit),
            line.source_version,
            line.source_balance,
            number(line.target, line.unit),
            line.target_version,
            line.target_balance,
            line.amount,
        )
        for transaction in transactions
        for order, line in enumerate(transaction.lines)
    ]
