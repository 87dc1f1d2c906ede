"""The record of audits that found nothing; its SQL stands in 0003_audits.*.sql."""

from tortoise import fields

from alembic_like_migrations import operations
from alembic_like_migrations.operations import CreateTable, SqlFile


class Migration(operations.Migration):
    """One more table of the ledger, insert-only like the others."""

    dependencies = [("ledger", "0002_guards")]

    operations = [
        CreateTable(
            name="LedgerAudit",
            fields=[
                ("checked_at", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=27)),
                ("size", fields.IntField()),
                ("root", fields.BinaryField()),
                ("since", fields.IntField()),
                ("note", fields.TextField()),
            ],
            options={
                "table": "ledger_audit",
                "app": "ledger",
                "pk_attr": "checked_at",
                "table_description": "An audit that found nothing: how far, from where on (0: all of it), and the note in which the key says so.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
