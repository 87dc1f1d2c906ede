"""The results of audits: what was found, kept for good."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    dependencies = [("web", "0001_initial"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AuditFinding",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="run/number", max_length=48
                    ),
                ),
                ("run", fields.CharField(db_index=True, max_length=36)),
                ("number", fields.IntField()),
                ("check_name", fields.CharField(max_length=40)),
                ("position", fields.BigIntField(null=True, description="the transaction it is about")),
                ("row", fields.CharField(max_length=200)),
                ("what", fields.CharField(max_length=400)),
            ],
            options={
                "table": "web_audit_finding",
                "app": "web",
                "pk_attr": "id",
                "table_description": "One thing that a run found, in the order it was found. Never changed. The first thousand of a run are kept.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AuditRun",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=36)),
                ("run_by", fields.CharField(max_length=40)),
                ("finished_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("milliseconds", fields.BigIntField()),
                ("size", fields.BigIntField(description="how many transactions were checked")),
                (
                    "root",
                    fields.CharField(
                        description="the root then in hex, empty when it could not be computed",
                        max_length=64,
                    ),
                ),
                ("checks", fields.IntField()),
                ("findings", fields.IntField(description="0: the ledger is whole")),
            ],
            options={
                "table": "web_audit_run",
                "app": "web",
                "pk_attr": "id",
                "table_description": "The whole ledger was checked, with this result. `id` is its job's. Never changed.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
