"""Keeping a thread on the core where the one runs that waits for it.

Two threads that work by turns are put on two cores: each finds what the other made in caches that are not its own, and
a core that went to sleep is woken every time. Of a batch of the journal that is a fifth by the clock
(benchmarks/README.md). The one who asks stays free to move, so where both have something to do they part again.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from contextlib import suppress


def _asked() -> Callable[[], int] | None:
    """The system's word for the core the caller runs on; None where it has none, or no way to choose a core."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    return getattr(ctypes.CDLL(None), "sched_getcpu", None)


_core = _asked()


class Nearby:
    """A thread, by the number that the system knows it by (`threading.get_native_id`)."""

    def __init__(self, thread: int) -> None:
        self._thread = thread
        self._on = -1

    def come(self) -> None:
        """Let the thread run on the caller's core from now on; the system may refuse, and then it runs anywhere."""
        core = -1 if _core is None else _core()
        if core != self._on:
            self._on = core
            with suppress(OSError):
                os.sched_setaffinity(self._thread, {core})
