"""The draw for second looks: what it says of a digest is written down, and it is one in twenty."""

from __future__ import annotations

import pytest

from ledger import encoding
from points.awards import drawing
from points.awards.drawing import ONE_IN, is_drawn


@pytest.fixture(autouse=True)
def as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere nothing is drawn."""
    monkeypatch.setattr(drawing, "ONE_IN", ONE_IN)


@pytest.mark.parametrize(
    ("digits", "drawn"),
    [
        ("0000000000000000", True),
        ("0000000000000014", True),
        ("0000000000000015", False),
        ("ffffffffffffffff", False),
        ("fffffffffffffff0", True),
    ],
)
def test_the_first_sixteen_digits_decide(digits: str, drawn: bool) -> None:
    """Anybody can reckon it by hand: 0x14 is 20; what comes after the sixteenth digit changes nothing."""
    assert is_drawn(f"sha256:{digits}{'0' * 48}") is drawn
    assert is_drawn(f"sha256:{digits}{'7' * 48}") is drawn


def test_one_in_twenty_is_drawn() -> None:
    """Of 20,000 digests within five standard deviations of a thousand: the same ones each time."""
    drawn = sum(is_drawn(encoding.digest(str(n))) for n in range(20_000))
    assert abs(drawn - 1_000) < 5 * (20_000 * 0.05 * 0.95) ** 0.5
