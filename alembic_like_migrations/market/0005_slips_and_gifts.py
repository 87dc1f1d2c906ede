"""Paper slips with each of their steps; gifts at home and to care funds, and what a care fund gave."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Seven more tables that are only ever inserted into; why a care fund gave can be erased."""

    dependencies = [("market", "0004_catalogue"), ("ledger", "0002_guards"), ("people", "0003_records")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CareRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("community", fields.CharField(db_index=True, max_length=15)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("points", fields.IntField()),
                (
                    "reason",
                    fields.CharField(description="illness, accident, alone, hardship, other", max_length=12),
                ),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_care_request",
                "app": "market",
                "pk_attr": "id",
                "table_description": "Somebody asked that the care fund give points to a member in need. `digest` names all that both people see.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CareRuling",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_care_ruling",
                "app": "market",
                "pk_attr": "request",
                "table_description": "A second person agreed that the fund gives, or not.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CareText",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("text", fields.CharField(max_length=400)),
            ],
            options={
                "table": "market_care_text",
                "app": "market",
                "pk_attr": "request",
                "table_description": "Why, in somebody's own words: it is about a person in need, so it can be erased.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Gift",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("giver", fields.CharField(db_index=True, max_length=16)),
                (
                    "receiver",
                    fields.CharField(db_index=True, description="empty: the care fund", max_length=16),
                ),
                (
                    "community",
                    fields.CharField(description="of the care fund, empty: somebody at home", max_length=15),
                ),
                ("points", fields.IntField()),
                (
                    "named",
                    fields.BooleanField(
                        description="whether the giver agreed to be thanked by a masked name"
                    ),
                ),
                ("given_on", fields.CharField(max_length=10)),
                ("given_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "found_by",
                    fields.CharField(
                        description="home, or how the counter found them: card, number …", max_length=10
                    ),
                ),
                ("recorded_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_gift",
                "app": "market",
                "indexes": [Index(fields=["community", "given_on"])],
                "pk_attr": "id",
                "table_description": "Somebody gave points to one of their household, or to the care fund of their community.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="GiftUndoing",
            fields=[
                ("gift", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("undone_by", fields.CharField(max_length=16)),
                ("undone_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "market_gift_undoing",
                "app": "market",
                "pk_attr": "gift",
                "table_description": "The giver took a gift back on its day, before it was spent.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SlipBatch",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField()),
                ("series", fields.IntField(description="1 is A, 2 is B")),
                ("count", fields.IntField()),
                ("printed_by", fields.CharField(max_length=16)),
                ("printed_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_slip_batch",
                "app": "market",
                "unique_together": (("shop", "series"),),
                "pk_attr": "id",
                "table_description": "Numbered slips that were printed for a shop: numbers 1 to `count` of a series that nobody else has there.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SlipStep",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="1/A-0007/2: shop, number, which step",
                        max_length=60,
                    ),
                ),
                ("slip", fields.CharField(db_index=True, description="1/A-0007", max_length=40)),
                ("batch", fields.CharField(db_index=True, max_length=32)),
                ("shop", fields.IntField()),
                ("what", fields.CharField(max_length=12)),
                ("reason", fields.CharField(description="a code, empty where none is asked", max_length=12)),
                (
                    "member",
                    fields.CharField(description="empty: nobody could say whose it is", max_length=16),
                ),
                ("handed_on", fields.CharField(max_length=10)),
                ("served_by", fields.CharField(max_length=16)),
                ("basket", fields.TextField(description="canonical JSON: [[item, quantity]]", unique=False)),
                ("digest", fields.CharField(description="names all that stands on the slip", max_length=80)),
                ("by", fields.CharField(max_length=16)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_slip_step",
                "app": "market",
                "indexes": [Index(fields=["shop", "what"])],
                "pk_attr": "id",
                "table_description": "What became of a slip, step by step: only one step can be the next, so two people cannot pass each other unseen.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
