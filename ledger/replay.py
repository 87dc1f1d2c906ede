"""Replay: write entries into a book again from their texts alone, byte for byte, with accounts, postings and tiles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.decisions import Key, State
from ledger.encoding import read_moment
from ledger.errors import CopyDamaged, NotContinuous, RowConflict
from ledger.segments import Entry
from ledger.transactions import Account, Draft, Evidence, Line, Posting, Transaction

BATCH = 500
"""Entries written in one commit."""


async def replay(book: Book, entries: Iterator[Entry]) -> dict[str, int]:
    """Write the entries, which continue the book; the answer counts them by kind.

    Nothing is decided anew: what a text says happened. But each must be exactly its text, stand at the next position,
    and find every account with the versions and balances it continues from. Raises CopyDamaged or NotContinuous, and
    then the batch with the entry in question is not written.
    """
    kinds: dict[str, int] = {}
    while chunk := list(islice(entries, BATCH)):
        transactions = [read(entry) for entry in chunk]
        async with book.write():
            batch = book.engine.batch(book.chart)
            batch.state = state = await batch.load([_asked(transaction) for transaction in transactions])
            for transaction in transactions:
                _check(state, transaction)
                state.apply(transaction)
            try:
                await batch.write(transactions, [])
            except RowConflict as conflict:
                raise _broken(transactions[0], str(conflict)) from conflict
        for transaction in transactions:
            kinds[transaction.kind] = kinds.get(transaction.kind, 0) + 1
    return kinds


def read(entry: Entry) -> Transaction:
    """The transaction a text tells of. Writing it again must give the same bytes, else CopyDamaged."""
    try:
        text = encoding.parse(entry.body)
        transaction = Transaction(**_parts(text), body=entry.body, leaf=entry.leaf)
        same = _encoded(transaction) == entry.body and encoding.leaf_hash(entry.body) == entry.leaf
    except (ValueError, KeyError, TypeError, AttributeError):
        same = False
    if not same or transaction.position != entry.position:
        raise CopyDamaged(file=f"第 {entry.position} 笔", problem="正文不是账本的写法")
    return transaction


def _parts(text: dict[str, Any]) -> dict[str, Any]:
    """A text's contents as a transaction names them."""
    return {
        "position": text["position"],
        "reference": text["reference"],
        "request": text["request"],
        "kind": text["kind"],
        "evidence": Evidence(**text["evidence"]),
        "effective_on": date.fromisoformat(text["effective_on"]),
        "recorded_at": read_moment(text["recorded_at"]),
        "reverses": text.get("reverses"),
        "opened": tuple(Account(a["address"], a["unit"], a.get("floor")) for a in text["accounts"]),
        "chart": text["chart"],
        "lines": tuple(Line(**line) for line in text["postings"]),
    }


def _encoded(transaction: Transaction) -> bytes:
    names = (
        "position",
        "reference",
        "request",
        "kind",
        "evidence",
        "effective_on",
        "recorded_at",
        "reverses",
    )
    said = {name: getattr(transaction, name) for name in (*names, "opened", "chart", "lines")}
    return encoding.encode(**said)


def _asked(transaction: Transaction) -> Draft:
    """The draft whose loading loads what this transaction touches."""
    postings = tuple(Posting(line.source, line.target, line.amount, line.unit) for line in transaction.lines)
    return Draft(
        transaction.reference,
        transaction.kind,
        transaction.evidence,
        transaction.effective_on,
        transaction.request,
        postings,
    )


def _check(state: State, transaction: Transaction) -> None:
    """The next position, a reference not yet used, accounts opened once, and each side continued where it stands."""
    if transaction.position != state.position + 1:
        raise _broken(transaction, f"账本写到第 {state.position} 笔")
    if transaction.reference in state.references:
        raise _broken(transaction, f"{transaction.reference} 已经在账本里")
    for account in transaction.opened:
        if (account.address, account.unit) in state.accounts:
            raise _broken(transaction, f"{account.address} 已经开过户")
    stands = {(account.address, account.unit): (0, 0) for account in transaction.opened}
    for line in transaction.lines:
        out, into = (line.source, line.unit), (line.target, line.unit)
        _continue(state, transaction, stands, out, (line.source_version, line.source_balance, -line.amount))
        _continue(state, transaction, stands, into, (line.target_version, line.target_balance, line.amount))


def _continue(
    state: State,
    transaction: Transaction,
    stands: dict[Key, tuple[int, int]],
    key: Key,
    after: tuple[int, int, int],
) -> None:
    """One side of a line: the version and balance `after` it, and what moved, must follow from those before."""
    version, balance, moved = after
    if key not in stands:
        if key not in state.accounts:
            raise _broken(transaction, f"{key[0]} 没有开过户")
        stands[key] = (state.accounts[key].version, state.accounts[key].balance)
    if (version, balance) != (stands[key][0] + 1, stands[key][1] + moved):
        raise _broken(transaction, f"{key[0]} 的版本或余额接不上")
    stands[key] = (version, balance)


def _broken(transaction: Transaction, problem: str) -> NotContinuous:
    return NotContinuous(place=f"第 {transaction.position} 笔", problem=problem)
