"""What indexes cost is measured of every index an award writes to, each taken away alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks import indexes


def test_every_index_takes_its_turn(tmp_path: Path) -> None:
    """With all of them and without each; in the last copy the last of them is gone, and the rows are there."""
    found = indexes.measure(tmp_path, 3, 5, 1)
    names = dict(indexes.indexes(tmp_path / "before.db"))
    assert list(found) == [indexes.ALL, *names]
    assert "ledger_transaction (effective_on)" in names
    assert all(len(each) == 1 and each[0] > 0 for each in found.values())
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM awards_verification").fetchone() == (8,)
        left = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert list(names.values())[-1] not in left
    assert set(list(names.values())[:-1]) <= left
