"""The sheet of a shift holds what was handed over in it, to the last one."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Set the trigger of 0010_shifts_stand.*.sql."""

    dependencies = [("market", "0009_allied")]

    operations = [SqlFile()]
