"""The form that undoes a redemption: what was typed, and what it asks for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from points.market.redemptions import Entry
from points.market.undoing.errors import UndoNoteMissing
from web import undo_form
from web.bodies import Form

LINES = [SimpleNamespace(item=1, quantity=2), SimpleNamespace(item=2, quantity=1)]
ENTRY = cast("Entry", SimpleNamespace(lines=LINES))


@pytest.mark.parametrize(
    ("typed", "stays"),
    [
        ({}, ((1, 0), (2, 0))),
        ({"back-1": "1", "back-2": "0"}, ((1, 1), (2, 1))),
        ({"back-1": " １ ", "back-2": ""}, ((1, 1), (2, 1))),
        ({"back-1": "3"}, None),
        ({"back-1": "-1"}, None),
        ({"back-1": "一"}, None),
    ],
)
def test_what_does_not_come_back_stays(typed: dict[str, str], stays: Any) -> None:
    """A field that is missing means all of it, an empty one none, and more than was had is no number."""
    assert undo_form.what_stays(ENTRY, typed) == stays


def sent(**more: str) -> Form:
    """A whole form, with other values for some of its fields."""
    fields = {"key": "0" * 24, "reason": "broken", "note": "", "back-1": "1"}
    return Form([(name.replace("_", "-"), text) for name, text in {**fields, **more}.items()])


def test_a_form_that_can_be_read_says_what_stays() -> None:
    """With its reason, and with what was typed kept as it was typed."""
    typed = undo_form.read(sent(), ENTRY)
    assert typed.filled.value is not None
    assert (typed.filled.value.reason, typed.back, typed.stays) == (
        "broken",
        {"back-1": "1"},
        ((1, 1), (2, 0)),
    )


def test_a_number_that_is_none_is_said_over_the_form() -> None:
    """And nothing can be carried out; what was typed is still there."""
    typed = undo_form.read(sent(back_1="很多"), ENTRY)
    assert typed.filled.value is None
    assert list(typed.filled.errors) == [""]
    assert typed.back == {"back-1": "很多"}


def test_a_refusal_about_the_note_stands_at_the_note() -> None:
    """Every other one over the form."""
    assert list(undo_form.empty().refused(UndoNoteMissing()).filled.errors) == ["note"]
