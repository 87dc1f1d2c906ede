"""Numbers as people type them, beside their items."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from web import shelves
from web.bodies import Form
from web.i18n import speaking


def test_numbers_are_read_by_item() -> None:
    """Full width, with thousands; empty fields and fields of others say nothing; what is none has its sentence."""
    sent = [
        ("item-1", "１２"),
        ("item-2", ""),
        ("item-3", "1,200"),
        ("item-4", "很多"),
        ("item-x", "1"),
        ("n", "2"),
    ]
    typed = shelves.numbers(Form(sent))
    assert typed.numbers == {1: 12, 3: 1200}
    assert list(typed.errors) == ["item-4"]
    assert typed.values["item-4"] == "很多"


@pytest.mark.parametrize(("least", "found"), [(1, {}), (0, {7: 0})])
def test_a_zero_counts_where_nothing_may_be_there(least: int, found: dict[int, int]) -> None:
    """On a count sheet, not on a delivery note."""
    assert shelves.numbers(Form([("item-7", "0")]), least=least).numbers == found


def test_what_was_chosen_is_read_by_item() -> None:
    """What was left open is absent."""
    sent = Form([("reason-1", "broken"), ("reason-2", ""), ("reason-y", "lost")])
    assert shelves.chosen(sent, "reason-") == {1: "broken"}


@pytest.mark.parametrize(("fen", "said"), [(0, "0.00"), (123450, "1,234.50"), (-5, "−0.05")])
def test_money_is_said_in_yuan(fen: int, said: str) -> None:
    """To the fen, below zero too."""
    assert shelves.yuan(fen) == said


def test_things_are_called_in_the_language_of_the_page() -> None:
    """And by their number when nobody knows them."""
    soap: Any = SimpleNamespace(name="香皂", name_en="Soap", cost_fen=300)
    with speaking("en"):
        assert shelves.called(soap) == "Soap"
    with speaking("zh"):
        assert (shelves.called(soap), shelves.called(None, 7)) == ("香皂", "item:7")
    assert shelves.cost({1: 2, 9: 5}, {1: soap}) == 600
