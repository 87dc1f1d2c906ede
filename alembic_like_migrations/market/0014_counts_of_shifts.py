"""Counts of just what differed when a shift was handed over."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table that is only ever inserted into."""

    dependencies = [("market", "0013_set_aside_together")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CountOfShift",
            fields=[
                ("count", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shift", fields.CharField(db_index=True, max_length=60)),
            ],
            options={
                "table": "market_count_of_shift",
                "app": "market",
                "pk_attr": "count",
                "table_description": "A count of just what differed when a shift was handed over.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
