"""Tables of what happened: events, their steps, who did what in them, and the batches they came in."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Batch(Model):
    """One imported file and what it was. Its rows are inserted in parts, each with an act."""

    id = fields.CharField(max_length=32, primary_key=True)
    kind = fields.CharField(max_length=20, description="areas, members, events, contributions")
    source = fields.CharField(max_length=40, null=True)
    file_name = fields.CharField(max_length=200)  # how it ends: what it was called is a BatchName
    file_digest = fields.CharField(max_length=80)
    started_at = fields.DatetimeField()

    class Meta:
        table = "events_batch"


class Event(Model):
    """Something happened in a place, on a day. (source, external_id) names it in the system it came from."""

    id = fields.CharField(max_length=32, primary_key=True)
    kind = fields.CharField(max_length=12, description="report, mediation, activity, meeting, decision")
    source = fields.CharField(max_length=40)
    external_id = fields.CharField(max_length=80)
    category = fields.CharField(max_length=1, description="D S F H E N P T W C A V M Z of mission.md §5")
    type_name = fields.CharField(max_length=80, description="its own words, kept")
    main_type_name = fields.CharField(max_length=80)
    subtype_name = fields.CharField(max_length=120)
    origin_name = fields.CharField(
        max_length=80, null=True, description="the channel it came by, in its own words"
    )
    property_name = fields.CharField(max_length=40, null=True)
    handler_name = fields.CharField(max_length=120, null=True, description="the unit that handled it")
    area = fields.CharField(
        max_length=15, null=True, db_index=True, description="null: the source named no community"
    )
    severity = fields.CharField(max_length=12, default="ordinary", description="ordinary, major")
    found_first = fields.BooleanField(default=False, description="未诉先办")
    occurred_at = fields.DatetimeField()
    batch = fields.CharField(max_length=32, null=True, db_index=True)

    class Meta:
        table = "events_event"
        unique_together = (("source", "external_id"),)
        indexes = (
            ("area", "subtype_name", "occurred_at"),
            # Lists, registers and figures are read from these alone, the first one of all, the second below an area.
            ("occurred_at", "id", "area", "kind", "category"),
            ("area", "occurred_at", "id", "kind", "category"),
        )


class Step(Model):
    """One of the six steps of an event was taken (发现上报 … 考核评价)."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    name = fields.CharField(
        max_length=12, description="reported, assigned, handled, verified, archived, rated"
    )
    taken_at = fields.DatetimeField(null=True, description="null: the source says that, not when")
    actor = fields.CharField(max_length=16, null=True)
    on_time = fields.BooleanField(null=True)

    class Meta:
        table = "events_step"
        indexes = (("name", "taken_at"),)


class Contribution(Model):
    """Who did what in an event, for how long."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    member = fields.CharField(max_length=16, db_index=True)
    role = fields.CharField(max_length=12, description="reporter, handler, mediator, participant")
    minutes = fields.IntField(null=True)
    outcome = fields.CharField(
        max_length=12, null=True, description="mediators: oral, ordinary, difficult, failed"
    )
    batch = fields.CharField(max_length=32, null=True, db_index=True)

    class Meta:
        table = "events_contribution"
        unique_together = (("event", "member", "role"),)


class Assignment(Model):
    """An event was given to a verifier by rota, the latest assignment counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    verifier = fields.CharField(max_length=16, db_index=True)
    assigned_on = fields.CharField(max_length=10)

    class Meta:
        table = "events_assignment"


class Hand(Model):
    """Somebody had a hand in an event without taking a step of it: they do not verify it."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    member = fields.CharField(max_length=16)
    what = fields.CharField(max_length=12, description="signed_in: signed people in")

    class Meta:
        table = "events_hand"
