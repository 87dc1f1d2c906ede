"""What the results of audits say, so that each reader has it in their language."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table of results, insert-only like the others."""

    dependencies = [("web", "0002_audits"), ("ledger", "0003_audits")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AuditTold",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=48)),
                ("say", fields.TextField(unique=False)),
                ("advice", fields.TextField(unique=False)),
                ("facts", fields.TextField(unique=False)),
            ],
            options={
                "table": "web_audit_told",
                "app": "web",
                "pk_attr": "id",
                "table_description": "What a run began from and why, or what a finding says and what to do, to be said in the reader's language.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
