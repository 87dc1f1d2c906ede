"""Keep the tables of ledger insert-only."""

from tortoise import migrations

from alembic_like_migrations.operations import SqlFile


class Migration(migrations.Migration):
    """Set the triggers of 0002_guards.*.sql."""

    dependencies = [("ledger", "0001_initial")]

    operations = [SqlFile()]
