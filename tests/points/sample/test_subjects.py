"""What the sample's events are about."""

from __future__ import annotations

import csv
from pathlib import Path

from points.events import categories
from points.sample import subjects


def test_every_subject_has_a_category() -> None:
    """The table knows each, and the disputes are disputes."""
    mapped = {s: categories.of(s.type, s.main, s.subtype) for s in subjects.SUBJECTS}
    assert all(m.by is not None and m.letter != "Z" for m in mapped.values())
    assert {mapped[s].letter for s in subjects.DISPUTES} == {"D"}


def test_the_columns_are_those_of_the_municipal_file(shared_data: Path) -> None:
    """Same names, same order."""
    with (shared_data / "pingshan_events.csv").open(encoding="gb18030", newline="") as file:
        assert next(csv.reader(file)) == subjects.TITLES
