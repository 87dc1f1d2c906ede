"""Tables of what an event is made of besides itself: words, pictures, dispatches, and what its kind adds."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class EventText(Model):
    """The erasable half of an event: what was written about it, and how to reach who reported without an account."""

    event = fields.CharField(max_length=32, primary_key=True)
    text = fields.TextField()
    place = fields.CharField(max_length=120, null=True)
    contact = fields.CharField(max_length=40, null=True)

    class Meta:
        table = "events_event_text"


class Amendment(Model):
    """An event was placed, or its category or severity mended, the latest word on each counts, null leaves it."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    area = fields.CharField(max_length=15, null=True, db_index=True)
    category = fields.CharField(max_length=1, null=True)
    severity = fields.CharField(max_length=12, null=True)
    amended_at = fields.DatetimeField()
    amended_by = fields.CharField(max_length=16)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "events_amendment"
        indexes = (("category",),)


class StepNote(Model):
    """The erasable words somebody wrote when taking a step."""

    step = fields.CharField(max_length=32, primary_key=True)
    text = fields.CharField(max_length=1000)

    class Meta:
        table = "events_step_note"


class Unit(Model):
    """A department or sponsoring unit (包保单位) that handles events or reports in to a whistle."""

    code = fields.CharField(max_length=32, primary_key=True)
    name = fields.CharField(max_length=120)
    area = fields.CharField(max_length=15, db_index=True)
    kind = fields.CharField(max_length=12, description="department, sponsor")
    added_on = fields.CharField(max_length=10)
    added_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_unit"


class Dispatch(Model):
    """An event was sent down a lane: 自办自结, 点对点, 部门会商, or a whistle (吹哨), due two working days later."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    lane = fields.CharField(max_length=8, description="own, direct, joint, whistle")
    unit = fields.CharField(max_length=32, null=True, db_index=True)
    handler = fields.CharField(max_length=16, null=True)
    dispatched_at = fields.DatetimeField()
    dispatched_by = fields.CharField(max_length=16)
    due_on = fields.CharField(max_length=10, db_index=True)

    class Meta:
        table = "events_dispatch"
        indexes = (("lane",),)


class ReportIn(Model):
    """A unit reported in (报到) to a dispatch."""

    id = fields.CharField(max_length=32, primary_key=True)
    dispatch = fields.CharField(max_length=32, db_index=True)
    reported_at = fields.DatetimeField()
    recorded_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_report_in"


class Attachment(Model):
    """A picture or PDF of an event, kept as a file under its digest, its metadata stripped."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    kind = fields.CharField(max_length=8, description="jpeg, png, pdf")
    name = fields.CharField(max_length=32, description="what it shows: sign_in 签到表, site 现场, other 其他")
    digest = fields.CharField(max_length=80, db_index=True)
    thumbnail = fields.CharField(max_length=80, null=True)
    looks = fields.CharField(
        max_length=16, null=True, db_index=True, description="perceptual hash, 64 bits in hex"
    )
    size = fields.BigIntField(description="bytes")
    added_at = fields.DatetimeField()
    added_by = fields.CharField(max_length=16, null=True)

    class Meta:
        table = "events_attachment"


class AttachmentRemoval(Model):
    """An attachment's file was erased, its row says that it was there."""

    attachment = fields.CharField(max_length=32, primary_key=True)
    removed_at = fields.DatetimeField()
    removed_by = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=80)

    class Meta:
        table = "events_attachment_removal"


class Share(Model):
    """How much of an event's points a contribution claims, in whole parts. Without a row all claim the same."""

    contribution = fields.CharField(max_length=32, primary_key=True)
    parts = fields.IntField()

    class Meta:
        table = "events_share"


class Mediation(Model):
    """What mediating adds to an event: class, result, agreement, studio, and the day to look again."""

    event = fields.CharField(max_length=32, primary_key=True)
    outcome = fields.CharField(max_length=12, description="oral, ordinary, difficult, failed")
    agreement = fields.CharField(max_length=8, description="written, oral, none")
    studio = fields.CharField(max_length=16, null=True, db_index=True, description="number of the studio")
    follow_up_on = fields.CharField(max_length=10, null=True, db_index=True)
    recorded_at = fields.DatetimeField()
    recorded_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_mediation"


