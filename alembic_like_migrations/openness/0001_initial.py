"""The tables of openness, as Tortoise writes them."""

from tortoise import fields
from tortoise.migrations import operations as ops

from alembic_like_migrations import operations


class Migration(operations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name="Notice",
            fields=[
                ("id", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                (
                    "number",
                    fields.CharField(unique=True, description="G-2018-12-01-440310001002-1", max_length=40),
                ),
                ("area", fields.CharField(db_index=True, max_length=15)),
                ("published_on", fields.CharField(max_length=10)),
                ("days", fields.IntField()),
                (
                    "closes_on",
                    fields.CharField(
                        db_index=True, description="published_on + days: nothing vests before", max_length=10
                    ),
                ),
                ("published_by", fields.CharField(max_length=16)),
                ("list_digest", fields.CharField(max_length=80)),
                ("reference", fields.CharField(max_length=200)),
            ],
            options={
                "table": "openness_notice",
                "app": "openness",
                "pk_attr": "id",
                "table_description": "A list of awards that an area published for so many days.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="NoticeLine",
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
                ("notice", fields.CharField(db_index=True, max_length=32)),
                ("code", fields.CharField(max_length=12)),
                ("member", fields.CharField(db_index=True, max_length=16)),
                ("category", fields.CharField(max_length=1)),
                ("points", fields.IntField()),
            ],
            options={
                "table": "openness_notice_line",
                "app": "openness",
                "unique_together": (("notice", "code"),),
                "pk_attr": "award",
                "table_description": "One award on one notice, under a code by which only its member knows it.",
            },
            bases=["Model"],
        ),
    ]
