"""Whose turn it is to say what an event repeats; and pictures that look alike are found by parts of their marks."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table that is only ever inserted into, and five indexes that no model can say."""

    dependencies = [("events", "0005_hands"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SameThingTurn",
            fields=[
                (
                    "id",
                    fields.CharField(
                        description="event/number of words before it, plus 1",
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        max_length=40,
                    ),
                ),
                (
                    "of_event",
                    fields.CharField(
                        null=True, description="at a verification: what it repeats", max_length=32
                    ),
                ),
                ("ordinal", fields.IntField(null=True)),
            ],
            options={
                "table": "events_same_thing_turn",
                "app": "events",
                "pk_attr": "id",
                "table_description": "A turn with an event: each word on what it repeats takes one, its verification, which judges, the last.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
