"""Take a snapshot: freeze what is known as canonical text under a salted digest that a transaction can cite."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from ledger import encoding
from ledger.transactions import Bulk, Evidence
from points.evidence.models import Snapshot, SnapshotText


def take(kind: str, subject: str, value: dict[str, Any], *, at: datetime) -> tuple[Evidence, tuple[Any, ...]]:
    """The evidence to cite, and the two rows to insert in the same commit.

    `value` holds strings, whole numbers, lists and objects only. The salt is 128 random bits; the digest is
    SHA-256(salt ‖ text), so that an erased text cannot be guessed back.
    """
    text = encoding.canonical(value).decode()
    salt = secrets.token_hex(16)
    key = f"{kind}/{subject}"
    digest = encoding.digest(salt + text)
    rows = (
        Bulk(Snapshot, ("id", "digest", "taken_at"), ((key, digest, at),)),
        Bulk(SnapshotText, ("snapshot", "salt", "text"), ((key, salt, text),)),
    )
    return Evidence(kind=kind, id=subject, digest=digest), rows


def matches(digest: str, salt: str, text: str) -> bool:
    """Whether a stored text is the one that was cited."""
    return encoding.digest(salt + text) == digest