class SealedText(Model):
    """The parties of a mediation, encrypted under a key that is kept outside the database. Erasable."""

    event = fields.CharField(max_length=32, primary_key=True)
    sealed = fields.TextField()

    class Meta:
        table = "events_sealed_text"


class SealOpening(Model):
    """Somebody read the parties of a mediation, and why."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    opened_at = fields.DatetimeField()
    opened_by = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=120)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "events_seal_opening"


class FollowUp(Model):
    """A mediation was looked at again."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    held = fields.BooleanField(description="the agreement holds")
    seen_on = fields.CharField(max_length=10)
    seen_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_follow_up"


class Gathering(Model):
    """What an activity or a meeting adds to an event: its title, from when to when, who held it."""

    event = fields.CharField(max_length=32, primary_key=True)
    title = fields.CharField(max_length=80)
    starts_at = fields.DatetimeField(db_index=True)
    ends_at = fields.DatetimeField()
    held_by = fields.CharField(max_length=16)
    team = fields.CharField(max_length=16, null=True, db_index=True, description="number of the team")
    campaign = fields.CharField(max_length=32, null=True, db_index=True)

    class Meta:
        table = "events_gathering"


class Satisfaction(Model):
    """How content the reporter was with what was done (1 to 5), the latest counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    unit = fields.CharField(max_length=32, null=True, db_index=True, description="null: with the whole")
    stars = fields.IntField()
    rated_at = fields.DatetimeField()
    rated_by = fields.CharField(max_length=16, null=True)

    class Meta:
        table = "events_satisfaction"


class PublicReport(Model):
    """A resident reported by a poster, without an account. `number` lets them follow it."""

    number = fields.CharField(max_length=16, primary_key=True)
    event = fields.CharField(max_length=32, unique=True)
    poster = fields.CharField(max_length=16, db_index=True)

    class Meta:
        table = "events_public_report"


class BatchName(Model):
    """What the file of a batch was called, apart from the batch so that it can be erased."""

    batch = fields.CharField(max_length=32, primary_key=True)
    name = fields.CharField(max_length=200)

    class Meta:
        table = "events_batch_name"


class SameThing(Model):
    """A verifier said whether an event repeats an earlier one, the latest word on it counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    event = fields.CharField(max_length=32, db_index=True)
    earlier = fields.CharField(max_length=32, db_index=True, description="the event it repeats, or does not")
    same = fields.BooleanField()
    said_at = fields.DatetimeField()
    said_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_same_thing"


class SameThingTurn(Model):
    """A turn with an event: each word on what it repeats takes one, its verification, which judges, the last."""

    id = fields.CharField(
        max_length=40, primary_key=True, description="event/number of words before it, plus 1"
    )
    of_event = fields.CharField(max_length=32, null=True, description="at a verification: what it repeats")
    ordinal = fields.IntField(null=True)

    class Meta:
        table = "events_same_thing_turn"


class BatchWithdrawal(Model):
    """A whole import was withdrawn, within 48 hours of it."""

    batch = fields.CharField(max_length=32, primary_key=True)
    withdrawn_at = fields.DatetimeField()
    withdrawn_by = fields.CharField(max_length=16)
    reason = fields.CharField(max_length=120)
    reference = fields.CharField(max_length=200)

    class Meta:
        table = "events_batch_withdrawal"


class ColumnMap(Model):
    """Which column of a source's files means what, as somebody chose it, the latest counts."""

    id = fields.CharField(max_length=32, primary_key=True)
    kind = fields.CharField(max_length=20, description="areas, members, events, contributions")
    source = fields.CharField(max_length=40, db_index=True)
    columns = fields.TextField(description="canonical JSON: our name to theirs")
    chosen_at = fields.DatetimeField()
    chosen_by = fields.CharField(max_length=16)

    class Meta:
        table = "events_column_map"
