"""A thread comes to the core of whoever asks it, and nothing is lost where it may not."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from ledger import nearby
from ledger.nearby import Nearby


@pytest.fixture
def thread() -> Iterator[int]:
    """The number of a thread that waits."""
    done, known = threading.Event(), threading.Event()

    def wait() -> None:
        known.set()
        done.wait()

    waiting = threading.Thread(target=wait)
    waiting.start()
    known.wait()
    assert waiting.native_id is not None
    yield waiting.native_id
    done.set()
    waiting.join()


@pytest.mark.skipif(nearby._core is None, reason="this system does not let a thread choose its core")
def test_a_thread_comes_to_the_callers_core(thread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs there and nowhere else, follows when the caller was moved, and the caller stays free."""
    free = os.sched_getaffinity(0)
    beside = Nearby(thread)
    for core in sorted(free):
        monkeypatch.setattr(nearby, "_core", lambda core=core: core)
        beside.come()
        assert os.sched_getaffinity(thread) == {core}
    assert os.sched_getaffinity(0) == free


@pytest.mark.skipif(nearby._core is None, reason="this system does not let a thread choose its core")
def test_a_system_that_refuses_is_no_error(thread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A core that does not exist, or a thread that is gone: it runs where it ran."""
    before = os.sched_getaffinity(thread)
    monkeypatch.setattr(nearby, "_core", lambda: 1_000_000)
    Nearby(thread).come()
    assert os.sched_getaffinity(thread) == before


def test_a_system_without_such_a_call_does_nothing(thread: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither asked nor moved."""
    monkeypatch.setattr(nearby, "_core", None)
    monkeypatch.setattr(os, "sched_setaffinity", None, raising=False)
    Nearby(thread).come()
