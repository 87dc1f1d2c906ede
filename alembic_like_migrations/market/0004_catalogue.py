"""What became of items and shops since they were put down: later words, limits, photos, cuts of a price."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Eight more tables that are only ever inserted into; the names of donors can be erased."""

    dependencies = [("market", "0003_parts"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DonorName",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="the key of the change of its backing",
                        max_length=32,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
            ],
            options={
                "table": "market_donor_name",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What the donor of an item is called: it may be a person, so it can be erased.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ItemChange",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("item", fields.IntField(db_index=True)),
                (
                    "what",
                    fields.CharField(
                        description="name, name_en, about, about_en, cost_fen, backing, photo, out",
                        max_length=16,
                    ),
                ),
                ("value", fields.CharField(max_length=400)),
                ("changed_on", fields.CharField(max_length=10)),
                ("changed_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_item_change",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A later word about an item, the latest of each `what` counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ItemPhoto",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("item", fields.IntField(db_index=True)),
                ("digest", fields.CharField(db_index=True, max_length=80)),
                ("small", fields.CharField(db_index=True, max_length=80)),
                ("width", fields.IntField()),
                ("height", fields.IntField()),
                ("small_width", fields.IntField()),
                ("small_height", fields.IntField()),
                ("size", fields.IntField(description="bytes of the large one")),
                ("added_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("added_by", fields.CharField(max_length=16)),
            ],
            options={
                "table": "market_item_photo",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A washed photo of an item, and a small one of it, by their digests. Which one is shown says `ItemChange`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ItemTerm",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("item", fields.IntField(db_index=True)),
                (
                    "what",
                    fields.CharField(description="limit:member:month, kinds, areas, ages", max_length=24),
                ),
                ("value", fields.CharField(description="empty: no longer", max_length=200)),
                ("from_on", fields.CharField(max_length=10)),
                ("set_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_item_term",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What holds for whoever has an item, from a day on. Of each `what` the latest that has begun counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Listing",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
                ("item", fields.IntField(db_index=True)),
                ("carried", fields.BooleanField()),
                ("changed_on", fields.CharField(max_length=10)),
                ("changed_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_listing",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A shop carries an item from now on, or no longer, the latest row of both counts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PriceRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("item", fields.IntField(db_index=True)),
                ("before", fields.IntField(description="what it costs on the day before it would begin")),
                ("points", fields.IntField()),
                ("from_on", fields.CharField(max_length=10)),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_price_request",
                "app": "market",
                "pk_attr": "id",
                "table_description": "Somebody asked to cut a price by more than half. `digest` names all that both people see.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="PriceRuling",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_price_ruling",
                "app": "market",
                "pk_attr": "request",
                "table_description": "A second person approved or refused such a request.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShopChange",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
                (
                    "what",
                    fields.CharField(description="name, kind, hours, closed, 2026-10-01", max_length=16),
                ),
                ("value", fields.CharField(max_length=400)),
                ("changed_on", fields.CharField(max_length=10)),
                ("changed_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_shop_change",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A later word about a shop, the latest of each `what` counts, and of single days that of each day.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
