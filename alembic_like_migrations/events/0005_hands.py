"""Who had a hand in an event without taking a step of it."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table that is only ever inserted into."""

    dependencies = [("events", "0004_when"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Hand",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("member", fields.CharField(max_length=16)),
                ("what", fields.CharField(description="signed_in: signed people in", max_length=12)),
            ],
            options={
                "table": "events_hand",
                "app": "events",
                "pk_attr": "id",
                "table_description": "Somebody had a hand in an event without taking a step of it: they do not verify it.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
