"""The tables of evidence, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Erasure",
            fields=[
                ("snapshot", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120)),
                ("erased_on", fields.CharField(max_length=10)),
                ("rule", fields.CharField(max_length=80)),
            ],
            options={
                "table": "evidence_erasure",
                "app": "evidence",
                "pk_attr": "snapshot",
                "table_description": "A snapshot's text was erased, on a day and by a rule.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Snapshot",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120)),
                ("digest", fields.CharField(max_length=80)),
                ("taken_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "evidence_snapshot",
                "app": "evidence",
                "pk_attr": "id",
                "table_description": "What was known when a transaction was written. digest = `sha256:` of salt ‖ text, id = kind/subject.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SnapshotText",
            fields=[
                ("snapshot", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=120)),
                ("salt", fields.CharField(max_length=64)),
                ("text", fields.TextField(unique=False)),
            ],
            options={
                "table": "evidence_snapshot_text",
                "app": "evidence",
                "pk_attr": "snapshot",
                "table_description": "The erasable half: the canonical text and its salt. Without it the digest tells nothing.",
            },
            bases=["Model"],
        ),
    ]
