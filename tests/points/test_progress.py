"""Whoever does not want to hear how far it is need not."""

from __future__ import annotations

from points.progress import Progress, quiet


def test_quiet_takes_every_step_and_says_nothing() -> None:
    """It stands wherever a listener may."""
    listener: Progress = quiet
    assert [listener(done, 3) for done in range(4)] == [None] * 4  # type: ignore[func-returns-value]
