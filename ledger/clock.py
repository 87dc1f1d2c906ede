"""What time it is, and whether this machine can be believed about it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ledger.errors import ClockWrong

JUMP_SECONDS = 60
"""The wall clock may differ from the steady one by this much before nothing is written any more."""


def steady() -> float:
    """Seconds that only go forward; where the system has it, the clock that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass
class Clock:
    """The wall clock, held against the steady clock since it was made."""

    _wall: float = field(default_factory=time.time)
    _steady: float = field(default_factory=steady)

    def now(self) -> datetime:
        """The instant, in UTC. Raises ClockWrong when the wall clock jumped: an entry's time must mean something."""
        wall = time.time()
        jump = (wall - self._wall) - (steady() - self._steady)
        if abs(jump) > JUMP_SECONDS:
            raise ClockWrong(seconds=round(jump))
        return datetime.fromtimestamp(wall, UTC)
