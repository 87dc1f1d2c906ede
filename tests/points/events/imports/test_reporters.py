"""Who reported the events of a file."""

from __future__ import annotations

from points.events.imports.reporters import Reporters


def test_reporters_are_told_of_their_event_only() -> None:
    """Others who took part are not kept; whoever is said twice is one."""
    reporters = Reporters()
    reporters.add([("e1", "V-1", "reporter"), ("e1", "V-2", "participant"), ("e2", "V-3", "reporter")])
    reporters.add([("e1", "V-1", "reporter"), ("e1", "V-4", "reporter")])
    assert [sorted(reporters.of(event)) for event in ("e1", "e2", "e3")] == [["V-1", "V-4"], ["V-3"], []]
