"""The six steps of an event's life, as rows that exist."""

from __future__ import annotations

import hashlib
from datetime import datetime

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


def stated(event: str, name: str, *, taken_at: datetime | None, on_time: bool | None = None) -> Step:
    """A step that another system says was taken. Its key follows from event and name: it can be stated once only."""
    assert name in NAMES, f"there is no step {name}"
    tail = hashlib.sha256(f"{event}/{name}".encode()).hexdigest()[:8]
    return Step(id=event[:24] + tail, event=event, name=name, taken_at=taken_at, on_time=on_time)
