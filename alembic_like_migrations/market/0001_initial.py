"""The tables of market, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Delivery",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
                ("item", fields.IntField()),
                ("quantity", fields.IntField()),
                ("document", fields.CharField(max_length=60)),
                ("received_by", fields.CharField(max_length=16)),
                ("received_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_delivery",
                "app": "market",
                "pk_attr": "id",
                "table_description": "Goods came in, with a document.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Item",
            fields=[
                ("number", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(unique=True, max_length=60)),
                ("name_en", fields.CharField(max_length=60)),
                ("kind", fields.CharField(description="goods, service, honour", max_length=10)),
                ("cost_fen", fields.IntField(description="what one costs, in fen")),
            ],
            options={
                "table": "market_item",
                "app": "market",
                "pk_attr": "number",
                "table_description": "Something that can be had for points.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Price",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("item", fields.IntField(db_index=True)),
                ("points", fields.IntField()),
                ("from_on", fields.CharField(max_length=10)),
                ("set_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "market_price",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What an item costs in points from a day on, the latest that has begun counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Redemption",
            fields=[
                ("reference", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("shop", fields.IntField(db_index=True)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("served_by", fields.CharField(db_index=True, max_length=16)),
                (
                    "found_by",
                    fields.CharField(description="card, phone, code, number, manual", max_length=10),
                ),
                ("points", fields.IntField()),
                ("redeemed_on", fields.CharField(db_index=True, max_length=10)),
                ("redeemed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "market_redemption",
                "app": "market",
                "pk_attr": "reference",
                "table_description": "Things were handed over for points. The number on the receipt is the position of its transaction.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RedemptionLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="reference#item",
                        max_length=220,
                    ),
                ),
                ("redemption", fields.CharField(db_index=True, max_length=200)),
                ("item", fields.IntField()),
                ("quantity", fields.IntField()),
                ("price", fields.IntField()),
            ],
            options={
                "table": "market_redemption_line",
                "app": "market",
                "pk_attr": "id",
                "table_description": "One item of a redemption, at the price it had.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Shop",
            fields=[
                ("number", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(unique=True, max_length=60)),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("hours", fields.CharField(max_length=80)),
                ("opened_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "market_shop",
                "app": "market",
                "pk_attr": "number",
                "table_description": "A moral points supermarket or a station (驿站) of a community.",
            },
            bases=["Model"],
        ),
    ]
