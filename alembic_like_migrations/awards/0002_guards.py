"""Keep the tables of awards insert-only."""

from tortoise import migrations

from alembic_like_migrations.operations import SqlFile


class Migration(migrations.Migration):
    """Set the triggers of 0002_guards.*.sql."""

    dependencies = [("awards", "0001_initial"), ("ledger", "0002_guards")]

    operations = [SqlFile()]
