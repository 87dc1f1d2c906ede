"""What others than one member earn: shares of awards, when they vest, and assessments of communities."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations
from alembic_like_migrations.operations import SqlFile


class Migration(operations.Migration):
    """Four tables that are only ever inserted into, and a share that vests only while its award stands."""

    dependencies = [
        ("awards", "0007_second_looks"),
        ("openness", "0003_objections"),
        ("ledger", "0002_guards"),
    ]

    initial = False

    operations = [
        ops.CreateModel(
            name="Assessment",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("community", fields.CharField(db_index=True, max_length=15)),
                ("month", fields.CharField(description="the month that was assessed", max_length=7)),
                ("score", fields.IntField(description="of 100")),
                ("rule_book", fields.IntField()),
                ("rule", fields.CharField(max_length=40)),
                ("points", fields.IntField()),
                ("into", fields.CharField(description="the month whose fund gets them", max_length=7)),
                ("event", fields.CharField(max_length=32)),
                ("assessed_by", fields.CharField(max_length=16)),
                ("assessed_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(description="of what both people see", max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_assessment",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "The work of a community in a month was assessed, it earns points into its fund once somebody else agrees.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AssessmentRuling",
            fields=[
                ("assessment", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ("approved", fields.BooleanField()),
                ("decided_by", fields.CharField(max_length=16)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "awards_assessment_ruling",
                "app": "awards",
                "pk_attr": "assessment",
                "table_description": "Somebody else agreed to an assessment or sent it back.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="AwardShare",
            fields=[
                (
                    "id",
                    fields.CharField(
                        primary_key=True,
                        unique=True,
                        db_index=True,
                        description="award#owner",
                        max_length=240,
                    ),
                ),
                ("award", fields.CharField(db_index=True, max_length=200)),
                (
                    "owner",
                    fields.CharField(
                        db_index=True, description="team/T-0001, household/H-000001", max_length=40
                    ),
                ),
                ("points", fields.IntField()),
            ],
            options={
                "table": "awards_share",
                "app": "awards",
                "pk_attr": "id",
                "table_description": "So much of an award went to a household, a team or a studio instead of the member who contributed.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ShareVesting",
            fields=[
                ("share", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=240)),
                ("award", fields.CharField(db_index=True, max_length=200)),
                ("notice", fields.CharField(max_length=32)),
                ("until_on", fields.CharField(max_length=10)),
                ("vested_on", fields.CharField(max_length=10)),
                ("reference", fields.CharField(unique=True, max_length=250)),
            ],
            options={
                "table": "awards_share_vesting",
                "app": "awards",
                "pk_attr": "share",
                "table_description": "Such a share became spendable, until a day.",
            },
            bases=["Model"],
        ),
        SqlFile(),
    ]
