"""The ledger's tables; their SQL stands in 0001_initial.*.sql."""

from tortoise import fields

from alembic_like_migrations import operations
from alembic_like_migrations.operations import CreateTable, SqlFile


class Migration(operations.Migration):
    initial = True

    operations = [
        CreateTable(
            name="LedgerAccount",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("address", fields.CharField(max_length=200)),
                ("unit", fields.CharField(max_length=40)),
                ("floor", fields.BigIntField(null=True)),
                ("opened_at", fields.BigIntField(description="position of the transaction that opened it")),
            ],
            options={
                "table": "ledger_account",
                "app": "ledger",
                "unique_together": (("address", "unit"),),
                "pk_attr": "id",
                "table_description": "An account as it was opened. Never changed: a new rule is a new account.",
            },
            bases=["Model"],
        ),
        CreateTable(
            name="LedgerCheckpoint",
            fields=[
                ("size", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("root", fields.BinaryField()),
                ("note", fields.TextField(unique=False)),
                ("signed_at", fields.CharField(max_length=27)),
            ],
            options={
                "table": "ledger_checkpoint",
                "app": "ledger",
                "pk_attr": "size",
                "table_description": "A head of the log that was signed, `note` is the signed text, verbatim. id = the tree size.",
            },
            bases=["Model"],
        ),
        CreateTable(
            name="LedgerCosignature",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="size/witness",
                        max_length=120,
                    ),
                ),
                ("size", fields.IntField()),
                ("witness", fields.CharField(max_length=80)),
                ("line", fields.TextField(unique=False)),
            ],
            options={
                "table": "ledger_cosignature",
                "app": "ledger",
                "unique_together": (("size", "witness"),),
                "pk_attr": "id",
                "table_description": "A witness's line under a checkpoint, verbatim.",
            },
            bases=["Model"],
        ),
        CreateTable(
            name="LedgerPosting",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("unit", fields.CharField(max_length=40)),
                ("source", fields.IntField()),
                ("source_version", fields.IntField()),
                ("source_balance", fields.BigIntField()),
                ("target", fields.IntField()),
                ("target_version", fields.IntField()),
                ("target_balance", fields.BigIntField()),
                ("amount", fields.BigIntField()),
            ],
            options={
                "table": "ledger_posting",
                "app": "ledger",
                "unique_together": (("source", "source_version"), ("target", "target_version")),
                "pk_attr": "id",
                "table_description": "One line of a transaction, id = position × 256 + line. `source` and `target` are account ids.",
            },
            bases=["Model"],
        ),
        CreateTable(
            name="LedgerTile",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("level", fields.IntField()),
                ("index", fields.BigIntField()),
                ("hashes", fields.BinaryField()),
            ],
            options={
                "table": "ledger_tile",
                "app": "ledger",
                "unique_together": (("level", "index"),),
                "pk_attr": "id",
                "table_description": "256 RFC 6962 nodes side by side (8,192 bytes), written when full. id = level × 2⁴⁰ + index.",
            },
            bases=["Model"],
        ),
        CreateTable(
            name="LedgerTransaction",
            fields=[
                ("position", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("reference", fields.CharField(unique=True, max_length=200)),
                ("request", fields.CharField(max_length=80)),
                ("kind", fields.CharField(max_length=20)),
                ("evidence_kind", fields.CharField(max_length=20)),
                ("evidence_id", fields.CharField(max_length=80)),
                ("reverses", fields.IntField(null=True, unique=True)),
                ("effective_on", fields.CharField(max_length=10)),
                ("recorded_at", fields.CharField(max_length=27)),
                ("body", fields.BinaryField()),
                ("leaf", fields.BinaryField()),
            ],
            options={
                "table": "ledger_transaction",
                "app": "ledger",
                "pk_attr": "position",
                "table_description": "One transaction: `body` is the text that is hashed, the other columns repeat it so that it can be found.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
