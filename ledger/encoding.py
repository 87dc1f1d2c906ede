"""The canonical text of a transaction: what is stored, shown, hashed and signed for."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import orjson

from ledger import digests
from ledger.transactions import Account, Evidence, Line

VERSION = 1
_hash = digests.BOOK.new


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces, of strings, safe integers, lists and string-keyed objects only.

    On that subset it equals `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)` and, with
    keys of the Basic Multilingual Plane, RFC 8785. Floats, nulls and booleans must not be handed in.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def parse(text: bytes) -> Any:
    """Read a canonical text back."""
    return orjson.loads(text)


def digest(text: bytes | str) -> str:
    """A named digest by the book's hash: `sha256:` and 64 hex digits."""
    data = text.encode() if isinstance(text, str) else text
    return digests.BOOK.named(data)


def digest_of(value: Any) -> str:
    """The named digest of a value's canonical text; a draft's `request` is made with it."""
    return digest(canonical(value))


def leaf_hash(body: bytes) -> bytes:
    """RFC 6962 §2.1: the book's hash of 0x00 ‖ body."""
    return _hash(b"\x00" + body).digest()


def is_nfc(text: str) -> bool:
    """Texts are stored in NFC, so that one word has one digest."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


@lru_cache(maxsize=64)
def moment(at: datetime) -> str:
    """An instant as `2026-11-21T10:12:03.000417Z`: UTC, always six decimals, so that it sorts as text.

    The drafts of one batch share theirs, so it is written once for them.
    """
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "Z"


def read_moment(text: str) -> datetime:
    """The instant that `moment` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def encode(
    *,
    position: int,
    reference: str,
    request: str,
    kind: str,
    evidence: Evidence,
    effective_on: date,
    recorded_at: datetime,
    reverses: int | None,
    opened: tuple[Account, ...],
    chart: str,
    lines: tuple[Line, ...],
) -> bytes:
    """Write the text of one transaction, format version 1. Nothing is null: what is absent has no key.

        {"accounts":[{"address":"fund/440310001002/2018-07","floor":0,"unit":"points"}],
         "chart":"sha256:…","effective_on":"2018-07-04",
         "evidence":{"digest":"sha256:…","id":"0190…","kind":"contribution"},
         "kind":"award","position":12,
         "postings":[{"amount":2,"source":"fund/…","source_balance":1998,"source_version":2,
                      "target":"member/…","target_balance":2,"target_version":1,"unit":"points"}],
         "recorded_at":"2026-11-21T10:12:03.000417Z","reference":"award/…","request":"sha256:…","v":1}

    (on one line, keys sorted). `accounts` are those this transaction opens, in the order of first use; one that may go
    below zero has no `floor`. A correction has `reverses`: the position of the original.
    """
    text: dict[str, Any] = {
        "accounts": [_account(account) for account in opened],
        "chart": chart,
        "effective_on": effective_on.isoformat(),
        "evidence": {"digest": evidence.digest, "id": evidence.id, "kind": evidence.kind},
        "kind": kind,
        "position": position,
        "postings": [_line(line) for line in lines],
        "recorded_at": moment(recorded_at),
        "reference": reference,
        "request": request,
    }
    if reverses is not None:
        text["reverses"] = reverses
    text["v"] = VERSION
    return orjson.dumps(
        text
    )  # the keys stand here as `canonical` would sort them, which takes as long as all the rest


def _account(account: Account) -> dict[str, Any]:
    if account.floor is None:
        return {"address": account.address, "unit": account.unit}
    return {"address": account.address, "floor": account.floor, "unit": account.unit}


def _line(line: Line) -> dict[str, Any]:
    return {
        "amount": line.amount,
        "source": line.source,
        "source_balance": line.source_balance,
        "source_version": line.source_version,
        "target": line.target,
        "target_balance": line.target_balance,
        "target_version": line.target_version,
        "unit": line.unit,
    }
