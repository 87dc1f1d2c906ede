"""The ledger's law, in one place: what may be written after what is already there.

`decide` is pure: no I/O, no clock, no random number. It is told the state, the draft and the time, and answers with the
transaction as it will be stored, or with the refusal. Only `State.apply` moves the state on.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from ledger import encoding, forms
from ledger.accounts import Chart
from ledger.errors import (
    AlreadyReversed,
    BadDraft,
    BelowFloor,
    Moved,
    NothingToReverse,
    NotItsReversal,
    ReferenceConflict,
    Refusal,
)
from ledger.transactions import (
    GREATEST,
    Account,
    Draft,
    Line,
    Posting,
    Receipt,
    Transaction,
)

Key = tuple[str, str]
"""An account's address and unit."""


@dataclass(slots=True)
class Standing:
    """An account as it stands: how many postings touched it, its balance, and the floor it was opened with."""

    version: int
    balance: int
    floor: int | None


class Known(NamedTuple):
    """A reference that was written before."""

    receipt: Receipt
    request: str


@dataclass(frozen=True, slots=True)
class Original:
    """A transaction that a draft wants to reverse: what it took from each source, and whether that was done already."""

    position: int
    gave: dict[Key, int]
    reversed: bool


@dataclass(slots=True)
class State:
    """What one batch needs to know of the book. Loaded in a constant number of statements, moved on by `apply`."""

    chart: Chart
    position: int
    recorded_at: datetime | None
    accounts: MutableMapping[Key, Standing] = field(default_factory=dict)
    references: dict[str, Known] = field(default_factory=dict)
    originals: dict[str, Original] = field(default_factory=dict)
    to_reverse: frozenset[str] = frozenset()
    """The references that drafts of this batch want to reverse."""

    def copy(self) -> State:
        """The same state, to try a group of drafts on that must stand or fall together."""
        return replace(
            self,
            accounts=ChainMap({}, self.accounts),  # there may be many, of which a group touches a few
            references=dict(self.references),
            originals=dict(self.originals),
        )

    def become(self, tried: State) -> None:
        """Stand where a copy stands after what was tried on it."""
        assert isinstance(tried.accounts, ChainMap)
        self.accounts.update(tried.accounts.maps[0])
        self.position, self.recorded_at = tried.position, tried.recorded_at
        self.references, self.originals = tried.references, tried.originals

    def apply(self, transaction: Transaction) -> Receipt:
        """Move on to after this transaction; the answer is its receipt."""
        self.position = transaction.position
        self.recorded_at = transaction.recorded_at
        accounts = self.accounts
        for account in transaction.opened:
            accounts[account.address, account.unit] = Standing(0, 0, account.floor)
        for line in transaction.lines:
            source, target = (line.source, line.unit), (line.target, line.unit)
            accounts[source] = Standing(line.source_version, line.source_balance, accounts[source].floor)
            accounts[target] = Standing(line.target_version, line.target_balance, accounts[target].floor)
        receipt = Receipt(
            transaction.position, transaction.reference, transaction.recorded_at, transaction.leaf
        )
        self.references[transaction.reference] = Known(receipt, transaction.request)
        if self.to_reverse:
            self._remember_reversal(transaction)
        return receipt

    def _remember_reversal(self, transaction: Transaction) -> None:
        if transaction.reference in self.to_reverse and transaction.lines:
            self.originals[transaction.reference] = Original(
                transaction.position, given(transaction.lines), False
            )
        if transaction.reverses is not None:
            for reference, original in self.originals.items():
                if original.position == transaction.reverses:
                    self.originals[reference] = replace(original, reversed=True)


def given(lines: tuple[Line, ...]) -> dict[Key, int]:
    """How much each source gave, by account."""
    totals: dict[Key, int] = {}
    for line in lines:
        totals[line.source, line.unit] = totals.get((line.source, line.unit), 0) + line.amount
    return totals


def decide(state: State, draft: Draft, now: datetime) -> Transaction | Receipt | Refusal:
    """What becomes of a draft: the transaction to write, the first receipt of a known reference, or why not.

    A transaction is recorded at `now`, or at the moment of the one before it if the clock went back a little.
    """
    known = state.references.get(draft.reference)
    if known is not None:
        return again(known, draft)
    try:
        forms.check(draft)
        if draft.seen:
            _check_seen(state, draft)
        reverses = _reversed_position(state, draft)
        opened, lines = _post(state, draft.postings)
    except Refusal as refusal:
        return refusal
    return _written(state, draft, now, reverses, opened, lines)


