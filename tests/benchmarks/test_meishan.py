"""The made-up year: its size, the same every time, and read by our importers without a complaint."""

from __future__ import annotations

import csv
from pathlib import Path

from benchmarks import meishan
from tests.typed import call


def test_the_year_has_the_size_that_mission_md_names() -> None:
    """337 communities, 1,797 grids; hazards and disputes of five months, times twelve fifths."""
    assert meishan.scale() == meishan.Scale(337, 1797, 18593, 8249, 8000)
    assert len({name for _, name, _ in meishan.places(meishan.scale())}) == 337
    assert len({code for code, _, _ in meishan.places(meishan.scale())}) == 337
    assert len(list(meishan.areas(meishan.scale()))) == 1 + 6 + 60 + 337 + 1797


def test_the_same_part_is_the_same_bytes(tmp_path: Path) -> None:
    """Made twice; as many rows as it says."""
    counted = meishan.write(tmp_path / "a", meishan.scale(0.01))
    assert meishan.write(tmp_path / "b", meishan.scale(0.01)) == counted
    for name, rows in counted.items():
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        with (tmp_path / "a" / name).open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) == rows + 1


def test_all_of_it_can_be_imported(tmp_path: Path) -> None:
    """No row is refused, and none is missing."""
    counted = meishan.write(tmp_path, meishan.scale(0.01))
    book = tmp_path / "book.db"
    call(
        "init",
        book=book,
        env={"JISHAN_KEY_FILE": str(tmp_path / "key"), "JISHAN_PEPPER_FILE": str(tmp_path / "pepper")},
    )
    for kind in ("areas", "members", "events", "contributions"):
        more = ("--source", "meishan") if kind == "events" else ()
        said = call("import", kind, str(tmp_path / f"{kind}.csv"), *more, book=book)
        assert said.status == 0, said.err + said.out
        assert f"导入 {counted[f'{kind}.csv']:,} 行" in said.out
