"""What is asked of the ledger (a Draft) and what it wrote (a Transaction).

What is made for every entry that is written is a named tuple: as frozen as the other values, and made twice as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

LINES_AT_MOST = 256
"""A posting's id is position × 256 + line, so a transaction holds at most this many."""

GREATEST = 2**53 - 1
"""Amounts and balances stay inside the integers every JSON reader keeps exactly (RFC 8785)."""


@dataclass(frozen=True, slots=True)
class Account:
    """An address in one unit with the balance it may not fall below; floor None means it may go below zero."""

    address: str
    unit: str
    floor: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a transaction is for: a kind, an id, and the salted digest (`sha256:<hex>`) of a snapshot kept elsewhere."""

    kind: str
    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A positive whole amount of one unit, from a source account to a target account."""

    source: str
    target: str
    amount: int
    unit: str


class Bulk(NamedTuple):
    """Many new rows of one table without an object for each: a value of each of these fields in every row.

    Fields of `model` that are left out have their default in every row.
    """

    model: type[Any]
    fields: tuple[str, ...]
    values: Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing asked of the ledger: all of it happens, or none of it.

    reference   says what it is for; one reference has one effect, for ever
    request     digest (`sha256:<hex>`) of what was asked, computed from nothing that can change
    reverses    the reference of the transaction this one corrects
    rows        unsaved Tortoise objects, and Bulks, inserted in the same commit
    seen        (address, unit, version) of accounts named in postings, as they stood when this was planned; where a
                floor cannot say that a plan is out of date, this does: it is refused when one of them has moved
    """

    reference: str
    kind: str
    evidence: Evidence
    effective_on: date
    request: str
    postings: tuple[Posting, ...] = ()
    reverses: str | None = None
    rows: tuple[Any, ...] = ()
    seen: tuple[tuple[str, str, int], ...] = ()


class Line(NamedTuple):
    """A posting as written: with the version and the balance of both accounts after it."""

    unit: str
    source: str
    source_version: int
    source_balance: int
    target: str
    target_version: int
    target_balance: int
    amount: int


class Transaction(NamedTuple):
    """What was written at one position; `body` is the canonical text, `leaf` = SHA-256(0x00 ‖ body)."""

    position: int
    reference: str
    request: str
    kind: str
    evidence: Evidence
    effective_on: date
    recorded_at: datetime
    reverses: int | None
    opened: tuple[Account, ...]
    chart: str
    lines: tuple[Line, ...]
    body: bytes
    leaf: bytes


class Receipt(NamedTuple):
    """The answer to a draft: where it stands. `repeated` is true when the reference had been written before."""

    position: int
    reference: str
    recorded_at: datetime
    leaf: bytes
    repeated: bool = False
