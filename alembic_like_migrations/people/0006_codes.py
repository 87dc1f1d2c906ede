"""Identity codes, which come and go, and which cards were printed by whom."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One table that may change, and two that are only ever inserted into."""

    dependencies = [("people", "0005_birthdays"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CardPrint",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="printing/place on its sheets",
                        max_length=48,
                    ),
                ),
                ("printing", fields.CharField(db_index=True, max_length=32)),
                ("card", fields.CharField(db_index=True, max_length=8)),
                ("member", fields.CharField(db_index=True, max_length=16)),
            ],
            options={
                "table": "people_card_print",
                "app": "people",
                "pk_attr": "id",
                "table_description": "One card of a printing.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CardPrinting",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("printed_by", fields.CharField(db_index=True, max_length=16)),
                ("printed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "area",
                    fields.CharField(null=True, description="null: the card of one member", max_length=15),
                ),
                ("cards", fields.IntField(description="how many")),
                ("reference", fields.CharField(description="the act in the ledger", max_length=200)),
            ],
            options={
                "table": "people_card_printing",
                "app": "people",
                "pk_attr": "id",
                "table_description": "Cards were printed, a sheet or many, by somebody for a place or for one member.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="IdentityCode",
            fields=[
                ("member", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=16)),
                ("nonce", fields.CharField(max_length=32)),
                (
                    "digits",
                    fields.CharField(unique=True, description="keyed digest of the 8 digits", max_length=64),
                ),
                (
                    "token",
                    fields.CharField(
                        unique=True, description="keyed digest of what the QR holds", max_length=64
                    ),
                ),
                ("drawn_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "until",
                    fields.DatetimeField(
                        description="it finds nobody from this moment", auto_now=False, auto_now_add=False
                    ),
                ),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "used_by",
                    fields.CharField(null=True, description="who found the member by it", max_length=16),
                ),
            ],
            options={
                "table": "people_identity_code",
                "app": "people",
                "pk_attr": "member",
                "table_description": "The code that a member shows now, one for each, replaced by their next (may change, like sessions).",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
