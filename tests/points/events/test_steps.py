"""The steps of an event's life."""

from __future__ import annotations

from points.events import steps
from points.keys import new_key


def test_there_are_six_steps_in_their_order() -> None:
    """From 发现上报 to 考核评价."""
    assert list(steps.NAMES) == ["reported", "assigned", "handled", "verified", "archived", "rated"]


def test_a_stated_step_has_a_key_of_its_own_and_always_the_same() -> None:
    """So that the database refuses to be told twice; two events or two steps never share one."""
    events = [new_key() for _ in range(200)]
    keys = [steps.stated_key(event, name) for event in events for name in steps.NAMES]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 32 for key in keys)
    assert keys[0] == steps.stated_key(events[0], "reported")
