"""What a format says of an event beside its words: columns, the steps it says were taken, whether it is a repeat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from points.errors import PointsError
from points.events.imports.columns import Column, Record

WAYS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
)
"""How files write an instant of the book's zone."""


class Stated(NamedTuple):
    """A step that a source says was taken: when, and whether on time, if it says so."""

    name: str
    taken_at: datetime | None = None
    on_time: bool | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of an event's life. `warnings` are under our keys; `refusal` keeps the row out."""

    steps: tuple[Stated, ...] = ()
    is_repeat: bool = False
    warnings: tuple[tuple[str, PointsError], ...] = ()
    refusal: tuple[str, PointsError] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One format of events. `life` reads what a row says was done, the event having occurred at that instant."""

    name: str
    columns: tuple[Column, ...]
    life: Callable[[Record, datetime, ZoneInfo], Said]


def instant(text: str, zone: ZoneInfo) -> datetime | None:
    """An instant in UTC from a wall-clock time of the zone, or one that says its own (ISO 8601); None for none."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or (len(text) < 11 and "-" not in text):
        read = _in_ways(text)
    if read is None:
        return None
    try:
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _in_ways(text: str) -> datetime | None:
    for way in WAYS:
        try:
            return datetime.strptime(text, way)  # noqa: DTZ007 - the zone is the caller's
        except ValueError:
            continue
    return None
