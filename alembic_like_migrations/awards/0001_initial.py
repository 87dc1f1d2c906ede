"""The tables of awards, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Correction",
            fields=[
                ("reference", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=200)),
                ("of_reference", fields.CharField(unique=True, max_length=200)),
                ("reason", fields.CharField(max_length=40)),
                ("corrected_by", fields.CharField(max_length=16)),
                ("approved_by", fields.CharField(null=True, max_length=16)),
                ("corrected_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "awards_correction",
                "app": "awards",
                "pk_attr": "reference",
                "table_description": "Why a transaction was reversed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FundDecision",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("under", fields.CharField(max_length=15)),
                ("month", fields.CharField(max_length=7)),
                ("points", fields.BigIntField(description="in all, shared equally")),
                ("key", fields.CharField(max_length=40)),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "awards_fund_decision",
                "app": "awards",
                "unique_together": (("under", "month", "key"),),
                "pk_attr": "id",
                "table_description": "Points were allocated to the communities under an area for a month.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Repeat",
            fields=[
                ("event", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("of_event", fields.CharField(max_length=32)),
                ("ordinal", fields.IntField(description="1: the first repeat, 2: the second …")),
                ("judged_on", fields.CharField(max_length=10)),
            ],
            options={
                "table": "awards_repeat",
                "app": "awards",
                "pk_attr": "event",
                "table_description": "An event repeats another of the same community and subtype within 24 hours, judged once, at verification.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RuleBook",
            fields=[
                ("version", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("in_force_from", fields.CharField(max_length=10)),
                ("text", fields.TextField(unique=False)),
                ("digest", fields.CharField(max_length=80)),
                ("published_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_rule_book",
                "app": "awards",
                "pk_attr": "version",
                "table_description": "A published version of the rules, it never changes. `text` is the TOML that was published.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Verification",
            fields=[
                (
                    "contribution",
                    fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32),
                ),
                ("event", fields.CharField(db_index=True, max_length=32)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("decision", fields.CharField(description="accepted, returned", max_length=10)),
                ("reason", fields.CharField(null=True, max_length=40)),
                ("verifier", fields.CharField(db_index=True, max_length=16)),
                ("decided_on", fields.CharField(max_length=10)),
                ("rule_book", fields.IntField()),
                ("rule", fields.CharField(null=True, max_length=40)),
                ("points", fields.IntField()),
                ("minutes", fields.IntField()),
                (
                    "arithmetic",
                    fields.TextField(
                        description="canonical JSON: the steps from rule to points", unique=False
                    ),
                ),
                ("reference", fields.CharField(null=True, unique=True, max_length=200)),
            ],
            options={
                "table": "awards_verification",
                "app": "awards",
                "pk_attr": "contribution",
                "table_description": "A contribution was accepted or returned, with the arithmetic. `reference` is null when it is worth nothing.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Vesting",
            fields=[
                (
                    "award",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="the award's reference",
                        max_length=200,
                    ),
                ),
                ("notice", fields.CharField(max_length=32)),
                ("until_on", fields.CharField(max_length=10)),
                ("vested_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(unique=True, max_length=200)),
            ],
            options={
                "table": "awards_vesting",
                "app": "awards",
                "pk_attr": "award",
                "table_description": "The points of an award became spendable, until a day.",
            },
            bases=["Model"],
        ),
    ]
