"""A list of areas of a nation's size."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from points.sample import nation


def test_a_nation_has_as_many_communities_as_asked_for_each_in_its_street(tmp_path: Path) -> None:
    """Codes stand once, each after the one it lies in; the file is the same each time."""
    there: set[str] = set()
    count = 0
    for code, _name, level, parent in nation.lines(45_000):
        assert code not in there
        assert parent in there or level == "district"
        there.add(code)
        count += level == "community"
    assert count == 45_000
    first, again = (tmp_path / name for name in ("a.csv", "b.csv"))
    assert nation.write(first, 45_000) == nation.write(again, 45_000) == len(there)
    assert first.read_bytes() == again.read_bytes()
    assert next(islice(nation.lines(), 2, 3)) == (
        "110101001001",
        "1区1街1社区居委会",
        "community",
        "110101001000",
    )
