"""The ledger by the day entries took effect: what moved in a month costs what that month costs."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Lay the index of 0009_by_day.*.sql."""

    dependencies = [("awards", "0008_shares"), ("ledger", "0002_guards")]

    operations = [SqlFile()]
