"""Events below an area are read from one index; so are those of everywhere, and few are looked up by lane or category."""

from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    dependencies = [("events", "0006_turns")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="Amendment",
            index=Index(fields=["category"]),
        ),
        ops.AddIndex(
            model_name="Dispatch",
            index=Index(fields=["lane"]),
        ),
        ops.RemoveIndex(
            model_name="Event",
            name=None,
            fields=["occurred_at", "id"],
        ),
        ops.AddIndex(
            model_name="Event",
            index=Index(fields=["occurred_at", "id", "area", "kind", "category"]),
        ),
        ops.AddIndex(
            model_name="Event",
            index=Index(fields=["area", "occurred_at", "id", "kind", "category"]),
        ),
    ]
