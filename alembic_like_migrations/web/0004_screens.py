"""Second screens at a counter, and how often a receipt was put on paper."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """A screen comes and goes; a print is a row that stays."""

    dependencies = [("web", "0003_audits_told"), ("ledger", "0003_audits")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ReceiptPrint",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="position/number",
                        max_length=60,
                    ),
                ),
                (
                    "key",
                    fields.CharField(
                        unique=True, description="of the press, so that two are one", max_length=40
                    ),
                ),
                ("position", fields.BigIntField(db_index=True)),
                ("number", fields.IntField()),
                ("printed_by", fields.CharField(max_length=40)),
                ("printed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "web_receipt_print",
                "app": "web",
                "pk_attr": "id",
                "table_description": "A receipt was put on paper. The first is the receipt, each later one a reprint. Never changed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Screen",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=64)),
                (
                    "code",
                    fields.CharField(
                        null=True,
                        unique=True,
                        description="what it shows until it is paired",
                        max_length=6,
                    ),
                ),
                (
                    "till",
                    fields.CharField(
                        null=True,
                        db_index=True,
                        description="SHA-256 of the cookie of its till",
                        max_length=64,
                    ),
                ),
                ("shop", fields.IntField(null=True)),
                (
                    "sealed",
                    fields.TextField(
                        default="",
                        description="the order that the till shows it, before any PIN",
                        unique=False,
                    ),
                ),
                (
                    "agreed_at",
                    fields.DatetimeField(
                        null=True,
                        description="when the PIN was given here for that order",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
                ("position", fields.BigIntField(null=True, description="what became of the order")),
                (
                    "turned_at",
                    fields.DatetimeField(
                        description="when what it shows last changed", auto_now=False, auto_now_add=False
                    ),
                ),
            ],
            options={
                "table": "web_screen",
                "app": "web",
                "pk_attr": "id",
                "table_description": "A second screen at a counter. `id` is the SHA-256 (hex) of its cookie. It shows what one till shows it.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
