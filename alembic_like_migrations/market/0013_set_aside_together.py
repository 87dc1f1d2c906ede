"""What each purse of a household set aside for a reservation; and where a merchant's month begins in its tables."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """One more table that is only ever inserted into, and of a redemption's parts what they were set aside for."""

    dependencies = [("market", "0012_absorbed"), ("ledger", "0002_guards"), ("people", "0003_records")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ReservationPart",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="reservation#owner",
                        max_length=80,
                    ),
                ),
                ("reservation", fields.CharField(db_index=True, max_length=32)),
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
                "table": "market_reservation_part",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What one purse of a household set aside for a reservation, who agreed to it when it was made.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="RedemptionPart",
            name="reservation",
            field=fields.CharField(
                null=True,
                description="what was set aside, when that is paid with it: they agreed then",
                max_length=32,
            ),
        ),
        SqlFile(),
    ]
