"""All that somebody says who asks to be enrolled, why they were refused, and people found by how their name begins."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Columns that may be empty, and two indexes; names are put in order before the second one."""

    dependencies = [("people", "0003_records")]

    initial = False

    operations = [
        ops.AddField(
            model_name="ApplicationDecision",
            name="reason",
            field=fields.CharField(null=True, description="of a refused one: a code", max_length=20),
        ),
        ops.AddField(
            model_name="ApplicationText",
            name="agrees",
            field=fields.CharField(
                null=True, description="consents, with spaces between them", max_length=80
            ),
        ),
        ops.AddField(
            model_name="ApplicationText",
            name="guardian_name",
            field=fields.CharField(null=True, max_length=40),
        ),
        ops.AddField(
            model_name="ApplicationText",
            name="guardian_phone",
            field=fields.CharField(null=True, max_length=20),
        ),
        ops.AddField(
            model_name="ApplicationText",
            name="language",
            field=fields.CharField(null=True, description="zh, en", max_length=5),
        ),
        ops.AddIndex(
            model_name="ApplicationText",
            index=Index(fields=["phone"]),
        ),
        SqlFile(),
        ops.AddIndex(
            model_name="Person",
            index=Index(fields=["name", "member"]),
        ),
    ]
