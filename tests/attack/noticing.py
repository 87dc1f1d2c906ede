"""Attacks on verbs: each is a program on an empty book of its own, and each must notice the fault planted for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from tests import books
from tests.attack import faults
from tests.attack.district_faults import COPIED
from tests.attack.faults import Fault


def assert_noticed(fault: Fault, folder: Path, *, copied: Iterable[str] = COPIED) -> None:
    """The attack fails on a tree with the fault, by its own assertion; the fault is of a verb and changes no table."""
    tree = faults.plant(fault, folder / "tree", copied=copied)
    asyncio.run(books.make(folder))
    told = faults.run(tree, *fault.attack, str(folder / "book.db"), minutes=2)
    assert told.returncode == 1, told.stderr
    assert "AssertionError" in told.stderr, told.stderr
