"""How large a test is: short by default, full when `make matrix`, `make attack` or `make soak` asks for it."""

from __future__ import annotations

import os

FULL = os.environ.get("JISHAN_FULL") == "1"


def figure(*, short: int, full: int) -> int:
    """The number of rows, rounds or callers a test uses: `short` in every run, `full` with JISHAN_FULL=1."""
    return full if FULL else short
