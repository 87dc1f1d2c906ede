"""What the files of old batches were called moves to where it can be erased."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Rows alone; the guard steps aside for them, within the migration's transaction."""

    dependencies = [("events", "0010_no_likeness"), ("people", "0003_records")]

    operations = [SqlFile()]
