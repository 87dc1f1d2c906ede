"""A book read once, in stretches: transactions with their postings, and the accounts these name, as they stood before.

Accounts are remembered up to a number, so that memory does not grow with the book. One that was forgotten, or is older
than where the reading began, is looked up again: by the version that its next posting continues.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

from ledger import encoding
from ledger.findings import PAGE, Audit, Values

REMEMBERED = 150_000
"""Accounts that are remembered at once, at most (some 60 MB)."""

COLUMNS = (
    "position", "reference", "request", "kind", "evidence_kind", "evidence_id", "reverses", "effective_on",
    "recorded_at", "body", "leaf",
)  # fmt: skip
_TRANSACTIONS = f"""
SELECT {", ".join(COLUMNS)} FROM ledger_transaction
WHERE position > ? AND position <= ? ORDER BY position LIMIT ?"""  # noqa: S608 - our own columns
_POSTINGS = """
SELECT id, unit, source, source_version, source_balance, target, target_version, target_balance, amount
FROM ledger_posting WHERE id >= ? AND id < ? ORDER BY id"""
_ACCOUNTS = """
SELECT id, address, unit, floor, opened_at FROM ledger_account WHERE id >= ? AND id < ? ORDER BY id"""
_OLDER = """
SELECT a.id, a.address, a.unit, a.floor FROM json_each(?) AS wanted
JOIN ledger_account AS a ON a.id = CAST(wanted.value AS BIGINT)"""
_SIDE = """
SELECT CAST(wanted.value ->> 0 AS BIGINT), p.id, p.{side}_version, p.{side}_balance FROM json_each(?) AS wanted
JOIN ledger_posting AS p ON p.{side} = CAST(wanted.value ->> 0 AS BIGINT)
    AND p.{side}_version = CAST(wanted.value ->> 1 AS BIGINT)"""
_LAST = """
SELECT id, {side}_version, {side}_balance FROM ledger_posting
WHERE {side} = ? AND id < ? ORDER BY {side}_version DESC LIMIT 1"""
_LATEST = "SELECT recorded_at FROM ledger_transaction WHERE position = ?"


@dataclass(slots=True)
class Known:
    """An account with its version and balance after the postings that were looked at. `address` None: there is none."""

    address: str | None
    unit: str
    floor: int | None
    version: int = 0
    balance: int = 0


@dataclass(slots=True)
class Stretch:
    """Some transactions in the order of their positions, with every posting and account of that stretch.

    after    the position before the first, and `latest` when that was recorded
    known    every account that the postings name; the check of balances moves them on
    """

    after: int
    latest: str
    transactions: Sequence[Values]
    postings: Sequence[Values]
    accounts: Sequence[Values]
    known: dict[int, Known]


async def read(audit: Audit) -> AsyncIterator[Stretch]:
    """The stretches of a book from where the audit begins."""
    known: dict[int, Known] = {}
    after, latest = audit.since, await _latest(audit)
    while transactions := await audit.values(_TRANSACTIONS, after, audit.size, PAGE):
        first, end = transactions[0][0], transactions[-1][0] + 1
        postings = await audit.values(_POSTINGS, first * 256, end * 256)
        accounts = await audit.values(_ACCOUNTS, first * 512, end * 512)
        if len(known) > REMEMBERED:
            known.clear()
        for number, address, unit, floor, _opened_at in accounts:
            known.setdefault(number, Known(address, unit, floor))
        await _look_up(audit, known, postings)
        yield Stretch(after, latest, transactions, postings, accounts, known)
        after, latest = transactions[-1][0], transactions[-1][8]
        audit.step(len(transactions))


async def _latest(audit: Audit) -> str:
    rows = await audit.values(_LATEST, audit.since) if audit.since else ()
    return str(rows[0][0]) if rows else ""


async def _look_up(audit: Audit, known: dict[int, Known], postings: Sequence[Values]) -> None:
    """The accounts that are named here, were not opened here, and are not remembered."""
    met = {number for row in postings for number in (row[2], row[5])}.difference(known)
    if not met:
        return
    for number, address, unit, floor in await audit.values(_OLDER, _json(sorted(met))):
        known[number] = Known(address, unit, floor)
    firsts: dict[int, tuple[int, int]] = {}
    for row in postings:
        for number, version in ((row[2], row[3]), (row[5], row[6])):
            if number in met:
                firsts.setdefault(number, (row[0], version))
    before = await _before(audit, firsts)
    for number in met:
        account = known.setdefault(number, Known(None, "", None))
        account.version, account.balance = before.get(number) or await _last(audit, number, firsts[number][0])


async def _before(audit: Audit, firsts: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """How accounts stood before a posting, from the one posting that has the version before; or, if there is one
    already that has the same version, from that: so that no two continue the same one unnoticed."""
    wanted = _json([[n, v] for n, (_, version) in firsts.items() for v in (version - 1, version)])
    found: dict[int, tuple[int, int]] = {}
    for side in ("source", "target"):
        for number, at, version, balance in await audit.values(_SIDE.format(side=side), wanted):
            if at < firsts[number][0] and version >= found.get(number, (0, 0))[0]:
                found[number] = version, balance
    return found


async def _last(audit: Audit, number: int, before: int) -> tuple[int, int]:
    """How an account stood whose versions do not follow each other; nothing came before an account's first posting."""
    latest = (0, 0, 0)
    for side in ("source", "target"):
        for row in await audit.values(_LAST.format(side=side), number, before):
            latest = max(latest, tuple(row))
    return latest[1], latest[2]


def _json(values: Iterable[object]) -> str:
    return encoding.canonical(values).decode()
