"""The baseline that writes an import's own rows."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks import same_rows
from points.district import open_district
from points.events.imports import areas
from tests import books
from tests.points.events import paper


@pytest.mark.anyio
async def test_it_writes_what_the_import_wrote_and_nothing_else(tmp_path: Path) -> None:
    """Table by table the same book, so that what is compared is the same work for the disk."""
    file = paper.write(tmp_path, "code,name,level,parent\n440310000000,坪山区,district,\n")
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    await books.make(tmp_path, "after.db")
    shutil.copy(after, before)
    async with open_district(f"sqlite://{after}") as book:
        await paper.imported(areas, book, file)
    assert same_rows.seconds(before, after, file) > 0
    with closing(sqlite3.connect(before)) as ours, closing(sqlite3.connect(after)) as theirs:
        names = [name for (name,) in theirs.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert [name for name in names if same_rows.added(ours, theirs, name)] == []
        assert ours.execute("SELECT count(*) FROM people_area").fetchone() == (1,)
