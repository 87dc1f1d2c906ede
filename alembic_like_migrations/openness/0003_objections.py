"""Objections to a line of a notice, what they freeze, and the answers; what is frozen does not vest meanwhile."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Four tables that are only ever inserted into, two of prose, and the triggers of 0003_objections.*.sql."""

    dependencies = [("openness", "0002_guards"), ("awards", "0003_stands"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Freeze",
            fields=[
                ("reference", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("award", fields.CharField(db_index=True, max_length=200)),
                ("points", fields.IntField()),
                ("frozen_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "openness_freeze",
                "app": "openness",
                "pk_attr": "reference",
                "table_description": "The points of an award were frozen, by the entry of this reference.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Objection",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "number",
                    fields.CharField(
                        unique=True, description="Y-ACDEFHJK, by which one asks for the answer", max_length=16
                    ),
                ),
                (
                    "award",
                    fields.CharField(db_index=True, description="the award's reference", max_length=200),
                ),
                ("notice", fields.CharField(max_length=32)),
                ("reason", fields.CharField(max_length=20)),
                ("objector", fields.CharField(null=True, description="null for a visitor", max_length=16)),
                (
                    "recorded_by",
                    fields.CharField(null=True, description="who wrote it down at the desk", max_length=16),
                ),
                ("made_on", fields.CharField(max_length=10)),
                ("answer_by", fields.CharField(db_index=True, max_length=10)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "openness_objection",
                "app": "openness",
                "pk_attr": "id",
                "table_description": "Somebody objected to a line of a notice. Who it was is told to nobody but those who answer.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ObjectionText",
            fields=[
                ("objection", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("text", fields.TextField(unique=False)),
                ("contact", fields.CharField(max_length=40)),
            ],
            options={
                "table": "openness_objection_text",
                "app": "openness",
                "pk_attr": "objection",
                "table_description": "What they said, and how a visitor can be reached, it can be erased.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Release",
            fields=[
                (
                    "freeze",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="the freeze's reference",
                        max_length=200,
                    ),
                ),
                ("how", fields.CharField(description="dismissed, corrected", max_length=10)),
                ("released_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "openness_release",
                "app": "openness",
                "pk_attr": "freeze",
                "table_description": "A freeze ended: its objections were dismissed, or the award was corrected.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Ruling",
            fields=[
                ("objection", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("decision", fields.CharField(description="upheld, dismissed", max_length=10)),
                ("ruled_by", fields.CharField(max_length=16)),
                ("ruled_on", fields.CharField(max_length=10)),
                ("correction", fields.CharField(null=True, max_length=200)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "openness_ruling",
                "app": "openness",
                "pk_attr": "objection",
                "table_description": "The answer to an objection. An upheld one names the correction.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RulingText",
            fields=[
                ("objection", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "openness_ruling_text",
                "app": "openness",
                "pk_attr": "objection",
                "table_description": "The words of an answer, they can be erased.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
