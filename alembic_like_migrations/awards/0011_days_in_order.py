"""The first and the last entry of a day, found without reading that day: what moved in a month asks for both."""

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Lay PostgreSQL's index by days anew, with positions; SQLite keeps them in every index."""

    dependencies = [("awards", "0010_refusals")]

    operations = [SqlFile()]
