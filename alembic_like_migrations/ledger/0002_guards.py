"""Keep the tables of ledger insert-only."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Set the triggers of 0002_guards.*.sql."""

    dependencies = [("ledger", "0001_initial")]

    operations = [SqlFile()]
