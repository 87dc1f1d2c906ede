"""An index that no question of ours uses: who verified is read with what was verified."""

from tortoise import fields

from alembic_like_migrations import operations
from alembic_like_migrations.operations import DropIndex, SqlFile


class Migration(operations.Migration):
    """One index less to write with each verification."""

    dependencies = [("awards", "0011_days_in_order")]

    operations = [
        SqlFile(),
        DropIndex(model_name="Verification", name="verifier", field=fields.CharField(max_length=16)),
    ]
