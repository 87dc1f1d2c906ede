"""What became of areas, as a pure value."""

from __future__ import annotations

from points.people.area_changes import Changes
from points.people.models import Area


def area(code: str, path: str) -> Area:
    """An area as it was laid."""
    return Area(code=code, name=f"{code}区", level="community", parent=None, path=path)


LAID = {"B": area("B", "/S/B/"), "C": area("C", "/T/C/")}
CHANGES = Changes({"C": "丙"}, {"A": ("B", "2026-01-01"), "B": ("C", "2026-02-01")}, frozenset("D"), LAID)


def test_a_path_leads_through_every_merge() -> None:
    """A grid of A lies in C today, still below B and A: every grant over one of them reaches it."""
    assert CHANGES.path("/S/A/G/") == "/T/C/B/A/G/"
    assert CHANGES.path("/S/E/") == "/S/E/"


def test_where_an_area_ended_up_depends_on_the_day() -> None:
    """What happened before a merge belongs where it was."""
    assert [CHANGES.last("A", day) for day in ("2025-12-31", "2026-01-01", "2026-02-01")] == ["A", "B", "C"]


def test_a_merged_area_says_both_names() -> None:
    """That of today first."""
    assert CHANGES.name(area("A", "/S/A/")) == "丙（原A区）"
    assert CHANGES.gone("A")
    assert CHANGES.gone("D")
    assert not CHANGES.gone("C")
