"""A snapshot freezes what was known under a digest that tells nothing without its salt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import encoding
from points.evidence import snapshots
from points.evidence.models import Snapshot, SnapshotText

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
VALUES = st.recursive(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20)
    | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=3),
    max_leaves=8,
)


def taken(value: dict[str, Any]) -> tuple[Any, Snapshot, SnapshotText]:
    """The evidence and its two rows."""
    evidence, rows = snapshots.take("note", "1", value, at=AT)
    kept, text = (dict(zip(row.fields, row.values[0], strict=True)) for row in rows)
    return evidence, Snapshot(**kept), SnapshotText(**text)


@given(st.dictionaries(st.sampled_from("xyz"), VALUES, max_size=3))
def test_what_is_taken_matches_what_is_cited(value: dict[str, Any]) -> None:
    """The row's digest is the evidence's, of the salt and the canonical text; another text or salt is not it."""
    evidence, kept, text = taken(value)
    assert (evidence.kind, evidence.id, evidence.digest) == ("note", "1", kept.digest)
    assert (kept.id, text.snapshot, kept.taken_at) == ("note/1", "note/1", AT)
    assert text.text.encode() == encoding.canonical(value)
    assert snapshots.matches(kept.digest, text.salt, text.text)
    assert not snapshots.matches(kept.digest, text.salt, text.text + " ")
    assert not snapshots.matches(kept.digest, "0" * 32, text.text)


def test_the_same_value_twice_has_two_digests() -> None:
    """128 bits of salt each, so that nobody learns a value by hashing guesses."""
    first, second = taken({"said": "是"}), taken({"said": "是"})
    assert first[1].digest != second[1].digest
    assert len(bytes.fromhex(first[2].salt)) == 16
    assert first[2].salt != second[2].salt


def test_what_has_no_text_is_refused() -> None:
    """Bytes are no part of a canonical text."""
    with pytest.raises(TypeError):
        snapshots.take("note", "1", {"a": b"x"}, at=AT)
