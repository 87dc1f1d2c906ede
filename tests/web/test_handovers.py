"""The proof that a code was given: sealed, of one secret, and good for ten minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from web import handovers
from web.handovers import Given

SECRET = b"only for tests"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GIVEN = Given(1, "S-0004", "a" * 32, "k", int(NOW.timestamp()))


def test_what_was_sealed_is_read_again_and_nothing_else() -> None:
    """Not under another secret, not with a letter changed, not a word."""
    sealed = handovers.seal(GIVEN, SECRET)
    assert handovers.unseal(sealed, SECRET) == GIVEN
    assert handovers.unseal(sealed, b"another") is None
    assert handovers.unseal(("a" if sealed[0] != "a" else "b") + sealed[1:], SECRET) is None
    assert handovers.unseal("", SECRET) is None


def test_it_counts_for_ten_minutes() -> None:
    """To the second; and not before it was given."""
    assert GIVEN.counts(NOW)
    assert GIVEN.counts(NOW + timedelta(minutes=10))
    assert not GIVEN.counts(NOW + timedelta(minutes=10, seconds=1))
    assert not GIVEN.counts(NOW - timedelta(seconds=1))
