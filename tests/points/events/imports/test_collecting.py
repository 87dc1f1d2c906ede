"""Records on their way to rows."""

from __future__ import annotations

import pytest

from points.events.imports.collecting import Records
from points.events.imports.errors import NoRecords, RecordTooLong, TooManyRows


def test_titles_are_all_fields_in_the_order_they_were_met() -> None:
    """A record without a field has an empty cell for it."""
    records = Records("f", 10)
    records.add({"a": "1"})
    records.add({"b": "2", "a": "3"})
    assert records.titles() == ("a", "b")
    assert list(records.rows()) == [["1", ""], ["3", "2"]]


def test_there_are_limits() -> None:
    """Of records, and of fields; none at all is said too."""
    records = Records("f", 1)
    with pytest.raises(NoRecords):
        records.titles()
    with pytest.raises(RecordTooLong):
        records.add({f"f{n}": "" for n in range(1_000)})
    records = Records("f", 1)
    records.add({"a": "1"})
    with pytest.raises(TooManyRows):
        records.add({"a": "1"})
