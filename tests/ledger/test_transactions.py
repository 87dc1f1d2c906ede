"""The values of the ledger do not change, and hold what a transaction may hold."""

from __future__ import annotations

import dataclasses

import pytest

from ledger import transactions
from ledger.transactions import GREATEST, Posting

VALUES = [kind for kind in vars(transactions).values() if dataclasses.is_dataclass(kind)]


@pytest.mark.parametrize("kind", VALUES)
def test_values_are_frozen(kind: type) -> None:
    """Nothing that was asked or written can be changed in memory either."""
    one: object = object.__new__(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(one, dataclasses.fields(kind)[0].name, "other")


def test_the_greatest_number_is_exact_as_a_float() -> None:
    """A reader that has only doubles reads it right, and would not read the next but one right."""
    assert int(float(GREATEST)) == GREATEST
    assert int(float(GREATEST + 2)) != GREATEST + 2


def test_equal_postings_are_equal() -> None:
    """Values compare by what they hold."""
    assert Posting("a", "b", 1, "points") == Posting("a", "b", 1, "points")
