"""A table that was made for finding repeats and never written: words are compared as they stand (points/events/likeness.py)."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import DropTable, SqlFile


class Migration(operations.Migration):
    """One table less; its guards go with it."""

    dependencies = [("events", "0009_campaign_events")]

    operations = [SqlFile(), DropTable(name="Likeness")]
