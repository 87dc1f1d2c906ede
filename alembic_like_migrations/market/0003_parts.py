"""What each purse gave to a redemption that a household paid together, and that who gave it agrees when it is written."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table that is only ever inserted into."""

    dependencies = [("market", "0002_guards"), ("ledger", "0002_guards"), ("people", "0003_records")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RedemptionPart",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="reference#owner",
                        max_length=250,
                    ),
                ),
                ("redemption", fields.CharField(db_index=True, max_length=200)),
                ("household", fields.CharField(max_length=20)),
                (
                    "owner",
                    fields.CharField(
                        db_index=True, description="member/V-000001, household/H-000001", max_length=40
                    ),
                ),
                ("points", fields.IntField()),
            ],
            options={
                "table": "market_redemption_part",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What one purse gave to a redemption that a household paid together, who asked for it gave as much as they had.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
