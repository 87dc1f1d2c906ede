"""The clock says what time it is, or that it cannot be believed."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from ledger import clock
from ledger.clock import JUMP_SECONDS, Clock
from ledger.errors import ClockWrong


@pytest.mark.parametrize("seconds", [JUMP_SECONDS + 5, -JUMP_SECONDS - 5])
def test_a_jump_is_refused_until_it_is_mended(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock may not leave the steady one; when it comes back, so does the time."""
    ours = Clock()
    with monkeypatch.context() as jumped:
        jumped.setattr(time, "time", lambda now=time.time: now() + seconds)
        with pytest.raises(ClockWrong) as refused:
            ours.now()
    assert abs(refused.value.facts["seconds"] - seconds) <= 1
    before = datetime.now(UTC)
    assert before <= ours.now() <= datetime.now(UTC)


def test_a_machine_that_slept_is_not_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour of sleep moves both clocks: the steady one goes on while the machine sleeps."""
    ours = Clock()
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + 3600)
    monkeypatch.setattr(clock, "steady", lambda now=clock.steady: now() + 3600)
    assert ours.now().tzinfo is UTC


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has one steady clock only")
def test_the_steady_clock_counts_sleep() -> None:
    """Where the system tells both, the one that includes sleep is used."""
    assert abs(clock.steady() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1
