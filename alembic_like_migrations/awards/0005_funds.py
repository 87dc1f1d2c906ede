"""Whose money a fund is, what takes two people, and the line of those who wait for it."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Five more tables, one of them erasable; and what an award is asked when it is written after it waited in line."""

    dependencies = [("awards", "0004_rule_books"), ("ledger", "0002_guards")]

    initial = False

    operations = [
        ops.CreateModel(
            name="FundBacking",
            fields=[
                ("decision", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("sponsor", fields.CharField(description="street, community, unit, company", max_length=12)),
                ("fen", fields.BigIntField()),
                (
                    "request",
                    fields.CharField(
                        null=True, description="what two people agreed to, when it went over", max_length=32
                    ),
                ),
            ],
            options={
                "table": "awards_fund_backing",
                "app": "awards",
                "pk_attr": "decision",
                "table_description": "Whose money stands behind a decision to allocate, and how much of it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FundRequest",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("under", fields.CharField(max_length=15)),
                ("month", fields.CharField(max_length=7)),
                ("points", fields.BigIntField(description="in all, shared equally")),
                ("key", fields.CharField(max_length=40)),
                ("sponsor", fields.CharField(max_length=12)),
                ("fen", fields.BigIntField()),
                (
                    "shares",
                    fields.TextField(description="canonical JSON: what each community gets", unique=False),
                ),
                ("asked_by", fields.CharField(max_length=16)),
                ("asked_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_fund_request",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "Somebody asked to allocate more than one person may. `digest` names all that both people see.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FundRuling",
            fields=[
                ("request", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_fund_ruling",
                "app": "awards",
                "pk_attr": "request",
                "table_description": "A second person approved or refused such a request.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="InLine",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("contribution", fields.CharField(max_length=32)),
                ("turns", fields.IntField()),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("member", fields.CharField(max_length=16)),
                ("verifier", fields.CharField(max_length=16)),
                ("decided_on", fields.CharField(max_length=10)),
                ("accepted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("community", fields.CharField(max_length=15)),
                ("month", fields.CharField(max_length=7)),
            ],
            options={
                "table": "awards_in_line",
                "app": "awards",
                "unique_together": (("contribution", "turns"),),
                "indexes": [Index(fields=["community", "month", "id"])],
                "pk_attr": "id",
                "table_description": "A contribution was accepted that its fund could not pay yet. The ids are the order of the line.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SponsorName",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="the decision's key, or the request's",
                        max_length=32,
                    ),
                ),
                ("name", fields.CharField(max_length=80)),
            ],
            options={
                "table": "awards_sponsor_name",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "What a sponsor is called, in the words of whoever wrote it: it may be a person, so it can be erased.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
