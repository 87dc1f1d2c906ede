"""Open311 GeoReport v2 service requests: JSON, XML and the bulk CSV, with the same names of fields in all three.

Every id is text, whatever it looks like. A request has one status, `open` or `closed`; `closed` is our 归档, at
`updated_datetime`. The specification names no community: a column with one is chosen, or requests come without.
Cities close what was reported before with the note "Duplicate request.": that is a repeat.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from points.errors import PointsError
from points.events.imports.columns import Column, Record
from points.events.imports.errors import ClosedBeforeOpened, NoInstant, UnknownStatus
from points.events.imports.shapes import Said, Shape, Stated, instant

COLUMNS = (
    Column("external_id", "service_request_id"),
    Column("status", "status"),
    Column("occurred_at", "requested_datetime"),
    Column("service_code", "service_code"),
    Column("subtype_name", "service_name", needed=False),
    Column("type_name", "group", needed=False),
    Column("closed_at", "updated_datetime", needed=False),
    Column("status_notes", "status_notes", needed=False, prose=True),
    Column("text", "description", needed=False, prose=True),
    Column("handler_name", "agency_responsible", needed=False),
    Column("place", "address", needed=False, prose=True),
    Column(
        "community", "community", ("community_name", "neighborhood", "社区", "jurisdiction_id"), needed=False
    ),
    Column("campaign", "campaign", ("专项行动", "主题活动"), needed=False),
    Column("street", "street", ("district_name", "街道"), needed=False),
)
STATUSES = {"open": False, "closed": True}
DUPLICATE = "duplicate request"


def life(record: Record, occurred_at: datetime, zone: ZoneInfo) -> Said:
    """Closed is archived; a duplicate counts as a repeat, open or closed."""
    closed = STATUSES.get((record.get("status") or "").casefold())
    if closed is None:
        return Said(refusal=("status", UnknownStatus()))
    notes = (record.get("status_notes") or "").casefold()
    warnings: list[tuple[str, PointsError]] = []
    taken_at = _closed_at(record, occurred_at, zone, warnings) if closed else None
    steps = (Stated("archived", taken_at),) if closed else ()
    return Said(steps, is_repeat=DUPLICATE in notes, warnings=tuple(warnings))


def _closed_at(
    record: Record, occurred_at: datetime, zone: ZoneInfo, warnings: list[tuple[str, PointsError]]
) -> datetime | None:
    text = record.get("closed_at")
    at = instant(text, zone) if text else None
    if text and at is None:
        warnings.append(("closed_at", NoInstant()))
    if at is not None and at < occurred_at:
        warnings.append(("closed_at", ClosedBeforeOpened()))
        return None
    return at


SHAPE = Shape("open311", COLUMNS, life)
