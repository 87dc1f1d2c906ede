"""Keep the tables of certificates and boards insert-only."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Set the triggers of 0002_guards.*.sql."""

    dependencies = [("honours", "0001_initial"), ("ledger", "0002_guards")]

    operations = [SqlFile()]
