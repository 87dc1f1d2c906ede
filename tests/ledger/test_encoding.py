"""The canonical text is plain JSON in one form, and the form does not change."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import encoding
from ledger.transactions import GREATEST, Account, Evidence, Line

VECTORS = json.loads((Path(__file__).parent.parent / "vectors/ledger/texts.json").read_text(encoding="utf-8"))

FIRST = datetime(1000, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    TEXT | st.integers(-GREATEST, GREATEST),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
)


@given(VALUES)
def test_canonical_is_what_the_standard_library_writes(value: Any) -> None:
    """An auditor with Python alone writes the same bytes, and reads them back."""
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert encoding.canonical(value) == plain
    assert encoding.parse(plain) == value


def built(parts: dict[str, Any]) -> bytes:
    """The text that `encode` writes of a vector's parts."""
    return encoding.encode(
        position=parts["position"],
        reference=parts["reference"],
        request=parts["request"],
        kind=parts["kind"],
        evidence=Evidence(**parts["evidence"]),
        effective_on=date.fromisoformat(parts["effective_on"]),
        recorded_at=datetime.fromisoformat(parts["recorded_at"]),
        reverses=parts["reverses"],
        opened=tuple(Account(*one) for one in parts["opened"]),
        chart=parts["chart"],
        lines=tuple(Line(**one) for one in parts["lines"]),
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_form_of_a_text_never_changes(vector: dict[str, Any]) -> None:
    """The golden texts and leaves are written again, byte for byte, by format version 1."""
    text = built(vector["parts"])
    assert text.decode() == vector["text"]
    assert encoding.leaf_hash(text).hex() == vector["leaf"]
    assert hashlib.sha256(b"\x00" + vector["text"].encode()).hexdigest() == vector["leaf"]


def test_a_text_has_no_nulls_floats_or_names_it_lacks() -> None:
    """What is absent has no key: no floor, nothing reversed."""
    plain, full = (json.loads(vector["text"]) for vector in VECTORS[:2])
    assert "reverses" not in plain
    assert full["reverses"] == 12
    floors = [account.get("floor", "none") for account in plain["accounts"]]
    assert floors == [0, "none", -10]


@given(st.datetimes(min_value=FIRST, timezones=st.just(UTC)))
def test_moments_sort_as_text_and_come_back(at: datetime) -> None:
    """An instant is written in UTC with six decimals, so that text order is time order."""
    text = encoding.moment(at)
    assert len(text) == 27
    assert encoding.read_moment(text) == at


def test_a_moment_of_another_zone_is_the_same_instant() -> None:
    """Shanghai's noon is four o'clock UTC."""
    noon = datetime(2018, 7, 4, 12, tzinfo=timezone(timedelta(hours=8)))
    assert encoding.moment(noon) == "2018-07-04T04:00:00.000000Z"


def test_digests_name_their_algorithm() -> None:
    """SHA-256 of a text, or of a value's canonical text whatever the order of its keys."""
    assert encoding.digest("abc").endswith(hashlib.sha256(b"abc").hexdigest())
    assert encoding.digest_of({"b": 1, "a": "善"}) == encoding.digest('{"a":"善","b":1}')


def test_one_word_has_one_form() -> None:
    """é as one character is stored, e with a combining accent is not."""
    assert encoding.is_nfc("\u00e9")
    assert not encoding.is_nfc("e\u0301")
