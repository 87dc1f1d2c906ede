"""What a household earned that became part of another is spent by the other, while nobody lives in it."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """The trigger of 0003_parts.*.sql in new words."""

    dependencies = [("market", "0011_by_day"), ("people", "0006_codes")]

    operations = [SqlFile()]
