"""Our SQL as PostgreSQL is told it."""

from __future__ import annotations

import pytest

from ledger.postgres_words import spoken

SAID = {
    "SELECT 1": "SELECT 1",
    "a = ? AND b = ?": "a = $1 AND b = $2",
    "a = '?' AND \"b?\" = ?": "a = '?' AND \"b?\" = $1",
    "x IN (SELECT value FROM json_each(?)) AND y = ?": (
        "x IN (SELECT jsonb_array_elements_text(CAST($1 AS jsonb))) AND y = $2"
    ),
    "FROM json_each(?) AS wanted": "FROM jsonb_array_elements(CAST($1 AS jsonb)) AS wanted",
}


@pytest.mark.parametrize(("ours", "theirs"), SAID.items())
def test_marks_are_numbered_and_lists_are_arrays(ours: str, theirs: str) -> None:
    """Marks inside quotes are text; the others are numbered from the left."""
    assert spoken(ours) == theirs
