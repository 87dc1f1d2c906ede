"""Rows that come with drafts: the same from objects and from tuples, and no value goes in that a field refuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise.exceptions import ValidationError

from ledger.rows import inserts
from ledger.transactions import Bulk
from points.events.models import Contribution, Event, Step
from points.evidence.models import SnapshotText

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
FIELDS = ("id", "event", "name", "taken_at", "on_time")
STEPS = [("a", "e", "handled", AT, True), ("b", "e", "archived", None, None)]


def as_dicts(rows: Sequence[Any]) -> list[dict[str, object]]:
    """Every row by its columns, whatever their order."""
    return [dict(zip(each.columns, row, strict=True)) for each in inserts(rows) for row in each.values]


def test_tuples_become_the_very_rows_that_objects_become() -> None:
    """A Bulk says the same as objects with the same values, those left out at their default."""
    objects = [Step(**dict(zip(FIELDS, each, strict=True))) for each in STEPS]
    assert as_dicts([Bulk(Step, FIELDS, STEPS)]) == as_dicts(objects)
    event = {"id": "e", "kind": "report", "source": "s", "external_id": "1", "category": "D", "type_name": "t",
             "main_type_name": "m", "subtype_name": "u", "occurred_at": AT}  # fmt: skip
    (row,) = as_dicts([Bulk(Event, tuple(event), [tuple(event.values())])])
    assert [row] == as_dicts([Event(**event)])
    assert row["severity"] == "ordinary"


def test_one_table_is_written_once_for_all_drafts() -> None:
    """Rows of one table and shape come together in their order; tables in the order in which they were met."""
    text = SnapshotText(snapshot="k", salt="s", text="{}")
    made = list(inserts([Bulk(Step, FIELDS, STEPS[:1]), text, Bulk(Step, FIELDS, STEPS[1:])]))
    assert [each.table for each in made] == ["events_step", "evidence_snapshot_text"]
    assert [row[0] for row in made[0].values] == ["a", "b"]


@pytest.mark.parametrize("value", ["x" * 13, None])
def test_a_value_that_the_field_refuses_is_refused_in_a_tuple_too(value: str | None) -> None:
    """Too long, or nothing where something must stand: neither an object nor a tuple takes it past its field."""
    fine = ("a", "e", "m", "reporter")
    fields = ("id", "event", "member", "role")
    assert as_dicts([Bulk(Contribution, fields, [fine])])[0]["minutes"] is None
    with pytest.raises(ValidationError):
        list(inserts([Bulk(Contribution, fields, [fine, ("b", "e", "m", value)])]))


def test_a_field_that_the_model_has_not_is_a_mistake() -> None:
    """Nothing is left out silently because its name was misspelled."""
    with pytest.raises(KeyError):
        list(inserts([Bulk(Step, ("id", "evnt"), [("a", "e")])]))


def test_no_rows_write_nothing() -> None:
    """A Bulk without rows names no table."""
    assert list(inserts([Bulk(Step, FIELDS, [])])) == []
