"""A shop's redemptions by day: what a counter shows beside it costs what that day costs, however long the book."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Lay the index of 0011_by_day.*.sql."""

    dependencies = [("market", "0010_shifts_stand"), ("ledger", "0002_guards")]

    operations = [SqlFile()]
