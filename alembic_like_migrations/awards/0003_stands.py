"""What is accepted stands when it is written: no event found false, no verifier whose role ended or who lives there."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Set the trigger of 0003_stands.*.sql."""

    dependencies = [("awards", "0002_guards"), ("events", "0003_records"), ("people", "0003_records")]

    operations = [SqlFile()]
