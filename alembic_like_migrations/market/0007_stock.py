"""Papers of deliveries, transfers, losses, counts approved by a second person, what is too few and what is to come."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Fifteen more tables that are only ever inserted into, and an index on deliveries."""

    dependencies = [("market", "0006_undoing")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ArrivalLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="transfer#item",
                        max_length=50,
                    ),
                ),
                ("transfer", fields.CharField(db_index=True, max_length=32)),
                ("item", fields.IntField()),
                ("sent", fields.IntField()),
                ("arrived", fields.IntField()),
                ("reason", fields.CharField(max_length=20)),
            ],
            options={
                "table": "market_arrival_line",
                "app": "market",
                "pk_attr": "id",
                "table_description": "So many of an item arrived, with the reason where it is another number than was sent.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CountAdjustment",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="count#item", max_length=50
                    ),
                ),
                ("shop", fields.IntField(db_index=True)),
                ("item", fields.IntField()),
                ("quantity", fields.IntField(description="below zero: missing")),
                ("reason", fields.CharField(max_length=20)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_count_adjustment",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A count changed the stock by so many, with the reason.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CountEntry",
            fields=[
                ("count", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("entered_by", fields.CharField(max_length=16)),
                ("entered_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_count_entry",
                "app": "market",
                "pk_attr": "count",
                "table_description": "What was counted was written down, before anybody saw what the book says.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CountLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="count#item", max_length=50
                    ),
                ),
                ("count", fields.CharField(db_index=True, max_length=32)),
                ("item", fields.IntField()),
                ("counted", fields.IntField()),
                ("book", fields.IntField()),
                ("version", fields.BigIntField()),
            ],
            options={
                "table": "market_count_line",
                "app": "market",
                "pk_attr": "id",
                "table_description": "An item as it was counted, and as the book had it at that moment, after the account's so many postings.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeliveryCorrection",
            fields=[
                (
                    "of_reference",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200),
                ),
                ("shop", fields.IntField()),
                ("reason", fields.CharField(max_length=20)),
                ("corrected_by", fields.CharField(max_length=16)),
                ("approved_by", fields.CharField(null=True, max_length=16)),
                ("corrected_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_delivery_correction",
                "app": "market",
                "pk_attr": "of_reference",
                "table_description": "A delivery that was entered wrongly was undone.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DeliveryPaper",
            fields=[
                ("reference", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("shop", fields.IntField(db_index=True)),
                ("source", fields.CharField(description="bought, donated, allocated", max_length=10)),
                ("supplier", fields.CharField(max_length=60)),
            ],
            options={
                "table": "market_delivery_paper",
                "app": "market",
                "pk_attr": "reference",
                "table_description": "From whom a delivery came, one row for each, the goods are rows of market_delivery.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ExpectedDelivery",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField()),
                ("item", fields.IntField()),
                ("expected_on", fields.CharField(max_length=10)),
                ("set_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_expected_delivery",
                "app": "market",
                "indexes": [Index(fields=["shop", "item", "id"])],
                "pk_attr": "id",
                "table_description": "When an item is to come to a shop, the latest row counts, an empty day takes it back.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StockCount",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField()),
                ("opened_by", fields.CharField(max_length=16)),
                ("opened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("position", fields.BigIntField()),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_stock_count",
                "app": "market",
                "indexes": [Index(fields=["shop", "id"])],
                "pk_attr": "id",
                "table_description": "A sheet to count a shop's shelf with, begun after the entry at `position`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StockLoss",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True, unique=True, db_index=True, description="loss#item", max_length=50
                    ),
                ),
                ("shop", fields.IntField()),
                ("item", fields.IntField()),
                ("quantity", fields.IntField()),
                ("reason", fields.CharField(max_length=20)),
                ("reported_by", fields.CharField(max_length=16)),
                ("approved_by", fields.CharField(null=True, max_length=16)),
                ("lost_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_stock_loss",
                "app": "market",
                "indexes": [Index(fields=["shop", "id"])],
                "pk_attr": "id",
                "table_description": "Goods that cannot be handed over any more.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StockRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("kind", fields.CharField(description="loss, count, delivery", max_length=10)),
                ("shop", fields.IntField(db_index=True)),
                (
                    "subject",
                    fields.CharField(description="the count, the reference of the delivery", max_length=200),
                ),
                (
                    "lines",
                    fields.TextField(
                        description="[[item, quantity, reason]] as canonical text", unique=False
                    ),
                ),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=80)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_stock_request",
                "app": "market",
                "indexes": [Index(fields=["subject", "id"])],
                "pk_attr": "id",
                "table_description": "What one person asks for at a shop and another decides on.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StockRuling",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_stock_ruling",
                "app": "market",
                "pk_attr": "request",
                "table_description": "What the second person said.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="StockThreshold",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField()),
                ("item", fields.IntField()),
                ("least", fields.IntField()),
                ("set_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_stock_threshold",
                "app": "market",
                "indexes": [Index(fields=["shop", "item", "id"])],
                "pk_attr": "id",
                "table_description": "From when on an item is too few at a shop, the latest row counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Transfer",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("source", fields.IntField()),
                ("target", fields.IntField()),
                ("sent_by", fields.CharField(max_length=16)),
                ("sent_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_transfer",
                "app": "market",
                "indexes": [Index(fields=["source", "id"]), Index(fields=["target", "id"])],
                "pk_attr": "id",
                "table_description": "Goods left one shop for another.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TransferArrival",
            fields=[
                ("transfer", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("received_by", fields.CharField(max_length=16)),
                ("received_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_transfer_arrival",
                "app": "market",
                "pk_attr": "transfer",
                "table_description": "The other shop received a transfer.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="TransferLine",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="transfer#item",
                        max_length=50,
                    ),
                ),
                ("transfer", fields.CharField(db_index=True, max_length=32)),
                ("item", fields.IntField()),
                ("quantity", fields.IntField()),
            ],
            options={
                "table": "market_transfer_line",
                "app": "market",
                "pk_attr": "id",
                "table_description": "So many of an item were sent.",
            },
            bases=["Model"],
        ),
        ops.AddIndex(
            model_name="Delivery",
            index=Index(fields=["shop", "id"]),
        ),
        SqlFile(),
    ]
