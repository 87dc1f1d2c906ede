"""The tables of events, as Tortoise writes them."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Assignment",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("verifier", fields.CharField(db_index=True, max_length=16)),
                ("assigned_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "events_assignment",
                "app": "events",
                "pk_attr": "id",
                "table_description": "An event was given to a verifier by rota, the latest assignment counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Batch",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "kind",
                    fields.CharField(description="areas, members, events, contributions", max_length=20),
                ),
                ("source", fields.CharField(null=True, max_length=40)),
                ("file_name", fields.CharField(max_length=200)),
                ("file_digest", fields.CharField(max_length=80)),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "events_batch",
                "app": "events",
                "pk_attr": "id",
                "table_description": "One imported file and what it was. Its rows are inserted in parts, each with an act.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Contribution",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                (
                    "role",
                    fields.CharField(description="reporter, handler, mediator, participant", max_length=12),
                ),
                ("minutes", fields.IntField(null=True)),
                (
                    "outcome",
                    fields.CharField(
                        null=True, description="mediators: oral, ordinary, difficult, failed", max_length=12
                    ),
                ),
                ("batch", fields.CharField(null=True, db_index=True, max_length=32)),
            ],
            options={
                "table": "events_contribution",
                "app": "events",
                "unique_together": (("event", "member", "role"),),
                "pk_attr": "id",
                "table_description": "Who did what in an event, for how long.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Event",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "kind",
                    fields.CharField(
                        description="report, mediation, activity, meeting, decision", max_length=12
                    ),
                ),
                ("source", fields.CharField(max_length=40)),
                ("external_id", fields.CharField(max_length=80)),
                (
                    "category",
                    fields.CharField(
                        description="D S F H E N P T W C A V M Z of mission.md §5", max_length=1
                    ),
                ),
                ("type_name", fields.CharField(description="its own words, kept", max_length=80)),
                ("main_type_name", fields.CharField(max_length=80)),
                ("subtype_name", fields.CharField(max_length=120)),
                (
                    "origin_name",
                    fields.CharField(
                        null=True, description="the channel it came by, in its own words", max_length=80
                    ),
                ),
                ("property_name", fields.CharField(null=True, max_length=40)),
                (
                    "handler_name",
                    fields.CharField(null=True, description="the unit that handled it", max_length=120),
                ),
                (
                    "area",
                    fields.CharField(
                        null=True,
                        db_index=True,
                        description="null: the source named no community",
                        max_length=15,
                    ),
                ),
                (
                    "severity",
                    fields.CharField(default="ordinary", description="ordinary, major", max_length=12),
                ),
                ("found_first", fields.BooleanField(default=False, description="未诉先办")),
                ("occurred_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("batch", fields.CharField(null=True, db_index=True, max_length=32)),
            ],
            options={
                "table": "events_event",
                "app": "events",
                "unique_together": (("source", "external_id"),),
                "indexes": [Index(fields=["area", "subtype_name", "occurred_at"])],
                "pk_attr": "id",
                "table_description": "Something happened in a place, on a day. (source, external_id) names it in the system it came from.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Step",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                (
                    "name",
                    fields.CharField(
                        description="reported, assigned, handled, verified, archived, rated", max_length=12
                    ),
                ),
                (
                    "taken_at",
                    fields.DatetimeField(
                        null=True,
                        description="null: the source says that, not when",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
                ("actor", fields.CharField(null=True, max_length=16)),
                ("on_time", fields.BooleanField(null=True)),
            ],
            options={
                "table": "events_step",
                "app": "events",
                "pk_attr": "id",
                "table_description": "One of the six steps of an event was taken (发现上报 … 考核评价).",
            },
            bases=["Model"],
        ),
    ]
