"""What a contest between contenders came to: rates, latencies, processor time, and ratios in the same run."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Round:
    """One contender's turn: how much was done in how many seconds, and how long each thing took.

    cpu   seconds of processor time this process used meanwhile, all threads: steadier than a clock on a busy machine
    """

    done: int
    seconds: float
    cpu: float
    each: Sequence[float] = ()

    @property
    def rate(self) -> float:
        """So many a second."""
        return self.done / self.seconds


class Watch:
    """Started when it is made."""

    def __init__(self) -> None:
        self._begun, self._cpu = time.perf_counter(), time.process_time()

    def round(self, done: int, each: Sequence[float] = ()) -> Round:
        """What was done since."""
        return Round(done, time.perf_counter() - self._begun, time.process_time() - self._cpu, each)


Contender = Callable[[int], Awaitable[Round]]
"""Takes its turn in the round of that number."""


async def contest(contenders: Mapping[str, Contender], rounds: int) -> dict[str, list[Round]]:
    """Every contender takes its turn in every round, so that what disturbs the machine disturbs all of them."""
    found: dict[str, list[Round]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name, turn in contenders.items():
            found[name].append(await turn(number))
    return found


def figure(rounds: Sequence[Round]) -> dict[str, Any]:
    """The median rate, and the 50th and 99th percentile of how long one thing took, in milliseconds."""
    each = sorted(seconds for one in rounds for seconds in one.each)
    answer: dict[str, Any] = {"rate": round(median(one.rate for one in rounds), 1)}
    answer["rates"] = [round(one.rate, 1) for one in rounds]
    answer["cpu_us"] = round(median(one.cpu / one.done for one in rounds) * 1_000_000, 1)
    if each:
        answer |= {"p50_ms": percentile(each, 50), "p99_ms": percentile(each, 99)}
    return answer


def percentile(ordered: Sequence[float], part: int) -> float:
    """So many in a hundred took at most this many milliseconds."""
    return round(ordered[min(len(ordered) - 1, len(ordered) * part // 100)] * 1000, 3)


def ratios(found: Mapping[str, Sequence[Round]], ours: str) -> dict[str, float]:
    """Our median rate over that of each other contender."""
    rate = median(one.rate for one in found[ours])
    return {
        name: round(rate / median(one.rate for one in rounds), 2)
        for name, rounds in found.items()
        if name != ours
    }


def surroundings() -> dict[str, Any]:
    """What the figures depend on, beside the code: they mean nothing without it."""
    return {
        "cores": os.cpu_count(),
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
