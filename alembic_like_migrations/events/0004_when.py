"""Events are found by when they happened, and steps by what they are."""

from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    dependencies = [("events", "0003_records")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="Event",
            index=Index(fields=["occurred_at", "id"]),
        ),
        ops.AddIndex(
            model_name="Step",
            index=Index(fields=["name", "taken_at"]),
        ),
    ]
