"""What was reserved at home, how each reservation ended, and the days of an unmanned station."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Eight more tables that are only ever inserted into."""

    dependencies = [("market", "0007_stock"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Filling",
            fields=[
                (
                    "reservation",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("shop", fields.IntField()),
                ("locker", fields.CharField(max_length=10)),
                ("filled_by", fields.CharField(max_length=16)),
                ("filled_on", fields.CharField(max_length=10)),
                ("filled_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_filling",
                "app": "market",
                "indexes": [Index(fields=["shop", "filled_on"])],
                "pk_attr": "reservation",
                "table_description": "What was reserved at an unmanned station lies in a locker.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PickUpCode",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="shop/digest", max_length=80
                    ),
                ),
                ("reservation", fields.CharField(unique=True, max_length=32)),
                ("turn", fields.IntField(description="how often the digits drawn before were taken")),
            ],
            options={
                "table": "market_pick_up_code",
                "app": "market",
                "pk_attr": "id",
                "table_description": "The code of a reservation, as a keyed digest. The digits are reckoned anew from the reservation and the turn.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PickUpDays",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
                (
                    "weekdays",
                    fields.CharField(description="1 to 7, Monday is 1, empty: within 24 hours", max_length=7),
                ),
                ("set_by", fields.CharField(max_length=16)),
                ("set_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_pick_up_days",
                "app": "market",
                "pk_attr": "id",
                "table_description": "On which weekdays a shop hands over what was reserved. The latest word counts, without one it is 24 hours.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Reservation",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "reference",
                    fields.CharField(
                        unique=True, description="of the entry that set them aside", max_length=200
                    ),
                ),
                ("shop", fields.IntField()),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("points", fields.IntField()),
                ("made_on", fields.CharField(max_length=10)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "until_at",
                    fields.DatetimeField(
                        db_index=True,
                        description="from here on nobody picks it up",
                        auto_now=False,
                        auto_now_add=False,
                    ),
                ),
            ],
            options={
                "table": "market_reservation",
                "app": "market",
                "indexes": [Index(fields=["shop", "until_at"])],
                "pk_attr": "id",
                "table_description": "Points and goods were set aside for a member at a shop, until an instant.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReservationEnd",
            fields=[
                (
                    "reservation",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("how", fields.CharField(description="picked_up, cancelled, lapsed", max_length=12)),
                (
                    "reference",
                    fields.CharField(
                        description="of the entry that gave back what was set aside", max_length=200
                    ),
                ),
                (
                    "redemption",
                    fields.CharField(
                        null=True, db_index=True, description="of one that was picked up", max_length=200
                    ),
                ),
                (
                    "ended_by",
                    fields.CharField(null=True, description="null: it lapsed by itself", max_length=16),
                ),
                (
                    "reason",
                    fields.CharField(null=True, description="of a cancelled one: a code", max_length=20),
                ),
                ("shop", fields.IntField()),
                ("ended_on", fields.CharField(max_length=10)),
                ("ended_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "market_reservation_end",
                "app": "market",
                "indexes": [Index(fields=["shop", "ended_on"])],
                "pk_attr": "reservation",
                "table_description": "A reservation ended, once: its key is the reservation, so that of two who end it one is too late.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReservationLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="reservation#item",
                        max_length=60,
                    ),
                ),
                ("reservation", fields.CharField(db_index=True, max_length=32)),
                ("item", fields.IntField()),
                ("quantity", fields.IntField()),
                ("price", fields.IntField()),
                ("price_id", fields.CharField(max_length=32)),
            ],
            options={
                "table": "market_reservation_line",
                "app": "market",
                "pk_attr": "id",
                "table_description": "One item of a reservation, at the price of the day it was made.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StationCount",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="shop/day#item",
                        max_length=40,
                    ),
                ),
                ("station_day", fields.CharField(db_index=True, max_length=24)),
                ("item", fields.IntField()),
                ("there", fields.IntField(description="what the book has on the shelf")),
                ("set_aside", fields.IntField(description="what the book has set aside")),
                ("counted", fields.IntField()),
                ("why", fields.CharField(null=True, description="of a difference: a code", max_length=20)),
            ],
            options={
                "table": "market_station_count",
                "app": "market",
                "pk_attr": "id",
                "table_description": "How many of an item were counted on a station's day, shelf and lockers together, and how many the book has.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StationDay",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="shop/day", max_length=24
                    ),
                ),
                ("shop", fields.IntField(db_index=True)),
                ("day", fields.CharField(max_length=10)),
                ("filled", fields.IntField()),
                ("picked_up", fields.IntField()),
                ("lapsed", fields.IntField()),
                ("put_back", fields.IntField(description="lockers that were emptied again")),
                ("signed_by", fields.CharField(max_length=16)),
                ("signed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_station_day",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A day of an unmanned station was reconciled, and signed by one.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
