"""Keys begin with the time, never repeat, and are UUIDs of version 7."""

from __future__ import annotations

import time
import uuid

from points.keys import new_key


def test_a_key_is_a_uuid_of_version_7() -> None:
    """32 hex digits with the version and the variant of RFC 9562."""
    key = new_key()
    read = uuid.UUID(key)
    assert key == read.hex
    assert (read.version, read.variant) == (7, uuid.RFC_4122)


def test_a_key_begins_with_the_time() -> None:
    """48 bits of milliseconds, so that what comes later sorts later."""
    before = time.time_ns() // 1_000_000
    first = new_key()
    time.sleep(0.003)
    second = new_key()
    after = time.time_ns() // 1_000_000
    assert before <= int(first[:12], 16) < int(second[:12], 16) <= after
    assert first < second


def test_keys_do_not_repeat() -> None:
    """Fifty thousand in a row, many of them in the same millisecond."""
    assert len({new_key() for _ in range(50_000)}) == 50_000


def test_the_random_bits_are_all_used() -> None:
    """Every bit beside the time, the version and the variant is seen as 0 and as 1."""
    keys = [int(new_key(), 16) for _ in range(500)]
    ones, zeros = 0, 0
    for key in keys:
        ones |= key
        zeros |= ~key
    random = (2**12 - 1) << 64 | (2**62 - 1)
    assert ones & random == random == zeros & random
