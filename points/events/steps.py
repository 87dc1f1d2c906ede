"""The six steps of an event's life, as rows that exist, and the two that turn it back: reopened, and found false."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from points.events.models import Step

NAMES = {
    "reported": "发现上报",
    "assigned": "受理派遣",
    "handled": "处置反馈",
    "verified": "任务核查",
    "archived": "事件归档",
    "rated": "考核评价",
}
"""Every step in its order, with its Chinese name."""

TURNS = {"reopened": "重新办理", "found_false": "查明不实"}
"""What turns an event back."""

_ORDER = tuple(NAMES)

HANDS = ("reported", "handled")
"""The steps after which somebody has had a hand in an event, and does not verify it."""

BY_HAND = "jishan"
"""The source of events that were written down here."""

IS_FALSE = (
    "coalesce((SELECT s.name FROM events_step AS s WHERE s.event = e.id"
    " AND s.name IN ('found_false', 'reopened') ORDER BY s.id DESC LIMIT 1), '') = 'found_false'"
)
"""Whether an event was found false and not reopened since, in SQL; the event's table is named `e`."""


def stated_key(event: str, name: str) -> str:
    """The key of a step that another system says was taken: it follows from both, so it can be stated once only."""
    assert name in NAMES, f"there is no step {name}"
    return event[:24] + hashlib.sha256(f"{event}/{name}".encode()).hexdigest()[:8]


def in_order(steps: Iterable[Step]) -> list[Step]:
    """What other systems said first, in the order of the six steps; then what was taken by hand, as it was taken."""
    return sorted(steps, key=_place)


def false_ones(steps: Iterable[Step]) -> set[str]:
    """The events among these steps that were found false and not reopened since."""
    turns = {step.event: step.name for step in sorted(steps, key=lambda step: step.id) if step.name in TURNS}
    return {event for event, name in turns.items() if name == "found_false"}


def _place(step: Step) -> tuple[bool, int, str]:
    by_hand = step.actor is not None
    return (True, 0, step.id) if by_hand else (False, _ORDER.index(step.name), step.id)
