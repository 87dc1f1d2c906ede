"""The sample's areas are 坪山区's real ones."""

from __future__ import annotations

import csv
from pathlib import Path

from points.sample import places


def test_every_area_stands_under_its_own(shared_data: Path) -> None:
    """Code, name, level and parent as in the published divisions."""
    with (shared_data / "divisions.csv").open(encoding="utf-8", newline="") as file:
        real = {tuple(row) for row in csv.reader(file) if row[0].startswith("440310")}
    assert {tuple(row) for row in places.areas()} == real


def test_a_parent_comes_before_its_children() -> None:
    """One can read the file from top to bottom."""
    seen = {""}
    for code, _, _, parent in places.areas():
        assert parent in seen
        seen.add(code)
    assert len(seen) == 34