def again(known: Known, draft: Draft) -> Receipt | ReferenceConflict:
    """The answer to a reference that was written before: the first receipt, if the same was asked."""
    if known.request != draft.request:
        return ReferenceConflict(reference=draft.reference, position=known.receipt.position)
    first = known.receipt
    return Receipt(first.position, first.reference, first.recorded_at, first.leaf, repeated=True)


def _check_seen(state: State, draft: Draft) -> None:
    """What the plan was made from stands as it was seen. Only what postings name was loaded."""
    named = {(address, each.unit) for each in draft.postings for address in (each.source, each.target)}
    for address, unit, version in draft.seen:
        if (address, unit) not in named:
            raise BadDraft(problem=f"{address} 不在分录里")
        standing = state.accounts.get((address, unit))
        if (standing.version if standing else 0) != version:
            raise Moved(address=address, unit=unit)


def _reversed_position(state: State, draft: Draft) -> int | None:
    if draft.reverses is None:
        return None
    original = state.originals.get(draft.reverses)
    if original is None:
        raise NothingToReverse(reference=draft.reverses)
    if original.reversed:
        raise AlreadyReversed(position=original.position)
    returned: dict[Key, int] = {}
    for posting in draft.postings:
        key = (posting.target, posting.unit)
        returned[key] = returned.get(key, 0) + posting.amount
    for (address, unit), gave in original.gave.items():
        if returned.get((address, unit), 0) != gave:
            raise NotItsReversal(
                address=address, unit=unit, given=gave, returned=returned.get((address, unit), 0)
            )
    if returned.keys() != original.gave.keys():
        address, unit = next(iter(returned.keys() - original.gave.keys()))
        raise NotItsReversal(address=address, unit=unit, given=0, returned=returned[address, unit])
    return original.position


def _post(state: State, postings: tuple[Posting, ...]) -> tuple[tuple[Account, ...], tuple[Line, ...]]:
    """The lines in order, each with versions and balances after it; the source's floor is checked after each."""
    standings: dict[Key, Standing] = {}
    opened: list[Account] = []
    lines = []
    for posting in postings:
        _check_amount(posting)
        source = _standing(state, standings, opened, posting.source, posting.unit)
        target = _standing(state, standings, opened, posting.target, posting.unit)
        _check_floor(source, posting)
        source.version, source.balance = source.version + 1, source.balance - posting.amount
        target.version, target.balance = target.version + 1, target.balance + posting.amount
        if source.balance < -GREATEST or target.balance > GREATEST:
            raise BadDraft(problem=f"{posting.target} 的数太大")
        lines.append(
            Line(
                posting.unit,
                posting.source,
                source.version,
                source.balance,
                posting.target,
                target.version,
                target.balance,
                posting.amount,
            )
        )
    return tuple(opened), tuple(lines)


def _check_amount(posting: Posting) -> None:
    if type(posting.amount) is not int or not 0 < posting.amount <= GREATEST:
        raise BadDraft(problem=f"数量须为正整数，不是 {posting.amount!r}")
    if posting.source == posting.target:
        raise BadDraft(problem=f"{posting.source} 不能转给自己")


def _standing(
    state: State, standings: dict[Key, Standing], opened: list[Account], address: str, unit: str
) -> Standing:
    key = (address, unit)
    mine = standings.get(key)
    if mine is None:
        before = state.accounts.get(key)
        account = state.chart.account(address, unit)
        if before is None:
            opened.append(account)
        version, balance, floor = (
            (before.version, before.balance, before.floor) if before else (0, 0, account.floor)
        )
        mine = standings[key] = Standing(version, balance, floor)
    return mine


def _check_floor(source: Standing, posting: Posting) -> None:
    """The floor is the one the account was opened with, whatever the chart says today: auditors replay the texts."""
    if source.floor is not None and source.balance - posting.amount < source.floor:
        raise BelowFloor(
            address=posting.source,
            unit=posting.unit,
            available=source.balance - source.floor,
            amount=posting.amount,
        )


def _written(
    state: State,
    draft: Draft,
    now: datetime,
    reverses: int | None,
    opened: tuple[Account, ...],
    lines: tuple[Line, ...],
) -> Transaction:
    position = state.position + 1
    recorded_at = max(now, state.recorded_at) if state.recorded_at else now
    body = encoding.encode(
        position=position,
        reference=draft.reference,
        request=draft.request,
        kind=draft.kind,
        evidence=draft.evidence,
        effective_on=draft.effective_on,
        recorded_at=recorded_at,
        reverses=reverses,
        opened=opened,
        chart=state.chart.digest,
        lines=lines,
    )
    return Transaction(
        position, draft.reference, draft.request, draft.kind, draft.evidence, draft.effective_on, recorded_at,
        reverses, opened, state.chart.digest, lines, body, encoding.leaf_hash(body),
    )  # fmt: skip
