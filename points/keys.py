"""Keys made by the application: they begin with the time, so that indexes grow at one end."""

from __future__ import annotations

import os
import time
from datetime import datetime


def new_key() -> str:
    """A UUID version 7 (RFC 9562 §5.7) as 32 hex digits: 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (
        (milliseconds & (2**48 - 1)) << 80
        | 0x7 << 76
        | (random >> 68 & 0xFFF) << 64
        | 0b10 << 62
        | random & (2**62 - 1)
    )
    return f"{value:032x}"


def first_key(at: datetime) -> str:
    """What every key made from this moment on comes after: the border between before and after in an index of keys."""
    return f"{int(at.timestamp() * 1000):012x}"
