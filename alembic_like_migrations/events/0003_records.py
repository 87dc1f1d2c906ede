"""What an event is made of besides itself: words, pictures, dispatches, and what its kind adds."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    dependencies = [("events", "0002_guards"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Amendment",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("area", fields.CharField(null=True, db_index=True, max_length=15)),
                ("category", fields.CharField(null=True, max_length=1)),
                ("severity", fields.CharField(null=True, max_length=12)),
                ("amended_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("amended_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "events_amendment",
                "app": "events",
                "pk_attr": "id",
                "table_description": "An event was placed, or its category or severity mended, the latest word on each counts, null leaves it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Attachment",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("kind", fields.CharField(description="jpeg, png, pdf", max_length=8)),
                (
                    "name",
                    fields.CharField(
                        description="what it shows: sign_in 签到表, site 现场, other 其他", max_length=32
                    ),
                ),
                ("digest", fields.CharField(db_index=True, max_length=80)),
                ("thumbnail", fields.CharField(null=True, max_length=80)),
                (
                    "looks",
                    fields.CharField(
                        null=True, db_index=True, description="perceptual hash, 64 bits in hex", max_length=16
                    ),
                ),
                ("size", fields.BigIntField(description="bytes")),
                ("added_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("added_by", fields.CharField(null=True, max_length=16)),
            ],
            options={
                "table": "events_attachment",
                "app": "events",
                "pk_attr": "id",
                "table_description": "A picture or PDF of an event, kept as a file under its digest, its metadata stripped.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AttachmentRemoval",
            fields=[
                ("attachment", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("removed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("removed_by", fields.CharField(max_length=16)),
                ("reason", fields.CharField(max_length=80)),
            ],
            options={
                "table": "events_attachment_removal",
                "app": "events",
                "pk_attr": "attachment",
                "table_description": "An attachment's file was erased, its row says that it was there.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="BatchWithdrawal",
            fields=[
                ("batch", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("withdrawn_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("withdrawn_by", fields.CharField(max_length=16)),
                ("reason", fields.CharField(max_length=120)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "events_batch_withdrawal",
                "app": "events",
                "pk_attr": "batch",
                "table_description": "A whole import was withdrawn, within 48 hours of it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Campaign",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("name", fields.CharField(max_length=80)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("starts_on", fields.CharField(max_length=10)),
                ("ends_on", fields.CharField(max_length=10)),
                ("made_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_campaign",
                "app": "events",
                "pk_attr": "id",
                "table_description": "A campaign (专项行动) with its dates. Activities and reports may belong to it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ColumnMap",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "kind",
                    fields.CharField(description="areas, members, events, contributions", max_length=20),
                ),
                ("source", fields.CharField(db_index=True, max_length=40)),
                ("columns", fields.TextField(description="canonical JSON: our name to theirs", unique=False)),
                ("chosen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("chosen_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_column_map",
                "app": "events",
                "pk_attr": "id",
                "table_description": "Which column of a source's files means what, as somebody chose it, the latest counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Dispatch",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("lane", fields.CharField(description="own, direct, joint, whistle", max_length=8)),
                ("unit", fields.CharField(null=True, db_index=True, max_length=32)),
                ("handler", fields.CharField(null=True, max_length=16)),
                ("dispatched_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("dispatched_by", fields.CharField(max_length=16)),
                ("due_on", fields.CharField(db_index=True, max_length=10)),
            ],
            options={
                "table": "events_dispatch",
                "app": "events",
                "pk_attr": "id",
                "table_description": "An event was sent down a lane: 自办自结, 点对点, 部门会商, or a whistle (吹哨), due two working days later.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="EventText",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("text", fields.TextField(unique=False)),
                ("place", fields.CharField(null=True, max_length=120)),
                ("contact", fields.CharField(null=True, max_length=40)),
            ],
            options={
                "table": "events_event_text",
                "app": "events",
                "pk_attr": "event",
                "table_description": "The erasable half of an event: what was written about it, and how to reach who reported without an account.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FollowUp",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("held", fields.BooleanField(description="the agreement holds")),
                ("seen_on", fields.CharField(max_length=10)),
                ("seen_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_follow_up",
                "app": "events",
                "pk_attr": "id",
                "table_description": "A mediation was looked at again.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Gathering",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("title", fields.CharField(max_length=80)),
                ("starts_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("held_by", fields.CharField(max_length=16)),
                (
                    "team",
                    fields.CharField(
                        null=True, db_index=True, description="number of the team", max_length=16
                    ),
                ),
                ("campaign", fields.CharField(null=True, db_index=True, max_length=32)),
            ],
            options={
                "table": "events_gathering",
                "app": "events",
                "pk_attr": "event",
                "table_description": "What an activity or a meeting adds to an event: its title, from when to when, who held it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Likeness",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("words", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_likeness",
                "app": "events",
                "pk_attr": "event",
                "table_description": "What an event's text looks like, for finding repeats: a simhash of 64 bits in hex. Says nothing by itself.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Mediation",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("outcome", fields.CharField(description="oral, ordinary, difficult, failed", max_length=12)),
                ("agreement", fields.CharField(description="written, oral, none", max_length=8)),
                (
                    "studio",
                    fields.CharField(
                        null=True, db_index=True, description="number of the studio", max_length=16
                    ),
                ),
                ("follow_up_on", fields.CharField(null=True, db_index=True, max_length=10)),
                ("recorded_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("recorded_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_mediation",
                "app": "events",
                "pk_attr": "event",
                "table_description": "What mediating adds to an event: class, result, agreement, studio, and the day to look again.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PublicReport",
            fields=[
                ("number", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ("event", fields.CharField(unique=True, max_length=32)),
                ("poster", fields.CharField(db_index=True, max_length=16)),
            ],
            options={
                "table": "events_public_report",
                "app": "events",
                "pk_attr": "number",
                "table_description": "A resident reported by a poster, without an account. `number` lets them follow it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReportIn",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("dispatch", fields.CharField(db_index=True, max_length=32)),
                ("reported_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("recorded_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_report_in",
                "app": "events",
                "pk_attr": "id",
                "table_description": "A unit reported in (报到) to a dispatch.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SameThing",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                (
                    "earlier",
                    fields.CharField(
                        db_index=True, description="the event it repeats, or does not", max_length=32
                    ),
                ),
                ("same", fields.BooleanField()),
                ("said_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("said_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_same_thing",
                "app": "events",
                "pk_attr": "id",
                "table_description": "A verifier said whether an event repeats an earlier one, the latest word on it counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Satisfaction",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                (
                    "unit",
                    fields.CharField(
                        null=True, db_index=True, description="null: with the whole", max_length=32
                    ),
                ),
                ("stars", fields.IntField()),
                ("rated_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("rated_by", fields.CharField(null=True, max_length=16)),
            ],
            options={
                "table": "events_satisfaction",
                "app": "events",
                "pk_attr": "id",
                "table_description": "How content the reporter was with what was done (1 to 5), the latest counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SealOpening",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("opened_by", fields.CharField(max_length=16)),
                ("reason", fields.CharField(max_length=120)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "events_seal_opening",
                "app": "events",
                "pk_attr": "id",
                "table_description": "Somebody read the parties of a mediation, and why.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SealedText",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("sealed", fields.TextField(unique=False)),
            ],
            options={
                "table": "events_sealed_text",
                "app": "events",
                "pk_attr": "event",
                "table_description": "The parties of a mediation, encrypted under a key that is kept outside the database. Erasable.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Share",
            fields=[
                (
                    "contribution",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("parts", fields.IntField()),
            ],
            options={
                "table": "events_share",
                "app": "events",
                "pk_attr": "contribution",
                "table_description": "How much of an event's points a contribution claims, in whole parts. Without a row all claim the same.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StepNote",
            fields=[
                ("step", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("text", fields.CharField(max_length=1000)),
            ],
            options={
                "table": "events_step_note",
                "app": "events",
                "pk_attr": "step",
                "table_description": "The erasable words somebody wrote when taking a step.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Unit",
            fields=[
                ("code", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("name", fields.CharField(max_length=120)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("kind", fields.CharField(description="department, sponsor", max_length=12)),
                ("added_on", fields.CharField(max_length=10)),
                ("added_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "events_unit",
                "app": "events",
                "pk_attr": "code",
                "table_description": "A department or sponsoring unit (包保单位) that handles events or reports in to a whistle.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
