"""The paper behind an assessment's money, and requests to close a year that are refused."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Two tables that are only ever inserted into; a request to close a year is decided once."""

    dependencies = [("awards", "0009_by_day"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BackingDocument",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="what the money stands behind",
                        max_length=32,
                    ),
                ),
                ("document", fields.CharField(max_length=60)),
            ],
            options={
                "table": "awards_backing_document",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "The document by which a sponsor's money was given: of an assessment, by its key.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="YearRefusal",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("reason", fields.CharField(max_length=20)),
                ("refused_by", fields.CharField(max_length=16)),
                ("refused_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_year_refusal",
                "app": "awards",
                "pk_attr": "request",
                "table_description": "A second person refused a request to close a year, and why.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
