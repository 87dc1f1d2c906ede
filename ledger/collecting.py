"""Python's collector of cycles, put off while much is made that holds none: it would look through all of it, often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def after() -> Iterator[None]:
    """Collect nothing until this is over; within another of these, nothing is different."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
