"""Alliances, merchants with their contracts, what is settled with them, and what communities owe each other."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Fifteen more tables that are only ever inserted into; what a merchant wrote can be erased."""

    dependencies = [("market", "0008_reservations"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Alliance",
            fields=[
                ("number", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(unique=True, max_length=60)),
                ("kind", fields.CharField(description="alliance, demonstration", max_length=16)),
                (
                    "area",
                    fields.CharField(
                        db_index=True, description="whose admins say who belongs to it", max_length=15
                    ),
                ),
                ("founded_on", fields.CharField(max_length=10)),
                ("founded_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_alliance",
                "app": "market",
                "pk_attr": "number",
                "table_description": "Shops and communities that belong together: a credit alliance (信用联盟) or a demonstration point (示范点).",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AllianceJoin",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("alliance", fields.IntField(db_index=True)),
                ("kind", fields.CharField(description="shop, community", max_length=10)),
                ("who", fields.CharField(db_index=True, description="the number or the code", max_length=15)),
                ("joined_on", fields.CharField(max_length=10)),
                ("joined_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_alliance_join",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A shop or a community belongs to an alliance from a day on, until it left.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AllianceLeave",
            fields=[
                ("joined", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("left_on", fields.CharField(max_length=10)),
                ("left_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_alliance_leave",
                "app": "market",
                "pk_attr": "joined",
                "table_description": "It belongs to it no more from this day on.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Contract",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
                ("from_on", fields.CharField(max_length=10)),
                ("until_on", fields.CharField(max_length=10)),
                (
                    "sponsor",
                    fields.CharField(
                        description="whose money pays: street, community, unit, company", max_length=10
                    ),
                ),
                ("signed_by", fields.CharField(max_length=16)),
                ("signed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_contract",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A merchant hands over what is listed, from a day until a day, both included, and is paid for it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ContractEnd",
            fields=[
                ("contract", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("ended_on", fields.CharField(max_length=10)),
                ("ended_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_contract_end",
                "app": "market",
                "pk_attr": "contract",
                "table_description": "A contract ended before its time: this day is the first without it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ContractTerm",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="contract#item",
                        max_length=50,
                    ),
                ),
                ("contract", fields.CharField(db_index=True, max_length=32)),
                ("item", fields.IntField()),
                ("fen", fields.IntField()),
            ],
            options={
                "table": "market_contract_term",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What a merchant is paid for one of an item, where that is not what the item costs.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="MerchantStaff",
            fields=[
                ("grant", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
            ],
            options={
                "table": "market_merchant_staff",
                "app": "market",
                "pk_attr": "grant",
                "table_description": "At which shop somebody works who was granted the role of a merchant.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Netting",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("under", fields.CharField(max_length=15)),
                ("month", fields.CharField(max_length=7)),
                ("text", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=80)),
                ("drawn_by", fields.CharField(max_length=16)),
                ("drawn_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_netting",
                "app": "market",
                "indexes": [Index(fields=["under", "month"])],
                "pk_attr": "id",
                "table_description": "What the communities owe each other for a month, as somebody drew it up. `text` holds every figure.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="NettingRuling",
            fields=[
                ("netting", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_netting_ruling",
                "app": "market",
                "pk_attr": "netting",
                "table_description": "A second person approved or refused it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Settlement",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("shop", fields.IntField(db_index=True)),
                ("month", fields.CharField(max_length=7)),
                ("points", fields.BigIntField(description="that leave what the shop took")),
                (
                    "fen",
                    fields.BigIntField(
                        description="of this month, what was undone of earlier ones taken off"
                    ),
                ),
                ("brought", fields.BigIntField(description="fen paid too much before: zero or less")),
                ("sponsor", fields.CharField(max_length=10)),
                ("text", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=80)),
                ("drawn_by", fields.CharField(max_length=16)),
                ("drawn_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_settlement",
                "app": "market",
                "indexes": [Index(fields=["shop", "month"])],
                "pk_attr": "id",
                "table_description": "A merchant's month as somebody drew it up. `text` is the whole statement, `digest` names it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SettlementLine",
            fields=[
                (
                    "entry",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="the reference of either",
                        max_length=200,
                    ),
                ),
                ("settlement", fields.CharField(db_index=True, max_length=32)),
                ("points", fields.BigIntField()),
                ("fen", fields.BigIntField(description="below zero: taken off")),
            ],
            options={
                "table": "market_settlement_line",
                "app": "market",
                "pk_attr": "entry",
                "table_description": "A redemption was settled, or one that was undone afterwards was taken off: each of them once, for ever.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SettlementNote",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("settlement", fields.CharField(db_index=True, max_length=32)),
                ("noted_by", fields.CharField(max_length=16)),
                ("noted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_settlement_note",
                "app": "market",
                "pk_attr": "id",
                "table_description": "A merchant says before it is approved that something is not right.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SettlementNoteText",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("text", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_settlement_note_text",
                "app": "market",
                "pk_attr": "id",
                "table_description": "What they wrote. Somebody may be named in it, so it can be erased.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SettlementPayment",
            fields=[
                ("settlement", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("fen", fields.BigIntField()),
                ("document", fields.CharField(max_length=60)),
                ("paid_on", fields.CharField(max_length=10)),
                ("paid_by", fields.CharField(max_length=16)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_settlement_payment",
                "app": "market",
                "pk_attr": "settlement",
                "table_description": "The money was paid, with a document.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SettlementRuling",
            fields=[
                ("settlement", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "market_settlement_ruling",
                "app": "market",
                "pk_attr": "settlement",
                "table_description": "A second person approved or refused it.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
