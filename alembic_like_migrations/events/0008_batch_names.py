"""What the file of a batch was called, where it can be erased."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    """One table whose rows may be erased."""

    dependencies = [("events", "0007_below")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BatchName",
            fields=[
                ("batch", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("name", fields.CharField(max_length=200)),
            ],
            options={
                "table": "events_batch_name",
                "app": "events",
                "pk_attr": "batch",
                "table_description": "What the file of a batch was called, apart from the batch so that it can be erased.",
            },
            bases=["Model"],
        ),
    ]
