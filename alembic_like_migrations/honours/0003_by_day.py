"""Awards and corrections by their day: a board asks for those of one month, however many there are."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Lay the indexes of 0003_by_day.*.sql."""

    dependencies = [("honours", "0002_guards"), ("awards", "0003_stands")]

    operations = [SqlFile()]
