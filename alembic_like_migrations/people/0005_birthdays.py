"""People found by their birthday: who was enrolled twice was born on one day."""

from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    """One index."""

    dependencies = [("people", "0004_applications")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="Person",
            index=Index(fields=["birthday"]),
        ),
    ]
